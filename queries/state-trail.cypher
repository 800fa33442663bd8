/*
title: Trails of states
question: How did integration, commitment, practice and decoupling of some states move over the years?
parameters:
  states: {type: texts, kind: state, meaning: "states", example: "MEX,NOR"}
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3: {type: text, meaning: "state"}
  year: {type: integer, meaning: "year"}
  integration: {type: real, unit: "percentile 0-1", meaning: "integration"}
  commitment: {type: real, unit: "share 0-1", meaning: "commitment"}
  practice_physical: {type: real, unit: "theta", meaning: "latent human-rights protection score"}
  practice_sd: {type: real, unit: "theta", meaning: "its standard deviation"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "decoupling"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile over draws of practice"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile over draws of practice"}
sources: [all]
tags: [score, state, compare]
*/
MATCH (y:StateYear)
WHERE y.iso3 IN $states AND y.year >= $from_year AND y.year <= $to_year
RETURN y.iso3 AS iso3, y.year AS year, y.integration AS integration, y.commitment AS commitment,
  y.practice_physical AS practice_physical, y.practice_sd AS practice_sd, y.decoupling AS decoupling,
  y.decoupling_lo AS decoupling_lo, y.decoupling_hi AS decoupling_hi
ORDER BY iso3, year
