/*
title: Score panel
question: What are the scores of every state in every year?
parameters:
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  iso3: {type: text, meaning: "state"}
  year: {type: integer, meaning: "year"}
  breadth: {type: real, unit: "share 0-1", meaning: "share of the open core treaties the state is party to"}
  depth: {type: real, unit: "share 0-1", meaning: "mean depth of commitment over the open core treaties"}
  scrutiny: {type: real, unit: "share 0-1", meaning: "share of the available optional procedures accepted"}
  commitment: {type: real, unit: "share 0-1", meaning: "mean of breadth, depth and scrutiny"}
  practice_physical: {type: real, unit: "theta", meaning: "latent human-rights protection score"}
  practice_sd: {type: real, unit: "theta", meaning: "its standard deviation"}
  practice_civil: {type: real, unit: "index 0-1", meaning: "civil liberties"}
  practice_terror: {type: real, unit: "1-5", meaning: "Political Terror Scale, reversed"}
  integration: {type: real, unit: "percentile 0-1", meaning: "mean of the components present, at least two"}
  integration_lo: {type: real, unit: "percentile 0-1", meaning: "lowest over leaving one component out"}
  integration_hi: {type: real, unit: "percentile 0-1", meaning: "highest over leaving one component out"}
  integration_n: {type: integer, unit: "components", meaning: "components present"}
  igo: {type: real, unit: "percentile 0-1", meaning: "component: full memberships"}
  igo_centrality: {type: real, unit: "percentile 0-1", meaning: "component: centrality in the co-membership network"}
  ingo: {type: real, unit: "percentile 0-1", meaning: "component: ties to INGOs"}
  political_globalisation: {type: real, unit: "percentile 0-1", meaning: "component: de facto political globalisation"}
  machinery: {type: real, unit: "percentile 0-1", meaning: "component: part taken in the human-rights machinery"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "percentile of commitment minus percentile of practice_physical"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile over draws of practice"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile over draws of practice"}
  decoupling_breadth: {type: real, unit: "-1 to 1", meaning: "decoupling with breadth in place of commitment"}
  decoupling_spread: {type: real, unit: "0 to 2", meaning: "highest minus lowest decoupling over the practice measures"}
  contested: {type: flag, meaning: "the sign of decoupling depends on the practice measure"}
tags: [score]
*/
MATCH (y:StateYear)
WHERE y.year >= $from_year AND y.year <= $to_year
RETURN y.iso3 AS iso3, y.year AS year, y.breadth AS breadth, y.depth AS depth, y.scrutiny AS scrutiny,
  y.commitment AS commitment, y.practice_physical AS practice_physical, y.practice_sd AS practice_sd,
  y.practice_civil AS practice_civil, y.practice_terror AS practice_terror, y.integration AS integration,
  y.integration_lo AS integration_lo, y.integration_hi AS integration_hi, y.integration_n AS integration_n,
  y.igo AS igo, y.igo_centrality AS igo_centrality, y.ingo AS ingo,
  y.political_globalisation AS political_globalisation, y.machinery AS machinery, y.decoupling AS decoupling,
  y.decoupling_lo AS decoupling_lo, y.decoupling_hi AS decoupling_hi, y.decoupling_breadth AS decoupling_breadth,
  y.decoupling_spread AS decoupling_spread, y.contested AS contested
ORDER BY iso3, year
