/*
title: State-years
question: Which states are in the state system in which year?
parameters:
  from_year: {type: integer, default: 1946, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
tags: [score]
notes: >-
  In the system are the states of the Correlates of War list in the years of their spells there, and, in the years of their
  United Nations spells, the states that the list leaves out altogether. Every score has one value per row of this table.
*/
UNWIND range($from_year, $to_year) AS year
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE (system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un'))
  AND spell.from_year <= year AND spell.to_year >= year
RETURN DISTINCT s.iso3 AS iso3, year
ORDER BY year, iso3
