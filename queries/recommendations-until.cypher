/*
title: Recommendations up to a year
question: How many recommendations had each state made to each other state in the Universal Periodic Review by the end of a year?
parameters:
  year: {type: integer, default: 2025, meaning: "last year"}
columns:
  sender: {meaning: "state that recommends"}
  receiver: {meaning: "state under review"}
  recommendations: {type: integer, unit: "recommendations", meaning: "recommendations made"}
  accepted: {type: integer, unit: "recommendations", meaning: "of them supported by the state under review"}
tags: [network, state]
notes: The edges of the network of peer review.
*/
MATCH (a:State)-[r:RECOMMENDED]->(b:State)
WHERE r.year <= $year
RETURN a.iso3 AS sender, b.iso3 AS receiver, sum(r.n) AS recommendations, sum(r.accepted) AS accepted
ORDER BY sender, receiver
