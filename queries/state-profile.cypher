/*
title: Profile of a state
question: What is there to know about one state at a glance?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "short English name"}
  region: {type: text, meaning: "region"}
  subregion: {type: text, meaning: "subregion"}
  system_from: {type: integer, unit: "year", meaning: "first year in the state system"}
  system_to: {type: integer, unit: "year", meaning: "last year in the state system; 9999 is open"}
  un_member_from: {type: integer, unit: "year", meaning: "admission to the United Nations"}
  former: {type: flag, meaning: "no longer exists"}
  core_joined: {type: integer, unit: "treaties", meaning: "core treaties it ever became bound by"}
  statements: {type: integer, unit: "statements", meaning: "reservations, understandings and declarations made"}
  objections_drawn: {type: integer, unit: "objections", meaning: "objections by other states to these"}
  objections_made: {type: integer, unit: "objections", meaning: "objections it made"}
  year: {type: integer, meaning: "latest year with a decoupling score"}
  integration: {type: real, unit: "percentile 0-1", meaning: "integration in that year"}
  integration_lo: {type: real, unit: "percentile 0-1", meaning: "lowest over leaving one component out"}
  integration_hi: {type: real, unit: "percentile 0-1", meaning: "highest over leaving one component out"}
  commitment: {type: real, unit: "share 0-1", meaning: "commitment in that year"}
  practice_physical: {type: real, unit: "theta", meaning: "latent human-rights protection score in that year"}
  practice_sd: {type: real, unit: "theta", meaning: "its standard deviation"}
  decoupling: {type: real, unit: "-1 to 1", meaning: "decoupling in that year"}
  decoupling_lo: {type: real, unit: "-1 to 1", meaning: "5th percentile over draws of practice"}
  decoupling_hi: {type: real, unit: "-1 to 1", meaning: "95th percentile over draws of practice"}
  contested: {type: flag, meaning: "the sign of decoupling depends on the practice measure"}
sources: [all]
tags: [state]
*/
MATCH (s:State)
WHERE s.iso3 = $iso3
OPTIONAL MATCH (s)-[:RATIFIED]->(t:Treaty)
WHERE t.core
WITH s, count(DISTINCT t.code) AS core_joined
OPTIONAL MATCH (s)-[:ENTERED]->(r:RUD)
WITH s, core_joined, count(DISTINCT r.id) AS statements
OPTIONAL MATCH (s)-[:ENTERED]->(r:RUD)<-[drawn:OBJECTED_TO]-(:State)
WITH s, core_joined, statements, count(drawn) AS objections_drawn
OPTIONAL MATCH (s)-[made:OBJECTED_TO]->(:RUD)
WITH s, core_joined, statements, objections_drawn, count(made) AS objections_made
OPTIONAL MATCH (s)-[:IN_YEAR]->(scored:StateYear)
WHERE scored.decoupling IS NOT NULL
WITH s, core_joined, statements, objections_drawn, objections_made, max(scored.year) AS year
OPTIONAL MATCH (s)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, s.subregion AS subregion, s.system_from AS system_from,
  s.system_to AS system_to, s.un_member_from AS un_member_from, s.former AS former, core_joined, statements,
  objections_drawn, objections_made, year, y.integration AS integration, y.integration_lo AS integration_lo,
  y.integration_hi AS integration_hi, y.commitment AS commitment, y.practice_physical AS practice_physical,
  y.practice_sd AS practice_sd, y.decoupling AS decoupling, y.decoupling_lo AS decoupling_lo,
  y.decoupling_hi AS decoupling_hi, y.contested AS contested
ORDER BY iso3
