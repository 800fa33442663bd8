/*
title: Values of earlier editions
question: What did an earlier edition, or a second source, say of an indicator, and how far is it from the current value?
parameters:
  indicator: {type: text, kind: indicator, default: VDEM-POLYARCHY, meaning: "indicator"}
  from_year: {type: integer, default: 2000, meaning: "first year"}
  to_year: {type: integer, default: 9999, meaning: "last year"}
columns:
  iso3:
  name:
  year:
  value: {meaning: "current value; missing where the current edition has none"}
  source: {meaning: "source of the current value"}
  value_before: {meaning: "value of the earlier edition"}
  source_before: {meaning: "its source"}
  difference: {type: real, unit: "unit of the indicator", meaning: "current minus earlier value"}
  fact_before: {meaning: "identifier of the earlier fact"}
tags: [practice, data]
notes: >-
  The current edition of an indicator is that of the source of best precedence; its values are MEASURED, all others
  MEASURED_BEFORE. Whole series are current or not: editions are scaled anew, so their years are never mixed.
*/
MATCH (s:State)-[b:MEASURED_BEFORE]->(i:Indicator)
WHERE i.code = $indicator AND b.year >= $from_year AND b.year <= $to_year
WITH s, i, b
OPTIONAL MATCH (s)-[m:MEASURED]->(i)
WHERE m.year = b.year
RETURN s.iso3 AS iso3, s.name AS name, b.year AS year, m.value AS value, m.source AS source, b.value AS value_before,
  b.source AS source_before, m.value - b.value AS difference, b.fact AS fact_before
ORDER BY iso3, year, fact_before
