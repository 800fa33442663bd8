/*
title: All scores and components
question: What are all the scores of every state in every year, with every component, beside its region?
parameters:
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  name:
  region:
  iso3:
  year:
scores: {of: y, set: all}
tags: [score, page-integration, page-map, page-compare]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year >= $from_year AND y.year <= $to_year
RETURN s.name AS name, s.region AS region, y.iso3 AS iso3, y.year AS year, /* scores */
ORDER BY year, iso3
