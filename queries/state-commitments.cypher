/*
title: Commitments of a state
question: What has a state signed and joined, when and how, and what did it stand at when each treaty was last read?
parameters:
  iso3: {type: text, kind: state, meaning: "state", example: MEX}
columns:
  treaty:
  title:
  core:
  issue_area:
  status: {type: text, meaning: "party, left, signed or none"}
  signed: {type: integer, unit: "year", meaning: "year of signature"}
  signed_on: {type: day, meaning: "day of signature"}
  joined: {type: integer, unit: "year", meaning: "year it last became bound"}
  joined_on: {type: day, meaning: "day it last became bound"}
  left: {type: integer, unit: "year", meaning: "year it left"}
  statements: {type: integer, unit: "statements", meaning: "reservations, understandings and declarations made; missing where the copy read has none"}
  reservations: {type: integer, unit: "statements", meaning: "reservations that stand; missing where the copy read has none"}
  as_of:
tags: [state, treaty]
*/
MATCH (s:State)
WHERE s.iso3 = $iso3
MATCH (t:Treaty)
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended']
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH s, t, r.year AS became, r.date AS became_on, min(w.year) AS gone
WITH s, t, max(CASE WHEN became IS NOT NULL AND gone IS NULL THEN 1 ELSE 0 END) AS party, max(became) AS joined,
  max(became_on) AS joined_on, max(gone) AS left_year
OPTIONAL MATCH (s)-[g:SIGNED]->(t)
WITH s, t, party, joined, joined_on, left_year, min(g.year) AS signed, min(g.date) AS signed_on
OPTIONAL MATCH (s)-[:ENTERED]->(rud:RUD)-[:QUALIFIES]->(t)
WITH t, party, joined, joined_on, left_year, signed, signed_on, count(DISTINCT rud.id) AS made,
  sum(CASE WHEN rud.kind CONTAINS 'reservation' AND rud.withdrawn_year IS NULL THEN 1 ELSE 0 END) AS standing
RETURN t.code AS treaty, t.title AS title, t.core AS core, t.issue_area AS issue_area,
  CASE WHEN party = 1 THEN 'party' WHEN joined IS NOT NULL THEN 'left' WHEN signed IS NOT NULL THEN 'signed'
       ELSE 'none' END AS status, signed, signed_on, joined, joined_on,
  CASE WHEN party = 0 THEN left_year END AS left,
  CASE WHEN t.as_of_basis IS NULL THEN made END AS statements,
  CASE WHEN t.as_of_basis IS NULL THEN standing END AS reservations, t.as_of AS as_of
ORDER BY treaty
