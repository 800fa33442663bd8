/*
title: Timeline of a state
question: What did a state sign, join, leave and accept, and when?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  year:
  date:
  treaty:
  event: {type: text, meaning: "SIGNED, RATIFIED, WITHDREW_FROM, ACCEPTED or DEROGATED_FROM"}
  source:
  fact:
tags: [state, treaty]
*/
MATCH (s:State)-[e:SIGNED|RATIFIED|WITHDREW_FROM|ACCEPTED|DEROGATED_FROM]->(t:Treaty)
WHERE s.iso3 = $iso3
RETURN e.year AS year, e.date AS date, t.code AS treaty, type(e) AS event, e.source AS source, e.fact AS fact
ORDER BY year, treaty, event, fact
