/*
title: Indicators
question: Which measures of practice, law and conditions are in here, for which years and how many states?
columns:
  code: {type: text, meaning: "indicator"}
  name: {type: text, meaning: "its name"}
  concept: {type: text, meaning: "practice, law, condition or tie"}
  issue_area: {type: text, meaning: "subject"}
  unit: {type: text, meaning: "unit"}
  lo: {type: real, meaning: "lowest possible value"}
  hi: {type: real, meaning: "highest possible value"}
  better: {type: text, meaning: "which end is better"}
  has_uncertainty: {type: flag, meaning: "the source publishes an uncertainty"}
  citation: {type: text, meaning: "how to cite it"}
  first_year: {type: integer, meaning: "first year"}
  last_year: {type: integer, meaning: "last year"}
  values: {type: integer, unit: "state-years", meaning: "values"}
sources: [all]
tags: [practice]
*/
MATCH (i:Indicator)
OPTIONAL MATCH ()-[m:MEASURED]->(i)
RETURN i.code AS code, i.name AS name, i.concept AS concept, i.issue_area AS issue_area, i.unit AS unit, i.lo AS lo,
  i.hi AS hi, i.better AS better, i.has_uncertainty AS has_uncertainty, i.citation AS citation,
  min(m.year) AS first_year, max(m.year) AS last_year, count(m.fact) AS values
ORDER BY code
