/*
title: Promises exceed practice
question: In which states do commitments exceed practice most in a year, and how sure is that?
parameters:
  year: {type: integer, default: 2014, meaning: "year"}
  limit: {type: integer, default: 20, meaning: "rows"}
columns:
  iso3:
  name:
  region:
  decoupling:
  decoupling_lo:
  decoupling_hi:
  decoupling_spread:
  contested:
  pct_commitment:
  pct_practice:
tags: [score, page-integration]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year AND y.decoupling IS NOT NULL
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, y.decoupling AS decoupling, y.decoupling_lo AS decoupling_lo,
  y.decoupling_hi AS decoupling_hi, y.decoupling_spread AS decoupling_spread, y.contested AS contested,
  y.pct_commitment AS pct_commitment, y.pct_practice AS pct_practice
ORDER BY decoupling DESC, iso3
LIMIT $limit
