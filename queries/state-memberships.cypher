/*
title: Memberships of a state
question: To which intergovernmental organizations does a state belong in a year?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  io:
  name:
  kind:
  human_rights:
  status:
  from_year:
  to_year:
  last_observed: {meaning: "last year in which the source saw it; earlier than the year means carried forward"}
  suspended_from:
  suspended_to:
  source:
  fact:
tags: [state, organization]
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE s.iso3 = $iso3 AND m.counted_from <= $year AND m.counted_to >= $year
RETURN o.code AS io, o.name AS name, o.kind AS kind, o.human_rights AS human_rights, m.status AS status,
  m.from_year AS from_year, m.to_year AS to_year, m.last_observed AS last_observed, m.suspended_from AS suspended_from,
  m.suspended_to AS suspended_to, m.source AS source, m.fact AS fact
ORDER BY io, status, fact
