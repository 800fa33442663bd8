/*
title: Objections
question: Which states objected to which statements, and when?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  rud:
  treaty:
  target: {meaning: "state that made the statement"}
  target_name:
  objector: {meaning: "state that objects"}
  objector_name:
  year: {meaning: "year of the objection"}
  date:
  basis:
  fact:
tags: [rud, network]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
MATCH (s:State)-[:ENTERED]->(r)
RETURN r.id AS rud, t.code AS treaty, s.iso3 AS target, s.name AS target_name, o.iso3 AS objector,
  o.name AS objector_name, e.year AS year, e.date AS date, e.basis AS basis, e.fact AS fact
ORDER BY rud, objector, fact, target
