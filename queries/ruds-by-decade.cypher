/*
title: Statements by decade
question: How many statements were made and withdrawn in each decade?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
columns:
  decade: {type: integer, unit: "year", meaning: "first year of the decade in which they were made; missing where no year is known"}
  statements: {type: integer, unit: "statements", meaning: "all kinds"}
  reservations: {type: integer, unit: "statements", meaning: "of them reservations"}
  withdrawn: {type: integer, unit: "statements", meaning: "of them withdrawn as a whole since"}
  objected: {type: integer, unit: "statements", meaning: "of them met by an objection"}
tags: [rud]
*/
MATCH (r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
OPTIONAL MATCH (o:State)-[:OBJECTED_TO]->(r)
WITH r, count(o) AS objections
WITH r.year / 10 * 10 AS decade, r, objections
RETURN decade, count(r) AS statements,
  sum(CASE WHEN r.kind CONTAINS 'reservation' THEN 1 ELSE 0 END) AS reservations,
  sum(CASE WHEN r.withdrawn_year IS NOT NULL THEN 1 ELSE 0 END) AS withdrawn,
  sum(CASE WHEN objections > 0 THEN 1 ELSE 0 END) AS objected
ORDER BY decade
