/*
title: Intergovernmental organizations
question: Which intergovernmental organizations are in here, and how many full members do they have in a year?
parameters:
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  code:
  name:
  kind:
  founded:
  ended:
  human_rights:
  can_suspend:
  accession_rule:
  members: {type: integer, unit: "states", meaning: "full members counted in the year"}
tags: [organization]
*/
MATCH (o:IO)
OPTIONAL MATCH (s:State)-[m:MEMBER_OF]->(o)
WHERE m.status = 'full' AND m.counted_from <= $year AND m.counted_to >= $year
RETURN o.code AS code, o.name AS name, o.kind AS kind, o.founded AS founded, o.ended AS ended,
  o.human_rights AS human_rights, o.can_suspend AS can_suspend, o.accession_rule AS accession_rule,
  count(DISTINCT s.iso3) AS members
ORDER BY code
