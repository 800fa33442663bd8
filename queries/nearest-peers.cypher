/*
title: Nearest peers
question: Which states resemble a state most in integration, commitment and practice in a year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
  year: {type: integer, default: 2014, meaning: "year"}
  limit: {type: integer, default: 10, meaning: "rows"}
columns:
  iso3:
  name:
  region:
  distance: {type: real, unit: "0 to 1.73", meaning: "distance in integration, percentile of commitment and percentile of practice"}
  integration:
  pct_commitment:
  pct_practice:
tags: [score, state]
*/
MATCH (mine:StateYear)
WHERE mine.iso3 = $iso3 AND mine.year = $year
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year AND y.iso3 <> $iso3
WITH s, y, y.integration - mine.integration AS a, y.pct_commitment - mine.pct_commitment AS b,
  y.pct_practice - mine.pct_practice AS c
WITH s, y, sqrt(a * a + b * b + c * c) AS distance
WHERE distance IS NOT NULL
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, distance, y.integration AS integration,
  y.pct_commitment AS pct_commitment, y.pct_practice AS pct_practice
ORDER BY distance, iso3
LIMIT $limit
