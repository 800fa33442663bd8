/*
title: Ties to INGOs by name
question: Which states are tied to which international non-governmental organizations?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: NOR}
  ingo: {type: text, kind: ingo, default: all, meaning: "an organization or all of them"}
columns:
  iso3:
  state:
  ingo:
  name:
  kind:
  from_year:
  to_year:
  first_observed:
  last_observed:
  source:
  fact:
tags: [organization, state]
notes: >-
  Most ties are undated: neither from_year nor first_observed. `ingo-ties-of-a-year` gives those of a year.
*/
MATCH (s:State)-[t:TIED_TO]->(o:INGO)
WHERE ($iso3 = 'all' OR s.iso3 = $iso3) AND ($ingo = 'all' OR o.code = $ingo)
RETURN s.iso3 AS iso3, s.name AS state, o.code AS ingo, o.name AS name, t.kind AS kind, t.from_year AS from_year,
  t.to_year AS to_year, t.first_observed AS first_observed, t.last_observed AS last_observed, t.source AS source, t.fact AS fact
ORDER BY iso3, ingo, kind, fact
