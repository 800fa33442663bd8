/*
title: Statements by state
question: Which states attached how many statements to treaties, and how many objections did these draw?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  iso3:
  name:
  region:
  statements: {type: integer, unit: "statements", meaning: "all kinds"}
  reservations: {type: integer, unit: "statements", meaning: "of them reservations"}
  standing: {type: integer, unit: "statements", meaning: "reservations not withdrawn as a whole"}
  treaties: {type: integer, unit: "treaties", meaning: "treaties with a statement"}
  objected: {type: integer, unit: "statements", meaning: "statements that drew an objection"}
  objections: {type: integer, unit: "objections", meaning: "objections drawn"}
tags: [rud, state]
*/
MATCH (s:State)-[:ENTERED]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
OPTIONAL MATCH (o:State)-[:OBJECTED_TO]->(r)
WITH s, r, t, count(DISTINCT o.iso3) AS objections
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, count(r) AS statements,
  sum(CASE WHEN r.kind CONTAINS 'reservation' THEN 1 ELSE 0 END) AS reservations,
  sum(CASE WHEN r.kind CONTAINS 'reservation' AND r.withdrawn_year IS NULL THEN 1 ELSE 0 END) AS standing,
  count(DISTINCT t.code) AS treaties,
  sum(CASE WHEN objections > 0 THEN 1 ELSE 0 END) AS objected, sum(objections) AS objections
ORDER BY iso3
