/*
title: What a state has not joined
question: Which treaties has a state not joined, and how many states of its region and of the world have?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  treaty:
  title:
  core:
  signed: {type: integer, unit: "year", meaning: "year it signed, if it did"}
  left: {type: integer, unit: "year", meaning: "year it left, if it was party"}
  region_parties: {type: integer, unit: "states", meaning: "present states of its region that are party"}
  parties: {type: integer, unit: "states", meaning: "present states that are party"}
  as_of:
tags: [state, treaty]
*/
MATCH (s:State)
WHERE s.iso3 = $iso3
MATCH (t:Treaty)
OPTIONAL MATCH (s)-[g:SIGNED]->(t)
WITH s, t, min(g.year) AS signed
OPTIONAL MATCH (o:State)-[r:RATIFIED]->(t)
WHERE coalesce(o.former, false) = false OR o.iso3 = $iso3
OPTIONAL MATCH (o)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended']
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH s, t, signed, o, r.year AS became, min(w.year) AS gone
WITH s, t, signed, max(CASE WHEN o.iso3 = $iso3 AND gone IS NULL THEN 1 ELSE 0 END) AS party,
  max(CASE WHEN o.iso3 = $iso3 THEN gone END) AS left,
  count(DISTINCT CASE WHEN gone IS NULL AND o.region = s.region THEN o.iso3 END) AS region_parties,
  count(DISTINCT CASE WHEN gone IS NULL THEN o.iso3 END) AS parties
WHERE party = 0
RETURN t.code AS treaty, t.title AS title, t.core AS core, signed, left, region_parties, parties,
  t.as_of AS as_of
ORDER BY treaty
