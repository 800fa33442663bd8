/*
title: Timeline of a treaty
question: Who signed, joined and left a treaty, and when?
parameters:
  treaty: {type: text, kind: treaty, meaning: "treaty", example: CAT}
columns:
  year:
  date:
  iso3:
  name:
  event: {type: text, meaning: "SIGNED, RATIFIED or WITHDREW_FROM"}
  source:
  fact:
tags: [treaty]
*/
MATCH (s:State)-[e:SIGNED|RATIFIED|WITHDREW_FROM]->(t:Treaty)
WHERE t.code = $treaty
RETURN e.year AS year, e.date AS date, s.iso3 AS iso3, s.name AS name, type(e) AS event, e.source AS source, e.fact AS fact
ORDER BY year, iso3, event, fact
