/*
title: Who objects to whom
question: Which states object to which states' statements, and how often?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  objector: {meaning: "state that objects"}
  objector_name:
  target: {meaning: "state that made the statement"}
  target_name:
  statements: {type: integer, unit: "statements", meaning: "statements objected to"}
  treaties: {type: integer, unit: "treaties", meaning: "treaties concerned"}
  first_year: {type: integer, meaning: "first year of an objection"}
  last_year: {type: integer, meaning: "last year of an objection"}
tags: [rud, network]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
MATCH (s:State)-[:ENTERED]->(r)
RETURN o.iso3 AS objector, o.name AS objector_name, s.iso3 AS target, s.name AS target_name,
  count(DISTINCT r.id) AS statements, count(DISTINCT t.code) AS treaties, min(e.year) AS first_year, max(e.year) AS last_year
ORDER BY objector, target
