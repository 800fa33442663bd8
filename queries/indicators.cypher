/*
title: Indicators
question: Which measures of practice, law and conditions are in here, for which years and how many states?
columns:
  code:
  name:
  concept:
  issue_area:
  unit:
  lo:
  hi:
  better:
  has_uncertainty:
  citation:
  first_year: {type: integer, meaning: "first year"}
  last_year: {type: integer, meaning: "last year"}
  values: {type: integer, unit: "state-years", meaning: "values"}
tags: [practice]
*/
MATCH (i:Indicator)
OPTIONAL MATCH ()-[m:MEASURED]->(i)
RETURN i.code AS code, i.name AS name, i.concept AS concept, i.issue_area AS issue_area, i.unit AS unit, i.lo AS lo,
  i.hi AS hi, i.better AS better, i.has_uncertainty AS has_uncertainty, i.citation AS citation,
  min(m.year) AS first_year, max(m.year) AS last_year, count(m.fact) AS values
ORDER BY code
