/*
title: Members of an organization
question: Who belongs to an intergovernmental organization in a year?
parameters:
  io: {type: text, kind: organization, meaning: "organization", example: UN}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3:
  name:
  region:
  status:
  from_year:
  to_year:
  last_observed:
  source:
  fact:
tags: [organization]
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE o.code = $io AND m.counted_from <= $year AND m.counted_to >= $year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.status AS status, m.from_year AS from_year,
  m.to_year AS to_year, m.last_observed AS last_observed, m.source AS source, m.fact AS fact
ORDER BY iso3, status, fact
