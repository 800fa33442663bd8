/*
title: States
question: Which states are there, present and former, and where do they lie?
columns:
  iso3: {type: text, meaning: state}
  name: {type: text, meaning: short English name}
  region: {type: text, meaning: United Nations M49 region}
  subregion: {type: text, meaning: United Nations M49 subregion}
  system_from: {type: integer, meaning: first year in the state system}
  system_to: {type: integer, meaning: last year in the state system; 9999 = open}
  un_member_from: {type: integer, meaning: year of admission to the United Nations}
  former: {type: flag, meaning: no longer exists}
sources: [cow-states, gw-states, un-members, country-codes]
tags: [states]
*/
MATCH (s:State)
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, s.subregion AS subregion,
  s.system_from AS system_from, s.system_to AS system_to, s.un_member_from AS un_member_from, s.former AS former
ORDER BY name, iso3
