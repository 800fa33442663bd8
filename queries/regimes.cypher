/*
title: Regimes
question: Which kind of regime did each state have in each year?
parameters:
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3:
  year:
  regime: {unit: "0-3", meaning: "regime of the world: 0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy"}
tags: [practice, page-integration]
*/
MATCH (s:State)-[r:MEASURED]->(i:Indicator)
WHERE i.code = 'VDEM-ROW' AND r.year >= $from_year AND r.year <= $to_year
RETURN s.iso3 AS iso3, r.year AS year, r.value AS regime
ORDER BY year, iso3
