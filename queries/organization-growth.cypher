/*
title: Members of an organization by year
question: How many full members did an intergovernmental organization have, year by year?
parameters:
  io: {type: text, kind: organization, meaning: "organization", example: UN}
  from_year: {type: integer, default: 1946, meaning: "first year"}
  to_year: {type: integer, default: 2025, meaning: "last year"}
columns:
  year: {type: integer, meaning: "year"}
  members: {type: integer, unit: "states", meaning: "full members counted"}
  carried: {type: integer, unit: "states", meaning: "of them last observed before the year"}
tags: [organization]
*/
MATCH (o:IO)
WHERE o.code = $io
UNWIND range($from_year, $to_year) AS year
OPTIONAL MATCH (:State)-[m:MEMBER_OF]->(o)
WHERE m.status = 'full' AND m.counted_from <= year AND m.counted_to >= year
RETURN year, count(m.fact) AS members, sum(CASE WHEN m.last_observed < year THEN 1 ELSE 0 END) AS carried
ORDER BY year
