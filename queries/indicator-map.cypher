/*
title: An indicator by state
question: What does an indicator say about every state in a year?
parameters:
  indicator: {type: text, kind: indicator, default: VDEM-CIVLIB, meaning: "indicator"}
  year: {type: integer, default: 2021, meaning: "year"}
columns:
  iso3:
  name:
  region:
  value:
  sd:
  lo:
  hi:
  source:
  fact:
tags: [practice, map]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = $indicator AND m.year = $year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.value AS value, m.sd AS sd, m.lo AS lo, m.hi AS hi,
  m.source AS source, m.fact AS fact
ORDER BY iso3, fact
