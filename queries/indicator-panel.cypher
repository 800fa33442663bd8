/*
title: Indicators by state and year
question: What do some indicators say about every state in every year?
parameters:
  indicators: {type: texts, kind: indicator, meaning: "indicators, separated by commas", default: "LHRS", example: "LHRS,VDEM-CIVLIB"}
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3:
  year:
  indicator:
  value:
  sd:
  lo:
  hi:
  source:
tags: [practice]
notes: >-
  Where two sources state a value for the same state and year there is a row of each; the one of the lower precedence
  number (see the question sources) is believed first.
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code IN $indicators AND m.year >= $from_year AND m.year <= $to_year
RETURN s.iso3 AS iso3, m.year AS year, i.code AS indicator, m.value AS value, m.sd AS sd, m.lo AS lo, m.hi AS hi,
  m.source AS source
ORDER BY indicator, iso3, year, source
