/*
title: Depth of commitment
question: How deep is a state's commitment to the core treaties, net of its reservations, at the end of a year?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: a core treaty or all of them, example: CAT}
  from_year: {type: integer, default: 1966, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
  value: {type: real, unit: share 0-1, meaning: mean depth over the open treaties asked for}
  parties: {type: integer, unit: treaties, meaning: open treaties asked for to which the state is party}
tags: [score, commitment]
notes: >-
  Depth in one treaty is 0 without any act, 0.25 where the state signed and is not party, and for a party 1 - 0.1 for each
  standing reservation (at most three) - 0.2 if any of them drew an objection; with these weights it cannot fall below 0.5.
  A reservation is a statement whose kind contains the word, made when the state became bound or later: one made on
  signature has to be confirmed to stand (Vienna Convention on the Law of Treaties, article 23 (2)); it stands from its year, or from joining where no year is
  known, until the year before its withdrawal as a whole. It counts for every state that entered it. An objection without a
  year counts from the year of the reservation.
  A predecessor's act that the depositary prints as the successor's own (Democratic Yemen's as Yemen's) counts for the
  successor from the year in which the predecessor ended. The sum is made in whole hundredths, so that equal depths are
  equal numbers.
*/
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un')
MATCH (t:Treaty)
WHERE t.core AND ($treaty = 'all' OR t.code = $treaty)
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
OPTIONAL MATCH (s)-[g:SIGNED]->(t)
WITH s, spell, t, r.counted_from AS joined, r.counted_to AS until, min(g.year) AS signed
OPTIONAL MATCH (s)-[e:ENTERED]->(rud:RUD)-[:QUALIFIES]->(t)
WHERE rud.kind CONTAINS 'reservation' AND coalesce(rud.stage, 'unstated') <> 'signature'
OPTIONAL MATCH (:State)-[o:OBJECTED_TO]->(rud)
WITH s, spell, t, joined, until, signed, rud, coalesce(rud.year, e.year, 0) AS made,
  coalesce(rud.withdrawn_year, 9999) AS ended,
  min(CASE WHEN o.fact IS NOT NULL THEN coalesce(o.year, rud.year, e.year, 0) END) AS objected
UNWIND range($from_year, $to_year) AS year
WITH s, spell, t, joined, until, signed, rud, objected, year,
  CASE WHEN rud.id IS NOT NULL AND made <= year AND ended > year THEN 1 ELSE 0 END AS standing
WHERE spell.from_year <= year AND spell.to_year >= year AND t.opened <= year
WITH s.iso3 AS iso3, year, t.code AS code,
  max(CASE WHEN joined <= year AND until >= year THEN 1 ELSE 0 END) AS party,
  max(CASE WHEN signed <= year THEN 25 ELSE 0 END) AS signature,
  max(CASE WHEN standing = 1 AND objected <= year THEN 20 ELSE 0 END) AS objection,
  count(DISTINCT CASE WHEN standing = 1 THEN rud.id END) AS reservations
WITH iso3, year, count(*) AS treaties, sum(party) AS parties,
  sum(CASE WHEN party = 0 THEN signature
           WHEN reservations > 3 THEN 100 - 30 - objection
           ELSE 100 - 10 * reservations - objection END) AS total
RETURN iso3, year, total / (100.0 * treaties) AS value, parties
ORDER BY year, iso3
