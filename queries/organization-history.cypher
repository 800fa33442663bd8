/*
title: Membership history of an organization
question: Who belonged to an intergovernmental organization, in which years and in which standing?
parameters:
  io: {type: text, kind: organization, meaning: "organization", example: COE}
columns:
  iso3:
  name:
  region:
  status:
  from_year: {meaning: "first year of the spell that counts"}
  to_year: {meaning: "last year of the spell that counts; 9999 is open"}
  last_observed: {meaning: "last year in which the source saw it; an open spell is carried forward from there"}
  suspended_from:
  suspended_to:
  source:
  fact:
tags: [organization]
notes: >-
  Where sources overlap, the years are those that the rule of precedence leaves to each, so that no two full memberships of
  one state count in the same year. A suspended state stays a member.
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE o.code = $io AND m.counted_from IS NOT NULL
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, m.status AS status, m.counted_from AS from_year,
  m.counted_to AS to_year, m.last_observed AS last_observed, m.suspended_from AS suspended_from,
  m.suspended_to AS suspended_to, m.source AS source, m.fact AS fact
ORDER BY iso3, from_year, status, fact
