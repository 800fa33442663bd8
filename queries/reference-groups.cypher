/*
title: Reference groups of a state
question: To which regions, systems, alliances and other groups does a state belong?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  group: {type: text, meaning: "group"}
  name: {type: text, meaning: "its name"}
  kind: {type: text, meaning: "what the group is made by"}
  from_year: {type: integer, meaning: "first year, where stated"}
  to_year: {type: integer, meaning: "last year; 9999 is open"}
  share: {type: real, unit: "share 0-1", meaning: "share of the population or strength of the tie"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [all]
tags: [state]
*/
MATCH (s:State)-[b:BELONGS_TO]->(g:ReferenceGroup)
WHERE s.iso3 = $iso3
RETURN g.code AS `group`, g.name AS name, g.kind AS kind, b.from_year AS from_year, b.to_year AS to_year,
  b.share AS share, b.source AS source, b.fact AS fact
ORDER BY kind, `group`, from_year, fact
