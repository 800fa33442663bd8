/*
title: States not party
question: Which states of the system are not party to a treaty, and how usual is membership in their subregion?
parameters:
  treaty: {type: text, kind: treaty, meaning: "treaty", example: CAT}
  year: {type: integer, default: 2025, meaning: "year"}
columns:
  iso3:
  name:
  region:
  subregion:
  signed: {meaning: "year of signature"}
  peers: {type: integer, unit: "states", meaning: "other states of its subregion in the system"}
  peers_party: {type: integer, unit: "states", meaning: "of them parties"}
  as_of:
tags: [treaty]
*/
MATCH (t:Treaty)
WHERE t.code = $treaty
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE (system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un'))
  AND spell.from_year <= $year AND spell.to_year >= $year
WITH DISTINCT t, s
OPTIONAL MATCH (s)-[r:RATIFIED]->(t)
WHERE r.year <= $year
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended'] AND w.year <= $year
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH t, s, r, count(w) AS withdrawals
WITH t, s, max(CASE WHEN r.year IS NOT NULL AND withdrawals = 0 THEN 1 ELSE 0 END) AS party
OPTIONAL MATCH (s)-[g:SIGNED]->(t)
WHERE g.year <= $year
WITH t.as_of AS as_of, s.subregion AS subregion, collect({iso3: s.iso3, name: s.name, region: s.region, party: party, signed: g.year}) AS members,
  count(*) AS states, sum(party) AS parties
UNWIND members AS one
WITH as_of, subregion, one, states, parties
WHERE one.party = 0
RETURN one.iso3 AS iso3, one.name AS name, one.region AS region, subregion, one.signed AS signed,
  states - 1 AS peers, parties AS peers_party, as_of
ORDER BY iso3
