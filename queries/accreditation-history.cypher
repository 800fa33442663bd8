/*
title: Accreditation history
question: Which status did a state's national institution have in each year on record?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: MEX}
columns:
  iso3:
  site:
  year:
  status:
  body: {meaning: "who accredits"}
  source:
  fact:
tags: [state]
*/
MATCH (s:State)-[:HOSTS]->(site:ReceptorSite)-[a:ACCREDITED]->(b:Body)
WHERE $iso3 = 'all' OR s.iso3 = $iso3
RETURN DISTINCT s.iso3 AS iso3, site.id AS site, a.year AS year, a.status AS status, b.code AS body, a.source AS source,
  a.fact AS fact
ORDER BY iso3, site, year, fact
