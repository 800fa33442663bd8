/*
title: Political terror, reversed
question: How free of political terror was a state in a year?
columns:
  iso3:
  year:
  value: {type: real, unit: 1-5, meaning: 6 - mean of the scales present; 5 is best}
  scales: {type: integer, unit: scales, meaning: scales present of the three}
tags: [score, practice]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code IN ['PTS-A', 'PTS-H', 'PTS-S']
WITH s.iso3 AS iso3, m.year AS year, avg(m.value) AS terror, count(m) AS scales
RETURN iso3, year, 6.0 - terror AS value, scales
ORDER BY year, iso3
