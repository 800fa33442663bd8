/*
title: Part taken in the human-rights machinery
question: How far does a state take part in the human-rights machinery in a year?
parameters:
  from_year: {type: integer, default: 2000, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
  value: {type: real, unit: points 0-3, meaning: sum of the parts that some source covers in the year}
  seat: {type: integer, unit: seats, meaning: 1 with a seat on the Human Rights Council}
  recommendations: {type: integer, unit: recommendations, meaning: recommendations made in the Universal Periodic Review}
  accreditation: {type: real, unit: points, meaning: national institution with status A 1 or B 0.5}
tags: [score, integration]
notes: >-
  value = seat + log(1 + recommendations) / log(1 + the most that any state made in the year) + accreditation, so each part
  lies between 0 and 1. A part whose source covers nothing in the year is missing for every state, and adds nothing; where
  all three are, there is no row. A seat counts in each year of its term.
*/
UNWIND range($from_year, $to_year) AS year
OPTIONAL MATCH (:State)-[held:SEATED_ON]->(council:Body)
WHERE council.code = 'HRC' AND held.from_year <= year AND held.to_year >= year
WITH year, count(held) AS seats
OPTIONAL MATCH (:ReceptorSite)-[given:ACCREDITED]->(:Body)
WHERE given.year = year
WITH year, seats, count(given) AS statuses
OPTIONAL MATCH (sender:State)-[made:RECOMMENDED]->(:State)
WHERE made.year = year
WITH year, seats, statuses, sender.iso3 AS by, sum(made.n) AS n
WITH year, seats, statuses, max(n) AS most
WHERE seats > 0 OR statuses > 0 OR most > 0
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE (system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un'))
  AND spell.from_year <= year AND spell.to_year >= year
OPTIONAL MATCH (s)-[held:SEATED_ON]->(council:Body)
WHERE council.code = 'HRC' AND held.from_year <= year AND held.to_year >= year
WITH DISTINCT year, seats, statuses, most, s, CASE WHEN held.from_year IS NULL THEN 0 ELSE 1 END AS seat
OPTIONAL MATCH (s)-[:HOSTS]->(:ReceptorSite)-[given:ACCREDITED]->(:Body)
WHERE given.year = year
WITH year, seats, statuses, most, s, seat,
  max(CASE given.status WHEN 'A' THEN 1.0 WHEN 'B' THEN 0.5 ELSE 0.0 END) AS points
OPTIONAL MATCH (s)-[made:RECOMMENDED]->(:State)
WHERE made.year = year
WITH year, seats, statuses, most, s.iso3 AS iso3, seat, points, sum(coalesce(made.n, 0)) AS n
RETURN iso3, year,
  seat + points + CASE WHEN most > 0 THEN log10(1.0 + n) / log10(1.0 + most) ELSE 0.0 END AS value,
  CASE WHEN seats > 0 THEN seat END AS seat,
  CASE WHEN most > 0 THEN n END AS recommendations,
  CASE WHEN statuses > 0 THEN points END AS accreditation
ORDER BY year, iso3
