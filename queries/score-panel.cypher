/*
title: Score panel
question: What are the scores of every state in every year?
parameters:
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3:
  year:
scores: {of: y, set: panel}
tags: [score]
*/
MATCH (y:StateYear)
WHERE y.year >= $from_year AND y.year <= $to_year
RETURN y.iso3 AS iso3, y.year AS year, /* scores */
ORDER BY iso3, year
