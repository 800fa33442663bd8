/*
title: Ties to INGOs by name
question: Which states are tied to which international non-governmental organizations?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: NOR}
  ingo: {type: text, kind: ingo, default: all, meaning: "an organization or all of them"}
columns:
  iso3: {type: text, meaning: "state"}
  state: {type: text, meaning: "its name"}
  ingo: {type: text, meaning: "organization"}
  name: {type: text, meaning: "its name"}
  kind: {type: text, meaning: "kind of tie"}
  from_year: {type: integer, meaning: "first year, where stated"}
  to_year: {type: integer, meaning: "last year; 9999 is open"}
  first_observed: {type: integer, unit: "year", meaning: "first year in which the source saw it; the tie may be older"}
  last_observed: {type: integer, unit: "year", meaning: "last year in which the source saw it"}
  source: {type: text, meaning: "source"}
  fact: {type: integer, meaning: "identifier of the fact"}
sources: [all]
tags: [organization, state]
notes: >-
  Most ties are undated: neither from_year nor first_observed. `ingo-ties-of-a-year` gives those of a year.
*/
MATCH (s:State)-[t:TIED_TO]->(o:INGO)
WHERE ($iso3 = 'all' OR s.iso3 = $iso3) AND ($ingo = 'all' OR o.code = $ingo)
RETURN s.iso3 AS iso3, s.name AS state, o.code AS ingo, o.name AS name, t.kind AS kind, t.from_year AS from_year,
  t.to_year AS to_year, t.first_observed AS first_observed, t.last_observed AS last_observed, t.source AS source, t.fact AS fact
ORDER BY iso3, ingo, kind, fact
