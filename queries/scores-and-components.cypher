/*
title: All scores and components
question: What are all the scores of every state in every year, with every component, beside its region?
parameters:
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
columns:
  name: {type: text, meaning: "state's name"}
  region: {type: text, meaning: "region"}
  iso3: {type: text, meaning: "state"}
  year: {type: integer, meaning: "year"}
  breadth: {type: real, unit: "share 0-1", meaning: "share of the open core treaties the state is party to"}
  depth: {type: real, unit: "share 0-1", meaning: "mean depth of commitment over the open core treaties, net of reservations"}
  scrutiny: {type: real, unit: "share 0-1", meaning: "share of the available optional procedures accepted"}
  commitment: {type: real, unit: "share 0-1", meaning: "mean of breadth, depth and scrutiny"}
  practice_physical: {type: real, unit: "theta", meaning: "latent human-rights protection score theta, posterior mean"}
  practice_sd: {type: real, unit: "theta", meaning: "standard deviation of theta"}
  practice_civil: {type: real, unit: "index 0-1", meaning: "V-Dem civil-liberties index"}
  practice_terror: {type: real, unit: "1-5", meaning: "Political Terror Scale, mean of the scales present, reversed: 5 is best"}
  igo_count: {type: integer, unit: "organizations", meaning: "intergovernmental organizations of which the state is a full member"}
  igo_last_observed: {type: integer, meaning: "oldest last observation among the memberships counted: earlier than the year means carried forward"}
  igo_centrality_raw: {type: real, unit: "0-1, maximum 1", meaning: "eigenvector centrality among states weighted by shared full memberships"}
  ingo_count: {type: real, unit: "ties", meaning: "ties to INGOs counted by the source used for that year"}
  political_globalisation_raw: {type: real, unit: "index 1-100", meaning: "KOF de facto political globalisation"}
  machinery_raw: {type: real, unit: "points 0-3", meaning: "seat on the Human Rights Council + log(1 + recommendations made) / log(1 + most made by a state that year) + accreditation (A 1, B 0.5), of these what the sources cover in the year"}
  igo: {type: real, unit: "percentile 0-1", meaning: "percentile of igo_count within the year"}
  igo_centrality: {type: real, unit: "percentile 0-1", meaning: "percentile of igo_centrality_raw within the year"}
  ingo: {type: real, unit: "percentile 0-1", meaning: "percentile of ingo_count within the year"}
  political_globalisation: {type: real, unit: "percentile 0-1", meaning: "percentile of political_globalisation_raw within the year"}
  machinery: {type: real, unit: "percentile 0-1", meaning: "percentile of machinery_raw within the year"}
  integration: {type: real, unit: "percentile 0-1", meaning: "mean of the components present, at least two"}
  integration_lo: {type: real, unit: "percentile 0-1", meaning: "lowest value over leaving one component out"}
  integration_hi: {type: real, unit: "percentile 0-1", meaning: "highest value over leaving one component out"}
  integration_n: {type: integer, unit: "components", meaning: "components that the integration score rests on"}
  pct_commitment: {type: real, unit: "percentile 0-1", meaning: "percentile of commitment among the states with both commitment and practice"}
  pct_practice: {type: real, unit: "percentile 0-1", meaning: "percentile of practice_physical among the same states"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "pct_commitment minus pct_practice: positive where promises exceed practice"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile of decoupling over 1,000 draws of theta"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile of decoupling over 1,000 draws of theta"}
  decoupling_breadth: {type: real, unit: "-1 to 1", meaning: "decoupling with breadth in place of commitment"}
  decoupling_civil: {type: real, unit: "-1 to 1", meaning: "decoupling with practice_civil in place of practice_physical"}
  decoupling_terror: {type: real, unit: "-1 to 1", meaning: "decoupling with practice_terror in place of practice_physical"}
  decoupling_spread: {type: real, unit: "0 to 2", meaning: "highest minus lowest decoupling over the practice measures of the year"}
  contested: {type: flag, meaning: "the sign of decoupling depends on the practice measure"}
  decoupling_cat: {type: real, unit: "-1 to 1", meaning: "depth in CAT minus the percentile of torture practice, parties only"}
  decoupling_iccpr: {type: real, unit: "-1 to 1", meaning: "depth in the ICCPR minus the percentile of civil liberties, parties only"}
  decoupling_cedaw: {type: real, unit: "-1 to 1", meaning: "depth in CEDAW minus the percentile of women's civil liberties, parties only"}
  decoupling_crc: {type: real, unit: "-1 to 1", meaning: "depth in the CRC minus the percentile of child-labour practice, parties only"}
  decoupling_icescr: {type: real, unit: "-1 to 1", meaning: "depth in the ICESCR minus the percentile of economic and social rights, parties only"}
tags: [score, page-integration, page-map, page-compare]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year >= $from_year AND y.year <= $to_year
RETURN s.name AS name, s.region AS region, y.iso3 AS iso3, y.year AS year, y.breadth AS breadth, y.depth AS depth,
  y.scrutiny AS scrutiny, y.commitment AS commitment, y.practice_physical AS practice_physical,
  y.practice_sd AS practice_sd, y.practice_civil AS practice_civil, y.practice_terror AS practice_terror,
  y.igo_count AS igo_count, y.igo_last_observed AS igo_last_observed, y.igo_centrality_raw AS igo_centrality_raw,
  y.ingo_count AS ingo_count, y.political_globalisation_raw AS political_globalisation_raw,
  y.machinery_raw AS machinery_raw, y.igo AS igo, y.igo_centrality AS igo_centrality, y.ingo AS ingo,
  y.political_globalisation AS political_globalisation, y.machinery AS machinery, y.integration AS integration,
  y.integration_lo AS integration_lo, y.integration_hi AS integration_hi, y.integration_n AS integration_n,
  y.pct_commitment AS pct_commitment, y.pct_practice AS pct_practice, y.decoupling AS decoupling,
  y.decoupling_lo AS decoupling_lo, y.decoupling_hi AS decoupling_hi, y.decoupling_breadth AS decoupling_breadth,
  y.decoupling_civil AS decoupling_civil, y.decoupling_terror AS decoupling_terror,
  y.decoupling_spread AS decoupling_spread, y.contested AS contested, y.decoupling_cat AS decoupling_cat,
  y.decoupling_iccpr AS decoupling_iccpr, y.decoupling_cedaw AS decoupling_cedaw, y.decoupling_crc AS decoupling_crc,
  y.decoupling_icescr AS decoupling_icescr
ORDER BY year, iso3
