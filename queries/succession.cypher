/*
title: Succession of states
question: Which states followed which?
columns:
  iso3: {meaning: "state that followed"}
  name:
  predecessor: {meaning: "state it followed"}
  predecessor_name:
  year:
  kind:
  source:
  fact:
tags: [state]
*/
MATCH (s:State)-[e:SUCCEEDED]->(p:State)
RETURN s.iso3 AS iso3, s.name AS name, p.iso3 AS predecessor, p.name AS predecessor_name, e.year AS year,
  e.kind AS kind, e.source AS source, e.fact AS fact
ORDER BY iso3, predecessor, fact
