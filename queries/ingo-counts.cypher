/*
title: Ties to INGOs, counted
question: How many ties to international non-governmental organizations did a state have in a year?
columns:
  iso3:
  year:
  value: {unit: ties, meaning: ties counted by the source used for the year}
  indicator: {meaning: indicator used for the year}
tags: [score, integration]
notes: >-
  All INGOs (Hill and Jones, from the Yearbook) up to 1999, human-rights INGOs from 2000 on. The two count different things:
  they are never mixed within a year, and only ranks within a year are used.
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE (i.code = 'HJ-INGO' AND m.year <= 1999) OR (i.code = 'HRO-INGO' AND m.year >= 2000)
RETURN s.iso3 AS iso3, m.year AS year, m.value AS value, i.code AS indicator
ORDER BY year, iso3
