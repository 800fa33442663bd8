/*
title: Ranking of a year
question: How do the states rank on one score in a year?
parameters:
  year: {type: integer, default: 2014, meaning: "year", example: 2014}
  measure:
    type: text
    default: integration
    meaning: "score"
    choices: [integration, commitment, breadth, depth, scrutiny, decoupling, decoupling_breadth, decoupling_civil, decoupling_terror, practice_physical, practice_civil, practice_terror]
  region: {type: text, default: all, meaning: "a region or all of them", example: Africa}
columns:
  rank: {type: integer, meaning: "1 is the highest value among the states shown; equal values share a rank"}
  iso3:
  name:
  region:
  value: {type: real, unit: "unit of the score", meaning: "score"}
  lo: {type: real, unit: "unit of the score", meaning: "lower end, where the score has an interval"}
  hi: {type: real, unit: "unit of the score", meaning: "upper end, where the score has an interval"}
  n:
  contested:
tags: [score, page-integration]
notes: >-
  The interval of integration spans leaving one component out; that of decoupling the 5th to 95th percentile over draws of
  practice; that of practice_physical one standard deviation each way. Other scores have none.
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year AND ($region = 'all' OR s.region = $region)
WITH s, y,
  CASE $measure
    WHEN 'integration' THEN y.integration WHEN 'commitment' THEN y.commitment WHEN 'breadth' THEN y.breadth
    WHEN 'depth' THEN y.depth WHEN 'scrutiny' THEN y.scrutiny WHEN 'decoupling' THEN y.decoupling
    WHEN 'decoupling_breadth' THEN y.decoupling_breadth WHEN 'decoupling_civil' THEN y.decoupling_civil
    WHEN 'decoupling_terror' THEN y.decoupling_terror WHEN 'practice_physical' THEN y.practice_physical
    WHEN 'practice_civil' THEN y.practice_civil WHEN 'practice_terror' THEN y.practice_terror END AS value,
  CASE $measure
    WHEN 'integration' THEN y.integration_lo WHEN 'decoupling' THEN y.decoupling_lo
    WHEN 'practice_physical' THEN y.practice_physical - y.practice_sd END AS lo,
  CASE $measure
    WHEN 'integration' THEN y.integration_hi WHEN 'decoupling' THEN y.decoupling_hi
    WHEN 'practice_physical' THEN y.practice_physical + y.practice_sd END AS hi
WHERE value IS NOT NULL
WITH collect({iso3: s.iso3, name: s.name, region: s.region, value: value, lo: lo, hi: hi, n: y.integration_n,
              contested: y.contested}) AS states
UNWIND states AS one
UNWIND states AS other
WITH one, sum(CASE WHEN other.value > one.value THEN 1 ELSE 0 END) AS above
RETURN above + 1 AS rank, one.iso3 AS iso3, one.name AS name, one.region AS region, one.value AS value, one.lo AS lo,
  one.hi AS hi, one.n AS n, one.contested AS contested
ORDER BY rank, iso3
