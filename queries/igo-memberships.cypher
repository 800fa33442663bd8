/*
title: Full memberships counted
question: Of how many intergovernmental organizations is a state a full member in a year?
parameters:
  from_year: {type: integer, default: 1946, meaning: first year}
  to_year: {type: integer, default: 2025, meaning: last year}
columns:
  iso3:
  year: {type: integer, meaning: year}
  value: {type: integer, unit: organizations, meaning: organizations of which the state is a full member}
  last_observed: {type: integer, meaning: oldest last observation among them where it is earlier than the year}
tags: [score, integration]
notes: >-
  No two memberships of one state in one organization count in the same year (see kb.graph.precedence), so each organization
  counts once. A membership counts in the years that the rule of precedence between sources leaves to it. Where a source last saw a
  membership before the year, the count rests on the membership being carried forward, and last_observed says since when.
*/
MATCH (s:State)-[spell:BELONGS_TO]->(system:ReferenceGroup)
WHERE system.code = 'system:COW' OR (system.code = 'system:UN' AND s.system_basis = 'un')
OPTIONAL MATCH (s)-[m:MEMBER_OF]->(:IO)
WHERE m.status = 'full' AND m.counted_to >= spell.from_year AND m.counted_from <= spell.to_year
WITH s, spell.from_year AS first, spell.to_year AS last, m.counted_from AS since, m.counted_to AS until,
  m.last_observed AS seen
UNWIND range(CASE WHEN first > $from_year THEN first ELSE $from_year END,
             CASE WHEN last < $to_year THEN last ELSE $to_year END) AS year
WITH s.iso3 AS iso3, year, seen, CASE WHEN since <= year AND until >= year THEN 1 ELSE 0 END AS counted
WITH iso3, year, sum(counted) AS value,
  min(CASE WHEN counted = 1 AND seen < year THEN seen END) AS last_observed
RETURN iso3, year, value, last_observed
ORDER BY year, iso3
