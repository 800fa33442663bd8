/*
title: Statements by article
question: Which articles draw reservations, understandings and declarations?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  treaty:
  article: {type: text, meaning: "article"}
  statements: {type: integer, unit: "statements", meaning: "statements that name it"}
  reservations: {type: integer, unit: "statements", meaning: "of them reservations"}
  withdrawn: {type: integer, unit: "statements", meaning: "of them withdrawn as a whole"}
  objected: {type: integer, unit: "statements", meaning: "of them met by an objection"}
tags: [rud]
*/
MATCH (r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE ($treaty = 'all' OR t.code = $treaty) AND r.articles IS NOT NULL
OPTIONAL MATCH (o:State)-[:OBJECTED_TO]->(r)
WITH t, r, count(o) AS objections
UNWIND r.articles AS article
WITH DISTINCT t.code AS treaty, article, r, objections
RETURN treaty, article, count(r) AS statements,
  sum(CASE WHEN r.kind CONTAINS 'reservation' THEN 1 ELSE 0 END) AS reservations,
  sum(CASE WHEN r.withdrawn_year IS NOT NULL THEN 1 ELSE 0 END) AS withdrawn,
  sum(CASE WHEN objections > 0 THEN 1 ELSE 0 END) AS objected
ORDER BY treaty, article
