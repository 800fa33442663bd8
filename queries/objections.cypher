/*
title: Objections
question: Which states objected to which statements, and when?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  rud: {type: text, meaning: "statement objected to"}
  treaty: {type: text, meaning: "treaty"}
  target: {type: text, meaning: "state that made the statement"}
  target_name: {type: text, meaning: "its name"}
  objector: {type: text, meaning: "state that objects"}
  objector_name: {type: text, meaning: "its name"}
  year: {type: integer, meaning: "year of the objection"}
  date: {type: day, meaning: "day, where the page gives one"}
  basis: {type: text, meaning: "how the statement objected to is known"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [untc-2026]
tags: [rud, network]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
MATCH (s:State)-[:ENTERED]->(r)
RETURN r.id AS rud, t.code AS treaty, s.iso3 AS target, s.name AS target_name, o.iso3 AS objector,
  o.name AS objector_name, e.year AS year, e.date AS date, e.basis AS basis, e.fact AS fact
ORDER BY rud, objector, fact, target
