/*
title: All parties of a year
question: Which states are party to which treaties at the end of a year?
parameters:
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3:
  treaty:
tags: [treaty, network]
notes: The edges from which shared treaties are computed.
*/
MATCH (s:State)-[r:RATIFIED]->(t:Treaty)
WHERE r.year <= $year
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended'] AND w.year <= $year
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH s, t, r, count(w) AS withdrawals
WHERE withdrawals = 0
RETURN DISTINCT s.iso3 AS iso3, t.code AS treaty
ORDER BY iso3, treaty
