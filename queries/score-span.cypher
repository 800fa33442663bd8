/*
title: Years that the scores can reach
question: Up to which day do the core treaties' status pages speak, and up to which year the practice measures?
columns:
  treaties_as_of: {type: day, meaning: oldest status page among the core treaties}
  last_measured: {type: integer, meaning: last year of any practice measure used by the scores}
tags: [score]
*/
MATCH (t:Treaty)
WHERE t.core
WITH min(t.as_of) AS treaties_as_of
OPTIONAL MATCH (:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code IN ['LHRS', 'VDEM-CIVLIB', 'PTS-A', 'PTS-H', 'PTS-S']
RETURN treaties_as_of, max(m.year) AS last_measured
ORDER BY last_measured
