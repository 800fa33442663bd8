/*
title: Breadth of commitment
question: To which share of the core treaties that are open is a state party, at the end of a year?
parameters:
  from_year: {type: integer, default: 1966, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
  value: {type: real, unit: share 0-1, meaning: core treaties the state is party to / core treaties open}
tags: [score, commitment]
notes: >-
  A state is party from the year it became bound until the year before it left; a notice of withdrawal without effect does
  not end it, and joining again after leaving counts again. There is no value before a core treaty is open (1966).
  A predecessor's act that the depositary prints as the successor's own (Democratic Yemen's as Yemen's) counts for the
  successor from the year in which the predecessor ended.
*/
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un')
MATCH (t:Treaty)
WHERE t.core
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
UNWIND range($from_year, $to_year) AS year
WITH s, spell, r, t, year
WHERE spell.from_year <= year AND spell.to_year >= year AND t.opened <= year
WITH s.iso3 AS iso3, year, count(DISTINCT t.code) AS available,
  count(DISTINCT CASE WHEN r.counted_from <= year AND r.counted_to >= year THEN t.code END) AS parties
RETURN iso3, year, parties * 1.0 / available AS value
ORDER BY year, iso3
