/*
title: An indicator by state
question: What does an indicator say about every state in a year?
parameters:
  indicator: {type: text, kind: indicator, default: VDEM-CIVLIB, meaning: "indicator"}
  year: {type: integer, default: 2021, meaning: "year"}
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "its name"}
  region: {type: text, meaning: "region"}
  value: {type: real, unit: "unit of the indicator", meaning: "value"}
  sd: {type: real, unit: "unit of the indicator", meaning: "standard deviation the source publishes"}
  lo: {type: real, unit: "unit of the indicator", meaning: "lower bound the source publishes"}
  hi: {type: real, unit: "unit of the indicator", meaning: "upper bound the source publishes"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [all]
tags: [practice, map]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = $indicator AND m.year = $year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.value AS value, m.sd AS sd, m.lo AS lo, m.hi AS hi,
  m.source AS source, m.fact AS fact
ORDER BY iso3, fact
