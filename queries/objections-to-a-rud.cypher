/*
title: Objections to a statement
question: Which states objected to one statement, and when?
parameters:
  rud: {type: text, meaning: "statement: treaty, state and number", example: CEDAW-SAU-1}
columns:
  objector: {meaning: "state that objects"}
  name:
  year:
  date:
  basis:
  source:
  fact:
tags: [rud]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)
WHERE r.id = $rud
RETURN o.iso3 AS objector, o.name AS name, e.year AS year, e.date AS date, e.basis AS basis, e.source AS source, e.fact AS fact
ORDER BY year, objector, fact
