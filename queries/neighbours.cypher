/*
title: Neighbours of a state
question: Which states border a state, on land or across water, in a year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
  year: {type: integer, default: 2016, meaning: "year"}
columns:
  iso3: {meaning: "neighbour"}
  name:
  kind:
  from_year:
  to_year:
  source:
  fact:
tags: [state]
notes: >-
  BORDERS has no direction and holds each pair once, so the pattern has no arrow: with one, half of the neighbours are lost.
  Where the kind changed within the year, the neighbour has a row of each.
*/
MATCH (s:State)-[b:BORDERS]-(o:State)
WHERE s.iso3 = $iso3 AND b.from_year <= $year AND b.to_year >= $year
RETURN o.iso3 AS iso3, o.name AS name, b.kind AS kind, b.from_year AS from_year, b.to_year AS to_year, b.source AS source,
  b.fact AS fact
ORDER BY kind, iso3, from_year, fact
