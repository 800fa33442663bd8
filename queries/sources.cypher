/*
title: Sources
question: Where do the facts come from, under which licence, and how fresh are they?
columns:
  code:
  name:
  publisher:
  url:
  licence:
  redistributable:
  citation:
  coverage:
  as_of:
  cadence:
  precedence:
tags: [data]
*/
MATCH (s:Source)
RETURN s.code AS code, s.name AS name, s.publisher AS publisher, s.url AS url, s.licence AS licence,
  s.redistributable AS redistributable, s.citation AS citation, s.coverage AS coverage, s.as_of AS as_of,
  s.cadence AS cadence, s.precedence AS precedence
ORDER BY code
