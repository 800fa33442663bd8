/*
title: States
question: Which states are in here, under which codes, and when were they in the system?
columns:
  iso3: {type: text, meaning: "state"}
  name: {type: text, meaning: "short English name"}
  region: {type: text, meaning: "region"}
  subregion: {type: text, meaning: "subregion"}
  cow: {type: integer, meaning: "Correlates of War code"}
  gw: {type: integer, meaning: "Gleditsch-Ward code"}
  m49: {type: integer, meaning: "United Nations M49 code"}
  system_from: {type: integer, unit: "year", meaning: "first year in the state system"}
  system_to: {type: integer, unit: "year", meaning: "last year in the state system; 9999 is open"}
  un_member_from: {type: integer, unit: "year", meaning: "admission to the United Nations"}
  former: {type: flag, meaning: "no longer exists"}
sources: [all]
tags: [state]
*/
MATCH (s:State)
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, s.subregion AS subregion, s.cow AS cow, s.gw AS gw,
  s.m49 AS m49, s.system_from AS system_from, s.system_to AS system_to, s.un_member_from AS un_member_from,
  s.former AS former
ORDER BY iso3
