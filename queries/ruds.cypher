/*
title: Reservations, understandings and declarations
question: Which statements did states attach to treaties, and what became of them?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CEDAW}
  iso3: {type: text, kind: state, default: all, meaning: "a state or all of them", example: MEX}
  kind: {type: text, default: all, meaning: "a word that the kind contains, or all", choices: [all, reservation, understanding, declaration, unstated]}
  article: {type: text, default: all, meaning: "an article that the statement names, or all", example: "16"}
  from_year: {type: integer, default: 1816, meaning: "first year; statements without a year always show"}
  to_year: {type: integer, default: 2100, meaning: "last year"}
  status: {type: text, default: all, meaning: "whether it stands", choices: [all, standing, withdrawn]}
columns:
  rud:
  iso3:
  name:
  region:
  treaty:
  kind:
  kind_basis:
  stage:
  date:
  year:
  articles:
  withdrawn:
  partly_withdrawn:
  words:
  objections: {type: integer, unit: "states", meaning: "states that objected"}
tags: [rud]
*/
MATCH (s:State)-[:ENTERED]->(r:RUD)-[:QUALIFIES]->(t:Treaty)
WHERE ($treaty = 'all' OR t.code = $treaty) AND ($iso3 = 'all' OR s.iso3 = $iso3)
  AND ($kind = 'all' OR r.kind CONTAINS $kind)
  AND coalesce(r.year, $from_year) >= $from_year AND coalesce(r.year, $to_year) <= $to_year
  AND ($status = 'all' OR ($status = 'standing' AND r.withdrawn_year IS NULL)
       OR ($status = 'withdrawn' AND r.withdrawn_year IS NOT NULL))
UNWIND coalesce(r.articles, ['none']) AS named
WITH s, r, t, max(CASE WHEN $article = 'all' OR named = $article OR named STARTS WITH ($article + ' ') THEN 1 ELSE 0 END) AS wanted
WHERE wanted = 1
OPTIONAL MATCH (o:State)-[:OBJECTED_TO]->(r)
RETURN r.id AS rud, s.iso3 AS iso3, s.name AS name, s.region AS region, t.code AS treaty, r.kind AS kind,
  r.kind_basis AS kind_basis, r.stage AS stage, r.date AS date, r.year AS year, r.articles AS articles,
  r.withdrawn_year AS withdrawn, r.partly_withdrawn_on AS partly_withdrawn, r.words AS words,
  count(DISTINCT o.iso3) AS objections
ORDER BY rud, iso3
