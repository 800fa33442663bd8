/*
title: Status of a treaty by state
question: Which states are party to a treaty, or have signed it, at the end of a year?
parameters:
  treaty: {type: text, kind: treaty, meaning: "treaty", example: CAT}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3:
  name:
  region:
  status: {type: text, meaning: "party, left, signed or none"}
  signed: {type: integer, unit: "year", meaning: "year of signature"}
  joined: {type: integer, unit: "year", meaning: "year it last became bound"}
  as_of:
tags: [treaty, map]
*/
MATCH (t:Treaty)
WHERE t.code = $treaty
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE (system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un'))
  AND spell.from_year <= $year AND spell.to_year >= $year
WITH DISTINCT t, s
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
WHERE r.year <= $year
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended'] AND w.year <= $year
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH t, s, r, count(w) AS withdrawals
WITH t, s, max(CASE WHEN r.year IS NOT NULL AND withdrawals = 0 THEN 1 ELSE 0 END) AS party, max(r.year) AS joined
OPTIONAL MATCH (s)-[g:SIGNED]->(t)
WHERE g.year <= $year
WITH t, s, party, joined, min(g.year) AS signed
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region,
  CASE WHEN party = 1 THEN 'party' WHEN joined IS NOT NULL THEN 'left' WHEN signed IS NOT NULL THEN 'signed'
       ELSE 'none' END AS status, signed, joined, t.as_of AS as_of
ORDER BY iso3
