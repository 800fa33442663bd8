/*
title: Practice, law and conditions of a state
question: What do the indicators say about one state, year by year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
  concept: {type: text, default: practice, meaning: "what the indicators measure", choices: [practice, law, condition, tie, all]}
columns:
  indicator:
  name:
  issue_area:
  year:
  value:
  sd:
  lo:
  hi:
  source:
  fact:
tags: [practice, state]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE s.iso3 = $iso3 AND ($concept = 'all' OR i.concept = $concept)
RETURN i.code AS indicator, i.name AS name, i.issue_area AS issue_area, m.year AS year, m.value AS value, m.sd AS sd,
  m.lo AS lo, m.hi AS hi, m.source AS source, m.fact AS fact
ORDER BY indicator, year, fact
