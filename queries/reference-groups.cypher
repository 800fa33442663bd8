/*
title: Reference groups of a state
question: To which regions, systems, alliances and other groups does a state belong?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  group:
  name:
  kind:
  from_year:
  to_year:
  share:
  source:
  fact:
tags: [state]
*/
MATCH (s:State)-[b:BELONGS_TO]->(g:ReferenceGroup)
WHERE s.iso3 = $iso3
RETURN g.code AS `group`, g.name AS name, g.kind AS kind, b.from_year AS from_year, b.to_year AS to_year,
  b.share AS share, b.source AS source, b.fact AS fact
ORDER BY kind, `group`, from_year, fact
