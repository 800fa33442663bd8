/*
title: Loads
question: What became of every row of every source?
columns:
  id: {type: text, meaning: "load"}
  source: {type: text, meaning: "source"}
  started: {type: time, unit: "UTC", meaning: "start"}
  finished: {type: time, unit: "UTC", meaning: "end"}
  rows_in: {type: integer, unit: "rows", meaning: "rows read"}
  rows_loaded: {type: integer, unit: "rows", meaning: "rows that gave facts"}
  rows_quarantined: {type: integer, unit: "rows", meaning: "rows set aside with a reason"}
  rows_dropped: {type: integer, unit: "rows", meaning: "rows left out by a named rule"}
  drop_rules: {type: texts, meaning: "the rules, each with its count"}
  facts: {type: integer, unit: "facts", meaning: "nodes and relationships the rows gave"}
  outcome: {type: text, meaning: "what became of it"}
  reason: {type: text, meaning: "why it was rejected"}
sources: [all]
tags: [data]
*/
MATCH (l:Load)
RETURN l.id AS id, l.source AS source, l.started AS started, l.finished AS finished, l.rows_in AS rows_in,
  l.rows_loaded AS rows_loaded, l.rows_quarantined AS rows_quarantined, l.rows_dropped AS rows_dropped,
  l.drop_rules AS drop_rules, l.facts AS facts, l.outcome AS outcome, l.reason AS reason
ORDER BY source, id
