/*
title: Sources
question: Where do the facts come from, under which licence, and how fresh are they?
columns:
  code: {type: text, meaning: "source"}
  name: {type: text, meaning: "its name"}
  publisher: {type: text, meaning: "publisher"}
  url: {type: text, meaning: "address"}
  licence: {type: text, meaning: "licence as the source states it"}
  redistributable: {type: text, meaning: "may the figures be passed on"}
  citation: {type: text, meaning: "how to cite it"}
  coverage: {type: text, meaning: "years and states covered"}
  as_of: {type: text, meaning: "the day or year the data speak of"}
  cadence: {type: text, meaning: "how often the publisher updates it"}
  precedence: {type: integer, meaning: "rank where two sources state the same fact"}
sources: [all]
tags: [data]
*/
MATCH (s:Source)
RETURN s.code AS code, s.name AS name, s.publisher AS publisher, s.url AS url, s.licence AS licence,
  s.redistributable AS redistributable, s.citation AS citation, s.coverage AS coverage, s.as_of AS as_of,
  s.cadence AS cadence, s.precedence AS precedence
ORDER BY code
