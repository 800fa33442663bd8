/*
title: Practice, law and conditions of a state
question: What do the indicators say about one state, year by year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
  concept: {type: text, default: practice, meaning: "what the indicators measure", choices: [practice, law, condition, tie, all]}
columns:
  indicator: {type: text, meaning: "indicator"}
  name: {type: text, meaning: "its name"}
  issue_area: {type: text, meaning: "subject"}
  year: {type: integer, meaning: "year"}
  value: {type: real, unit: "unit of the indicator", meaning: "value"}
  sd: {type: real, unit: "unit of the indicator", meaning: "standard deviation the source publishes"}
  lo: {type: real, unit: "unit of the indicator", meaning: "lower bound the source publishes"}
  hi: {type: real, unit: "unit of the indicator", meaning: "upper bound the source publishes"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [all]
tags: [practice, state]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE s.iso3 = $iso3 AND ($concept = 'all' OR i.concept = $concept)
RETURN i.code AS indicator, i.name AS name, i.issue_area AS issue_area, m.year AS year, m.value AS value, m.sd AS sd,
  m.lo AS lo, m.hi AS hi, m.source AS source, m.fact AS fact
ORDER BY indicator, year, fact
