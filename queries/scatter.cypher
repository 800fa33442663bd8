/*
title: Integration, commitment, practice and decoupling of a year
question: How do integration, commitment, practice and decoupling lie together in a year, by region and regime?
parameters:
  year: {type: integer, default: 2021, meaning: "year"}
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "state's name"}
  region: {type: text, meaning: "region"}
  regime: {type: real, unit: "0-3", meaning: "regime of the world: 0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy"}
  integration: {type: real, unit: "percentile 0-1", meaning: "integration"}
  integration_lo: {type: real, unit: "percentile 0-1", meaning: "lowest over leaving one component out"}
  integration_hi: {type: real, unit: "percentile 0-1", meaning: "highest over leaving one component out"}
  integration_n: {type: integer, unit: "components", meaning: "components present"}
  commitment: {type: real, unit: "share 0-1", meaning: "commitment"}
  practice_physical: {type: real, unit: "theta", meaning: "latent human-rights protection score"}
  practice_sd: {type: real, unit: "theta", meaning: "its standard deviation"}
  practice_civil: {type: real, unit: "index 0-1", meaning: "civil liberties"}
  practice_terror: {type: real, unit: "1-5", meaning: "Political Terror Scale, reversed"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "decoupling"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile over draws of practice"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile over draws of practice"}
  decoupling_spread: {type: real, unit: "0 to 2", meaning: "highest minus lowest over the practice measures"}
  contested: {type: flag, meaning: "the sign depends on the practice measure"}
  igo_last_observed: {type: integer, unit: "year", meaning: "oldest membership observation carried forward to the year"}
sources: [all]
tags: [score, page-integration]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year
OPTIONAL MATCH (s)-[m:MEASURED]->(i:Indicator)
WHERE i.code = 'VDEM-ROW' AND m.year = $year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.value AS regime, y.integration AS integration,
  y.integration_lo AS integration_lo, y.integration_hi AS integration_hi, y.integration_n AS integration_n,
  y.commitment AS commitment, y.practice_physical AS practice_physical, y.practice_sd AS practice_sd,
  y.practice_civil AS practice_civil, y.practice_terror AS practice_terror, y.decoupling AS decoupling,
  y.decoupling_lo AS decoupling_lo, y.decoupling_hi AS decoupling_hi, y.decoupling_spread AS decoupling_spread,
  y.contested AS contested, y.igo_last_observed AS igo_last_observed
ORDER BY iso3
