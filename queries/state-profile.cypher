/*
title: Profile of a state
question: What is there to know about one state at a glance?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  iso3:
  name:
  region:
  subregion:
  system_from:
  system_to:
  un_member_from:
  former:
  core_joined: {type: integer, unit: "treaties", meaning: "core treaties it ever became bound by"}
  statements: {type: integer, unit: "statements", meaning: "reservations, understandings and declarations made"}
  objections_drawn: {type: integer, unit: "objections", meaning: "objections by other states to these"}
  objections_made: {type: integer, unit: "objections", meaning: "objections it made"}
  year: {type: integer, meaning: "latest year with a decoupling score; all scores here are of that year"}
  integration:
  integration_lo:
  integration_hi:
  commitment:
  practice_physical:
  practice_sd:
  decoupling:
  decoupling_lo:
  decoupling_hi:
  contested:
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
