/*
title: Practice in the subject of one treaty
question: What does the indicator chosen for a treaty's own subject say about a state in a year?
columns:
  treaty: {type: text, meaning: treaty}
  iso3:
  year:
  value: {type: real, unit: unit of the indicator, meaning: value turned so that higher is better}
  indicator:
tags: [score, practice]
notes: >-
  CAT: torture (V-Dem). ICCPR: civil liberties (V-Dem). CEDAW: women's civil liberties (V-Dem). CRC: child-labour practice
  (CIRIGHTS). ICESCR: fulfilment of economic and social rights (HRMI). No indicator here speaks of the subject of the other
  four core treaties, and none is stretched to.
*/
UNWIND [
  {treaty: 'CAT', indicator: 'VDEM-TORTURE'},
  {treaty: 'ICCPR', indicator: 'VDEM-CIVLIB'},
  {treaty: 'CEDAW', indicator: 'VDEM-GENCL'},
  {treaty: 'CRC', indicator: 'CIRI-CHILD-P'},
  {treaty: 'ICESCR', indicator: 'HRMI-SERF'}
] AS chosen
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = chosen.indicator
RETURN chosen.treaty AS treaty, s.iso3 AS iso3, m.year AS year,
  CASE WHEN i.better = 'low' THEN 0.0 - m.value ELSE m.value END AS value, i.code AS indicator
ORDER BY treaty, year, iso3
