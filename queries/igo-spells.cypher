/*
title: Spells of full membership
question: In which years was a state a full member of which intergovernmental organization?
columns:
  iso3:
  io:
  from_year:
  to_year:
tags: [score, integration]
notes: >-
  The co-membership network of a year, from which eigenvector centrality is computed, joins two states of the system by the
  number of organizations of which both are full members in that year.
*/
MATCH (s:State)-[m:MEMBER_OF]->(o:IO)
WHERE m.status = 'full' AND m.counted_from IS NOT NULL AND m.counted_to >= 1946
RETURN s.iso3 AS iso3, o.code AS io, m.counted_from AS from_year, m.counted_to AS to_year
ORDER BY iso3, io, from_year, to_year
