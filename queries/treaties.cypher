/*
title: Treaties
question: Which treaties are in here, and how far has each been joined?
columns:
  code:
  title:
  kind:
  core:
  issue_area:
  opened:
  in_force:
  depositary:
  as_of:
  as_of_basis:
  body: {type: text, meaning: "body that monitors it"}
  protocol_to: {type: text, meaning: "treaty to which it is a protocol"}
  states: {type: integer, unit: "states", meaning: "states that ever became bound"}
  statements: {type: integer, unit: "statements", meaning: "reservations, understandings and declarations; missing where the copy read has none"}
tags: [treaty]
*/
MATCH (t:Treaty)
OPTIONAL MATCH (t)-[:MONITORED_BY]->(b:Body)
WITH t, min(b.code) AS body
OPTIONAL MATCH (t)-[:PROTOCOL_TO]->(parent:Treaty)
WITH t, body, min(parent.code) AS protocol_to
OPTIONAL MATCH (s:State)-[:RATIFIED]->(t)
WITH t, body, protocol_to, count(DISTINCT s.iso3) AS states
OPTIONAL MATCH (rud:RUD)-[:QUALIFIES]->(t)
WITH t, body, protocol_to, states, count(DISTINCT rud.id) AS made
RETURN t.code AS code, t.title AS title, t.kind AS kind, t.core AS core, t.issue_area AS issue_area, t.opened AS opened,
  t.in_force AS in_force, t.depositary AS depositary, t.as_of AS as_of, t.as_of_basis AS as_of_basis, body, protocol_to,
  states, CASE WHEN t.as_of_basis IS NULL THEN made END AS statements
ORDER BY code
