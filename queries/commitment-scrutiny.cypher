/*
title: Scrutiny accepted
question: Which share of the optional procedures open in a year has a state accepted?
parameters:
  from_year: {type: integer, default: 1966, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
  value: {type: real, unit: share 0-1, meaning: procedures accepted / procedures available}
tags: [score, commitment]
notes: >-
  The procedures are individual complaints under nine instruments (the Convention on Migrant Workers only from the year of
  the tenth declaration under its article 77, which brings the procedure into force), complaints between states under three,
  inquiries under four and visits under one. A procedure is available from the year its instrument opened. Only a party can
  have accepted; an inquiry counts as accepted by every party that has not excluded it.
  A predecessor's act that the depositary prints as the successor's own (Democratic Yemen's as Yemen's) counts for the
  successor from the year in which the predecessor ended.
*/
UNWIND range($from_year, $to_year) AS year
OPTIONAL MATCH (:State)-[declared:ACCEPTED]->(migrants:Treaty)
WHERE migrants.code = 'ICMW' AND declared.procedure = 'individual' AND NOT declared.opted_out AND declared.year <= year
WITH year, count(declared) AS declarations
WITH min(CASE WHEN declarations >= 10 THEN year END) AS tenth
UNWIND ['individual', 'inter_state', 'inquiry', 'visits'] AS kind
MATCH (t:Treaty)
WHERE (kind = 'individual' AND t.code IN
    ['ICCPR-OP1', 'ICERD', 'CAT', 'CEDAW-OP', 'CRPD-OP', 'CPED', 'ICESCR-OP', 'CRC-OP-IC', 'ICMW'])
  OR (kind = 'inter_state' AND t.code IN ['ICCPR', 'CAT', 'CPED'])
  OR (kind = 'inquiry' AND t.code IN ['CAT', 'CEDAW-OP', 'CRPD-OP', 'CPED'])
  OR (kind = 'visits' AND t.code = 'CAT-OP')
WITH kind, t, CASE WHEN t.code = 'ICMW' THEN tenth ELSE t.opened END AS since
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un')
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
OPTIONAL MATCH (s)-[a:ACCEPTED]->(t)
WHERE a.procedure = kind
UNWIND range($from_year, $to_year) AS year
WITH kind, t, since, s, spell, r, a, year,
  CASE WHEN a.year <= year AND (a.ended_year IS NULL OR a.ended_year > year) THEN 1 ELSE 0 END AS standing
WHERE spell.from_year <= year AND spell.to_year >= year AND since <= year
WITH s.iso3 AS iso3, year, t.code AS code, kind,
  max(CASE WHEN r.counted_from <= year AND r.counted_to >= year THEN 1 ELSE 0 END) AS party,
  max(CASE WHEN standing = 1 AND NOT a.opted_out THEN 1 ELSE 0 END) AS declared,
  max(CASE WHEN standing = 1 AND a.opted_out THEN 1 ELSE 0 END) AS excluded
WITH iso3, year, count(*) AS available,
  sum(CASE WHEN kind = 'inquiry' THEN party * (1 - excluded) ELSE party * declared END) AS total
RETURN iso3, year, total * 1.0 / available AS value
ORDER BY year, iso3
