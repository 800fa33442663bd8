/*
title: Optional procedures accepted
question: Which states accepted, or excluded, which optional procedure, and since when?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CAT}
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: MEX}
  procedure: {type: text, default: all, meaning: "kind of procedure", choices: [all, individual, inter_state, inquiry, visits]}
columns:
  treaty:
  procedure:
  article:
  iso3:
  name:
  year:
  date:
  opted_out:
  ended:
  source:
  fact:
tags: [treaty, state]
*/
MATCH (s:State)-[a:ACCEPTED]->(t:Treaty)
WHERE ($treaty = 'all' OR t.code = $treaty) AND ($iso3 = 'all' OR s.iso3 = $iso3)
  AND ($procedure = 'all' OR a.procedure = $procedure)
RETURN t.code AS treaty, a.procedure AS procedure, a.article AS article, s.iso3 AS iso3, s.name AS name, a.year AS year,
  a.date AS date, a.opted_out AS opted_out, a.ended_year AS ended, a.source AS source, a.fact AS fact
ORDER BY treaty, procedure, iso3, year, fact
