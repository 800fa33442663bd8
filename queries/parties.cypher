/*
title: Parties and signatories
question: How many parties and signatories does each treaty have on the day of its status page, counted and as the depositary prints them?
parameters:
  treaty: {type: text, kind: treaty, default: all, meaning: "a treaty or all of them", example: CAT}
columns:
  code:
  parties: {type: integer, unit: "states", meaning: "parties counted from the acts of each state"}
  signatories: {type: integer, unit: "states", meaning: "signatories counted from the acts of each state"}
  printed_parties:
  printed_signatories:
  as_of:
tags: [treaty, check]
notes: >-
  Former states are not counted: the depositary lists their acts in its notes only. The European Union counts where it is a
  party.
*/
MATCH (t:Treaty)
WHERE $treaty = 'all' OR t.code = $treaty
OPTIONAL MATCH (s:State)-[r:RATIFIED]->(t)
WHERE coalesce(s.former, false) = false
OPTIONAL MATCH (s)-[w:WITHDREW_FROM]->(t)
WHERE coalesce(w.effect, 'denounced') IN ['denounced', 'ended']
  AND (w.year > r.year OR (w.year = r.year AND (w.date IS NULL OR r.date IS NULL OR w.date > r.date)))
WITH t, s, r, count(w) AS withdrawals
WITH t, count(DISTINCT CASE WHEN withdrawals = 0 THEN s.iso3 END) AS parties
OPTIONAL MATCH (signer:State)-[:SIGNED]->(t)
WHERE coalesce(signer.former, false) = false
  AND NOT EXISTS { MATCH (signer)-[left:WITHDREW_FROM]->(t) WHERE left.effect = 'denounced' }
WITH t, parties, count(DISTINCT signer.iso3) AS signatories
RETURN t.code AS code, parties, signatories, t.printed_parties AS printed_parties,
  t.printed_signatories AS printed_signatories, t.as_of AS as_of
ORDER BY code
