/*
title: Ties to INGOs in a year
question: Which states were tied to which international non-governmental organizations in a year, and for which ties does no source say since when?
parameters:
  year: {type: integer, default: 2000, meaning: "year"}
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: NOR}
columns:
  iso3:
  state:
  ingo:
  name:
  kind:
  undated: {type: flag, meaning: "no source says since when: the tie may be younger than the year, and is not to be counted for it"}
  from_year:
  first_observed:
  last_observed:
  source:
  fact:
tags: [organization, state]
notes: >-
  Dated ties come from the editions of the Factbook since 1990 and concern ten organizations: a tie is there in the years
  of the editions that list it. Undated ones are left out where another source dates the tie of the same two, where the
  organization was founded after the year, or where the tie or the organization ended before it. How many ties a state had in all, `ingo-counts` says.
*/
MATCH (s:State)-[t:TIED_TO]->(o:INGO)
WHERE ($iso3 = 'all' OR s.iso3 = $iso3)
  AND (t.from_year IS NULL OR t.from_year <= $year) AND (t.to_year IS NULL OR t.to_year >= $year)
  AND (t.first_observed IS NULL OR (t.first_observed <= $year AND t.last_observed >= $year))
  AND (t.from_year IS NOT NULL OR t.first_observed IS NOT NULL
    OR NOT EXISTS { MATCH (s)-[d:TIED_TO]->(o) WHERE d.first_observed IS NOT NULL })
  AND (o.founded IS NULL OR o.founded <= $year) AND (o.dissolved IS NULL OR o.dissolved >= $year)
RETURN s.iso3 AS iso3, s.name AS state, o.code AS ingo, o.name AS name, t.kind AS kind,
  t.from_year IS NULL AND t.first_observed IS NULL AS undated, t.from_year AS from_year,
  t.first_observed AS first_observed, t.last_observed AS last_observed, t.source AS source, t.fact AS fact
ORDER BY undated, iso3, ingo, kind, fact
