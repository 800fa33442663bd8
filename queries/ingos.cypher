/*
title: International non-governmental organizations
question: Which INGOs are in here?
parameters:
  human_rights: {type: flag, default: false, meaning: "only human-rights organizations"}
columns:
  code:
  name:
  founded:
  dissolved:
  field:
  human_rights:
  member_countries:
  ties: {type: integer, unit: "states", meaning: "states tied to it by name"}
tags: [organization]
*/
MATCH (o:INGO)
WHERE $human_rights = false OR o.human_rights
OPTIONAL MATCH (s:State)-[:TIED_TO]->(o)
RETURN o.code AS code, o.name AS name, o.founded AS founded, o.dissolved AS dissolved, o.field AS field,
  o.human_rights AS human_rights, o.member_countries AS member_countries, count(DISTINCT s.iso3) AS ties
ORDER BY code
