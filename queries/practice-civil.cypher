/*
title: Civil liberties
question: How far did a state's people enjoy civil liberties in a year?
columns:
  iso3:
  year:
  value: {unit: index 0-1, meaning: V-Dem civil-liberties index with higher as better}
tags: [score, practice]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = 'VDEM-CIVLIB'
RETURN s.iso3 AS iso3, m.year AS year, m.value AS value
ORDER BY year, iso3
