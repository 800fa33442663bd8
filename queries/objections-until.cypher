/*
title: Objections up to a year
question: Which states had objected to which states' statements by the end of a year, and how often?
parameters:
  year: {type: integer, default: 2025, meaning: "last year"}
columns:
  objector: {meaning: "state that objects"}
  target: {meaning: "state that made the statement"}
  statements: {type: integer, unit: "statements", meaning: "statements objected to"}
  last_year: {type: integer, meaning: "year of the latest objection"}
tags: [network, rud]
notes: The edges of the network of objections. Objections without a year are left out.
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)
WHERE e.year <= $year
WITH o.iso3 AS objector, r, max(e.year) AS last
MATCH (s:State)-[:ENTERED]->(r)
WITH DISTINCT objector, s.iso3 AS target, r.id AS statement, last
RETURN objector, target, count(statement) AS statements, max(last) AS last_year
ORDER BY objector, target
