/*
title: States by organizations shared
question: With which states does a state share most intergovernmental organizations in a year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: PRK}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3: {meaning: "other state"}
  name:
  region:
  shared: {type: integer, unit: "organizations", meaning: "organizations of which both are full members"}
tags: [network, state]
*/
MATCH (a:State)-[m:MEMBER_OF]->(o:IO)<-[n:MEMBER_OF]-(b:State)
WHERE a.iso3 = $iso3 AND b.iso3 <> $iso3 AND m.status = 'full' AND n.status = 'full'
  AND m.counted_from <= $year AND m.counted_to >= $year AND n.counted_from <= $year AND n.counted_to >= $year
RETURN b.iso3 AS iso3, b.name AS name, b.region AS region, count(DISTINCT o.code) AS shared
ORDER BY shared DESC, iso3
