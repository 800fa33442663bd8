/*
title: Organizations that two states share
question: Of which intergovernmental organizations are two states both full members in a year?
parameters:
  first: {type: text, kind: state, meaning: "state", example: TUR}
  second: {type: text, kind: state, meaning: "state", example: NOR}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  io:
  name:
  kind:
  human_rights:
  first_from: {meaning: "first year of the first state's spell"}
  second_from: {meaning: "first year of the second state's spell"}
  last_observed: {type: integer, unit: "year", meaning: "older of the two last observations; earlier than the year means carried forward"}
tags: [organization, network, compare]
*/
MATCH (a:State)-[m:MEMBER_OF]->(o:IO)<-[n:MEMBER_OF]-(b:State)
WHERE a.iso3 = $first AND b.iso3 = $second AND m.status = 'full' AND n.status = 'full'
  AND m.counted_from <= $year AND m.counted_to >= $year AND n.counted_from <= $year AND n.counted_to >= $year
RETURN o.code AS io, o.name AS name, o.kind AS kind, o.human_rights AS human_rights, m.from_year AS first_from,
  n.from_year AS second_from,
  CASE WHEN n.last_observed < m.last_observed THEN n.last_observed ELSE coalesce(m.last_observed, n.last_observed) END AS last_observed
ORDER BY io, first_from, second_from
