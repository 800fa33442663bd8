/*
title: Peer review between states
question: Who recommended what number of changes to whom in the Universal Periodic Review, and how many were accepted?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  role: {type: text, meaning: "sent or received"}
  other: {type: text, meaning: "the other state"}
  name: {type: text, meaning: "its name"}
  recommendations: {type: integer, unit: "recommendations", meaning: "recommendations"}
  accepted: {type: integer, unit: "recommendations", meaning: "of them accepted by the state under review"}
  first_year: {type: integer, meaning: "first year"}
  last_year: {type: integer, meaning: "last year"}
tags: [state, network]
*/
MATCH (a:State)-[r:RECOMMENDED]->(b:State)
WHERE a.iso3 = $iso3 OR b.iso3 = $iso3
WITH CASE WHEN a.iso3 = $iso3 THEN 'sent' ELSE 'received' END AS role,
  CASE WHEN a.iso3 = $iso3 THEN b.iso3 ELSE a.iso3 END AS other,
  CASE WHEN a.iso3 = $iso3 THEN b.name ELSE a.name END AS name, r.n AS n, r.accepted AS kept, r.year AS year
RETURN role, other, name, sum(n) AS recommendations, sum(kept) AS accepted, min(year) AS first_year,
  max(year) AS last_year
ORDER BY role, other
