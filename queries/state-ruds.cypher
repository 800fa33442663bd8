/*
title: Statements made by a state, and the objections to them
question: Which reservations, understandings and declarations did a state make, and who objected?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  rud:
  treaty:
  kind:
  kind_basis:
  stage:
  date:
  year:
  articles:
  withdrawn:
  partly_withdrawn:
  words:
  objections: {type: integer, unit: "states", meaning: "states that objected"}
  first_objection: {type: integer, unit: "year", meaning: "year of the first objection"}
tags: [state, rud]
*/
MATCH (s:State)-[:ENTERED]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE s.iso3 = $iso3
OPTIONAL MATCH (o:State)-[e:OBJECTED_TO]->(r)
RETURN r.id AS rud, t.code AS treaty, r.kind AS kind, r.kind_basis AS kind_basis, r.stage AS stage, r.date AS date,
  r.year AS year, r.articles AS articles, r.withdrawn_year AS withdrawn, r.partly_withdrawn_on AS partly_withdrawn,
  r.words AS words, count(DISTINCT o.iso3) AS objections, min(e.year) AS first_objection
ORDER BY rud
