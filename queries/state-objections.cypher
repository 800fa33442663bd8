/*
title: Objections made and received by a state
question: To whose statements did a state object, and who objected to its own?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  role: {type: text, meaning: "made or received"}
  other: {type: text, meaning: "the other state"}
  name: {type: text, meaning: "its name"}
  treaty:
  rud:
  year:
  date:
  basis:
  fact:
tags: [state, rud]
*/
MATCH (o:State)-[e:OBJECTED_TO]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
MATCH (target:State)-[:ENTERED]->(r)
WHERE o.iso3 = $iso3 OR target.iso3 = $iso3
RETURN CASE WHEN o.iso3 = $iso3 THEN 'made' ELSE 'received' END AS role,
  CASE WHEN o.iso3 = $iso3 THEN target.iso3 ELSE o.iso3 END AS other,
  CASE WHEN o.iso3 = $iso3 THEN target.name ELSE o.name END AS name,
  t.code AS treaty, r.id AS rud, e.year AS year, e.date AS date, e.basis AS basis, e.fact AS fact
ORDER BY role, year, other, rud, fact
