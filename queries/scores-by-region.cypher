/*
title: Scores by region
question: How do the regions' mean scores develop?
columns:
  region: {type: text, meaning: "region"}
  year:
  states: {type: integer, unit: "states", meaning: "states in the system"}
  integration: {type: real, unit: "percentile 0-1", meaning: "mean integration"}
  commitment: {type: real, unit: "share 0-1", meaning: "mean commitment"}
  practice_physical: {type: real, unit: "theta", meaning: "mean latent human-rights protection score"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "mean decoupling"}
tags: [score, overview]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
RETURN coalesce(s.region, 'unstated') AS region, y.year AS year, count(*) AS states, avg(y.integration) AS integration,
  avg(y.commitment) AS commitment, avg(y.practice_physical) AS practice_physical, avg(y.decoupling) AS decoupling
ORDER BY region, year
