/*
title: Adoption curve
question: How did a treaty spread, year by year?
parameters:
  treaty: {type: text, kind: treaty, meaning: "treaty", example: CAT}
  to_year: {type: integer, default: 2025, meaning: "last year"}
columns:
  year: {type: integer, meaning: "year"}
  joined: {type: integer, unit: "states", meaning: "states of the system that became bound in the year"}
  parties: {type: integer, unit: "states", meaning: "states of the system that are party at the end of the year"}
  states: {type: integer, unit: "states", meaning: "states in the system"}
  share: {type: real, unit: "share 0-1", meaning: "parties / states"}
  as_of:
tags: [treaty]
*/
MATCH (t:Treaty)
WHERE t.code = $treaty
UNWIND range(t.opened, $to_year) AS year
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE (system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un'))
  AND spell.from_year <= year AND spell.to_year >= year
WITH DISTINCT t, year, s
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
WHERE r.year <= year
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended'] AND w.year <= year
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH t, year, s, r, count(w) AS withdrawals
WITH t, year, s, max(CASE WHEN r.year IS NOT NULL AND withdrawals = 0 THEN 1 ELSE 0 END) AS party,
  max(CASE WHEN r.year = year THEN 1 ELSE 0 END) AS joins
WITH t.as_of AS as_of, year, sum(joins) AS joined, sum(party) AS parties, count(*) AS states
RETURN year, joined, parties, states, parties * 1.0 / states AS share, as_of
ORDER BY year
