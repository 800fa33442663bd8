/*
title: Members of an organization
question: Who belongs to an intergovernmental organization in a year?
parameters:
  io: {type: text, kind: organization, meaning: "organization", example: UN}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "its name"}
  region: {type: text, meaning: "region"}
  status: {type: text, meaning: "full, associate or observer"}
  from_year: {type: integer, meaning: "first year of the spell"}
  to_year: {type: integer, meaning: "last year of the spell; 9999 is open"}
  last_observed: {type: integer, unit: "year", meaning: "last year in which the source saw it"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [all]
tags: [organization]
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE o.code = $io AND m.counted_from <= $year AND m.counted_to >= $year
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.status AS status, m.from_year AS from_year,
  m.to_year AS to_year, m.last_observed AS last_observed, m.source AS source, m.fact AS fact
ORDER BY iso3, status, fact
