/*
title: Promises exceed practice
question: In which states do commitments exceed practice most in a year, and how sure is that?
parameters:
  year: {type: integer, default: 2014, meaning: "year"}
  limit: {type: integer, default: 20, meaning: "rows"}
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "state's name"}
  region: {type: text, meaning: "region"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "percentile of commitment minus percentile of practice"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile over draws of practice"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile over draws of practice"}
  decoupling_spread: {type: real, unit: "0 to 2", meaning: "highest minus lowest over the practice measures"}
  contested: {type: flag, meaning: "the sign depends on the practice measure"}
  pct_commitment: {type: real, unit: "percentile 0-1", meaning: "percentile of commitment"}
  pct_practice: {type: real, unit: "percentile 0-1", meaning: "percentile of practice_physical"}
sources: [untc-2026, fariss-lhrs-402, cow-states]
tags: [score, page-integration]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year AND y.decoupling IS NOT NULL
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, y.decoupling AS decoupling, y.decoupling_lo AS decoupling_lo,
  y.decoupling_hi AS decoupling_hi, y.decoupling_spread AS decoupling_spread, y.contested AS contested,
  y.pct_commitment AS pct_commitment, y.pct_practice AS pct_practice
ORDER BY decoupling DESC, iso3
LIMIT $limit
