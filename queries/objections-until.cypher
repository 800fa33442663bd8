/*
title: Objections up to a year
question: Which states had objected to which states' statements by the end of a year, and how often?
parameters:
  year: {type: integer, default: 2025, meaning: "last year"}
columns:
  objector: {type: text, meaning: "state that objects"}
  target: {type: text, meaning: "state that made the statement"}
  statements: {type: integer, unit: "statements", meaning: "statements objected to"}
  treaties: {type: integer, unit: "treaties", meaning: "treaties concerned"}
  last_year: {type: integer, meaning: "year of the latest objection"}
sources: [untc-2026]
tags: [network, rud]
notes: The edges of the network of objections. Objections without a year are left out.
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)
WHERE e.year <= $year
WITH o.iso3 AS objector, r, max(e.year) AS last
MATCH (r)-[:QUALIFIES]->(t:Treaty)
WITH objector, r, last, t.code AS treaty
MATCH (s:State)-[:ENTERED]->(r)
RETURN objector, s.iso3 AS target, count(DISTINCT r.id) AS statements, count(DISTINCT treaty) AS treaties,
  max(last) AS last_year
ORDER BY objector, target
