/*
title: Integration, commitment, practice and decoupling of a year
question: How do integration, commitment, practice and decoupling lie together in a year, by region and regime?
parameters:
  year: {type: integer, default: 2021, meaning: "year"}
columns:
  iso3:
  name:
  region:
  regime: {unit: "0-3", meaning: "regime of the world: 0 closed autocracy, 1 electoral autocracy, 2 electoral democracy, 3 liberal democracy"}
  integration:
  integration_lo:
  integration_hi:
  integration_n:
  commitment:
  practice_physical:
  practice_sd:
  practice_civil:
  practice_terror:
  decoupling:
  decoupling_lo:
  decoupling_hi:
  decoupling_spread:
  contested:
  igo_last_observed:
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
