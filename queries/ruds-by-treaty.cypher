/*
title: Statements by treaty
question: How many reservations, understandings and declarations does each treaty carry?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  treaty:
  statements: {type: integer, unit: "statements", meaning: "all kinds"}
  reservations: {type: integer, unit: "statements", meaning: "of them reservations, alone or with another kind"}
  understandings: {type: integer, unit: "statements", meaning: "of them understandings"}
  declarations: {type: integer, unit: "statements", meaning: "of them declarations"}
  unstated: {type: integer, unit: "statements", meaning: "of them of a kind the page does not state"}
  withdrawn: {type: integer, unit: "statements", meaning: "withdrawn as a whole"}
  states: {type: integer, unit: "states", meaning: "states that made one"}
  objected: {type: integer, unit: "statements", meaning: "statements that drew an objection"}
  objections: {type: integer, unit: "objections", meaning: "objections by a state to a statement"}
tags: [rud, treaty]
*/
MATCH (t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
OPTIONAL MATCH (r:RUD)-[:QUALIFIES]->(t)
OPTIONAL MATCH (o:State)-[:OBJECTED_TO]->(r)
WITH t, r, count(DISTINCT o.iso3) AS objections
OPTIONAL MATCH (s:State)-[:ENTERED]->(r)
WITH t, r, objections, min(s.iso3) AS state
RETURN t.code AS treaty, count(r) AS statements,
  sum(CASE WHEN r.kind CONTAINS 'reservation' THEN 1 ELSE 0 END) AS reservations,
  sum(CASE WHEN r.kind CONTAINS 'understanding' THEN 1 ELSE 0 END) AS understandings,
  sum(CASE WHEN r.kind CONTAINS 'declaration' THEN 1 ELSE 0 END) AS declarations,
  sum(CASE WHEN r.kind = 'unstated' THEN 1 ELSE 0 END) AS unstated,
  sum(CASE WHEN r.withdrawn_year IS NOT NULL THEN 1 ELSE 0 END) AS withdrawn,
  count(DISTINCT state) AS states,
  sum(CASE WHEN objections > 0 THEN 1 ELSE 0 END) AS objected, sum(objections) AS objections
ORDER BY treaty
