/*
title: All memberships of a year
question: Which states are full members of which intergovernmental organizations in a year?
parameters:
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3:
  io:
  last_observed:
tags: [network]
notes: The edges from which communities and shortest ties are computed.
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE m.status = 'full' AND m.counted_from <= $year AND m.counted_to >= $year
RETURN DISTINCT s.iso3 AS iso3, o.code AS io, m.last_observed AS last_observed
ORDER BY iso3, io, last_observed
