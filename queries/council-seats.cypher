/*
title: Seats on the Human Rights Council
question: Which states held a seat on the Human Rights Council, and when?
parameters:
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: MEX}
columns:
  iso3:
  name:
  from_year: {meaning: "first year of the term"}
  to_year: {meaning: "last year of the term"}
  suspended_from:
  source:
  fact:
tags: [state]
*/
MATCH (s:State)-[h:SEATED_ON]->(b:Body)
WHERE b.code = 'HRC' AND ($iso3 = 'all' OR s.iso3 = $iso3)
RETURN s.iso3 AS iso3, s.name AS name, h.from_year AS from_year, h.to_year AS to_year,
  h.suspended_from AS suspended_from, h.source AS source, h.fact AS fact
ORDER BY iso3, from_year, fact
