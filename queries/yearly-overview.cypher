/*
title: The regime by year
question: How did commitment, practice and decoupling develop over all states?
columns:
  year:
  states: {type: integer, unit: "states", meaning: "states in the system"}
  breadth: {type: real, unit: "share 0-1", meaning: "mean breadth"}
  depth: {type: real, unit: "share 0-1", meaning: "mean depth"}
  scrutiny: {type: real, unit: "share 0-1", meaning: "mean scrutiny"}
  commitment: {type: real, unit: "share 0-1", meaning: "mean commitment"}
  practice_physical: {type: real, unit: "theta", meaning: "mean latent human-rights protection score"}
  practice_civil: {type: real, unit: "index 0-1", meaning: "mean civil liberties"}
  practice_terror: {type: real, unit: "1-5", meaning: "mean Political Terror Scale, reversed"}
  scored: {type: integer, unit: "states", meaning: "states with a decoupling score"}
  contested: {type: integer, unit: "states", meaning: "states whose sign of decoupling depends on the practice measure"}
tags: [score, overview]
*/
MATCH (y:StateYear)
RETURN y.year AS year, count(*) AS states, avg(y.breadth) AS breadth, avg(y.depth) AS depth, avg(y.scrutiny) AS scrutiny,
  avg(y.commitment) AS commitment, avg(y.practice_physical) AS practice_physical, avg(y.practice_civil) AS practice_civil,
  avg(y.practice_terror) AS practice_terror, count(y.decoupling) AS scored,
  sum(CASE WHEN y.contested THEN 1 ELSE 0 END) AS contested
ORDER BY year
