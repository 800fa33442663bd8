/*
title: Receptor sites and their accreditation
question: Where do receptor sites exist, since when, and with which accreditation?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: MEX}
columns:
  iso3:
  state:
  region:
  site:
  name:
  kind:
  founded:
  due:
  first_accredited: {type: integer, unit: "year", meaning: "first year with status A or B on record"}
  year: {type: integer, meaning: "latest year with a status on record"}
  status: {type: text, meaning: "status in that year, of the source named best"}
tags: [state]
*/
MATCH (s:State)-[:HOSTS]->(site:ReceptorSite)
WHERE $iso3 = 'all' OR s.iso3 = $iso3
WITH DISTINCT s, site
OPTIONAL MATCH (site)-[a:ACCREDITED]->(:Body)
WITH s, site, max(a.year) AS year, min(CASE WHEN a.status IN ['A', 'B'] THEN a.year END) AS first_accredited
OPTIONAL MATCH (site)-[latest:ACCREDITED]->(:Body)
WHERE latest.year = year
RETURN s.iso3 AS iso3, s.name AS state, s.region AS region, site.id AS site, site.name AS name, site.kind AS kind,
  site.founded AS founded, site.due AS due, first_accredited, year, min(latest.status) AS status
ORDER BY iso3, site
