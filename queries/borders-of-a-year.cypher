/*
title: All borders of a year
question: Which states border which, on land or across water, in a year?
parameters:
  year: {type: integer, default: 2016, meaning: "year"}
columns:
  first: {type: text, meaning: "one state, the earlier of the two in the order of the codes"}
  second: {type: text, meaning: "the other state"}
  kind:
tags: [network]
notes: The edges of the network of borders. A pair has a row for each kind that holds in the year.
*/
MATCH (a:State)-[b:BORDERS]->(c:State)
WHERE b.from_year <= $year AND b.to_year >= $year
RETURN DISTINCT CASE WHEN a.iso3 < c.iso3 THEN a.iso3 ELSE c.iso3 END AS first,
  CASE WHEN a.iso3 < c.iso3 THEN c.iso3 ELSE a.iso3 END AS second, b.kind AS kind
ORDER BY first, second, kind
