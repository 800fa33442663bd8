/*
title: Find by name
question: What in the graph is called so, by any of its codes and names?
parameters:
  text: {type: words, meaning: "words that must all occur, each at the beginning of a word; case, accents and punctuation do not matter", example: torture}
  limit: {type: integer, default: 25, meaning: "most rows to return"}
columns:
  label: {type: text, meaning: "label of the node"}
  code: {type: text, meaning: "its key"}
  name: {type: text, meaning: "its name"}
  matched: {type: text, meaning: "what the text is: code (the key itself), whole (a whole name or alias), beginning (of a name or alias), words (they occur in its names)"}
  rank: {type: integer, meaning: "1 code, 2 whole, 3 beginning, 4 words"}
tags: [data]
notes: >-
  Looks through keys, names, titles and aliases of states, treaties, intergovernmental and international non-governmental
  organizations, bodies, receptor sites, indicators and reference groups. On a Neo4j server the full-text index `names`
  serves one's own queries: CALL db.index.fulltext.queryNodes('names', 'tortur*').
*/
MATCH (n)
WHERE n.search IS NOT NULL AND all(word IN $text.words WHERE n.search CONTAINS word)
WITH coalesce(n.iso3, n.code, n.id) AS code, n.name AS name, n.search AS search,
  CASE
    WHEN n.uid STARTS WITH 'State:' THEN 'State'
    WHEN n.uid STARTS WITH 'Treaty:' THEN 'Treaty'
    WHEN n.uid STARTS WITH 'IO:' THEN 'IO'
    WHEN n.uid STARTS WITH 'INGO:' THEN 'INGO'
    WHEN n.uid STARTS WITH 'Body:' THEN 'Body'
    WHEN n.uid STARTS WITH 'ReceptorSite:' THEN 'ReceptorSite'
    WHEN n.uid STARTS WITH 'ReferenceGroup:' THEN 'ReferenceGroup'
    ELSE 'Indicator'
  END AS label
WITH label, code, name,
  CASE
    WHEN search STARTS WITH $text.whole THEN 1
    WHEN search CONTAINS $text.whole THEN 2
    WHEN search CONTAINS $text.beginning THEN 3
    ELSE 4
  END AS place
RETURN label, code, name, CASE place WHEN 1 THEN 'code' WHEN 2 THEN 'whole' WHEN 3 THEN 'beginning' ELSE 'words' END AS matched,
  place AS rank
ORDER BY rank, label, code
LIMIT $limit
