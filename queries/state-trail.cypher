/*
title: Trails of states
question: How did integration, commitment, practice and decoupling of some states move over the years?
parameters:
  states: {type: texts, kind: state, meaning: "states", example: "MEX,NOR"}
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3:
  year:
  integration:
  commitment:
  practice_physical:
  practice_sd:
  decoupling:
  decoupling_lo:
  decoupling_hi:
tags: [score, state, compare]
*/
MATCH (y:StateYear)
WHERE y.iso3 IN $states AND y.year >= $from_year AND y.year <= $to_year
RETURN y.iso3 AS iso3, y.year AS year, y.integration AS integration, y.commitment AS commitment,
  y.practice_physical AS practice_physical, y.practice_sd AS practice_sd, y.decoupling AS decoupling,
  y.decoupling_lo AS decoupling_lo, y.decoupling_hi AS decoupling_hi
ORDER BY iso3, year
