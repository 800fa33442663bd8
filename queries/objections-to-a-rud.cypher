/*
title: Objections to a statement
question: Which states objected to one statement, and when?
parameters:
  rud: {type: text, meaning: "statement: treaty, state and number", example: CEDAW-SAU-1}
columns:
  objector: {type: text, meaning: "state that objects"}
  name: {type: text, meaning: "its name"}
  year: {type: integer, meaning: "year"}
  date: {type: day, meaning: "day, where the page gives one"}
  basis: {type: text, meaning: "how the statement objected to is known"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [untc-2026]
tags: [rud]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)
WHERE r.id = $rud
RETURN o.iso3 AS objector, o.name AS name, e.year AS year, e.date AS date, e.basis AS basis, e.source AS source, e.fact AS fact
ORDER BY year, objector, fact
