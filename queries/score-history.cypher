/*
title: Scores of a state by year
question: What are the scores of one state and their components, year by year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  year:
scores: {of: y, set: all}
tags: [score, state]
*/
MATCH (y:StateYear)
WHERE y.iso3 = $iso3
RETURN y.year AS year, /* scores */
ORDER BY year
