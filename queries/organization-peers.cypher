/*
title: Organizations that share members
question: Which intergovernmental organizations share most members with one in a year?
parameters:
  io: {type: text, kind: organization, meaning: "organization", example: COE}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  code:
  name:
  shared: {type: integer, unit: "states", meaning: "full members that both have"}
  members: {type: integer, unit: "states", meaning: "full members of this one"}
tags: [organization, network]
*/
MATCH (o:IO)<-[m:MEMBER_OF]-(s:State)
WHERE m.status = 'full' AND m.counted_from <= $year AND m.counted_to >= $year
OPTIONAL MATCH (s)-[own:MEMBER_OF]->(mine:IO)
WHERE mine.code = $io AND own.status = 'full' AND own.counted_from <= $year AND own.counted_to >= $year
WITH o, count(DISTINCT CASE WHEN own.fact IS NOT NULL THEN s.iso3 END) AS shared, count(DISTINCT s.iso3) AS members
WHERE shared > 0 AND o.code <> $io
RETURN o.code AS code, o.name AS name, shared, members
ORDER BY shared DESC, code
