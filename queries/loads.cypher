/*
title: Loads
question: What became of every row of every source?
columns:
  id:
  source:
  started:
  finished:
  rows_in:
  rows_loaded:
  rows_quarantined:
  rows_dropped:
  drop_rules:
  facts:
  outcome:
  reason:
tags: [data]
*/
MATCH (l:Load)
RETURN l.id AS id, l.source AS source, l.started AS started, l.finished AS finished, l.rows_in AS rows_in,
  l.rows_loaded AS rows_loaded, l.rows_quarantined AS rows_quarantined, l.rows_dropped AS rows_dropped,
  l.drop_rules AS drop_rules, l.facts AS facts, l.outcome AS outcome, l.reason AS reason
ORDER BY source, id
