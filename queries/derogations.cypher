/*
title: Derogations
question: Which states notified that they derogate from a treaty in a public emergency, and from which articles?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: TUR}
columns:
  iso3:
  name:
  treaty:
  year:
  date:
  articles:
  source:
  fact:
tags: [treaty, state]
*/
MATCH (s:State)-[d:DEROGATED_FROM]->(t:Treaty)
WHERE $iso3 = 'all' OR s.iso3 = $iso3
RETURN s.iso3 AS iso3, s.name AS name, t.code AS treaty, d.year AS year, d.date AS date, d.articles AS articles,
  d.source AS source, d.fact AS fact
ORDER BY iso3, year, fact
