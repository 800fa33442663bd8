/*
title: Source of one relationship
question: Who states one fact, under which licence, and as of when?
parameters:
  fact: {type: integer, meaning: "identifier of the fact, as other queries give it", example: 1}
columns:
  fact:
  type: {type: text, meaning: "relationship type"}
  source:
  name:
  publisher:
  url:
  licence:
  redistributable:
  citation:
  as_of:
tags: [data]
*/
MATCH ()-[e]->()
WHERE e.fact = $fact
WITH e.fact AS fact, type(e) AS type, e.source AS source
OPTIONAL MATCH (s:Source)
WHERE s.code = source
RETURN fact, type, source, s.name AS name, s.publisher AS publisher, s.url AS url, s.licence AS licence,
  s.redistributable AS redistributable, s.citation AS citation, s.as_of AS as_of
ORDER BY type, source
