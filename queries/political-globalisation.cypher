/*
title: Political globalisation
question: How globalised was a state politically and de facto in a year?
columns:
  iso3:
  year:
  value: {unit: index 1-100, meaning: KOF de facto political globalisation as a proxy of ties to world society}
tags: [score, integration]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = 'KOF-PODF'
RETURN s.iso3 AS iso3, m.year AS year, m.value AS value
ORDER BY year, iso3
