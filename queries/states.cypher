/*
title: States
question: Which states are in here, under which codes, and when were they in the system?
columns:
  iso3:
  name:
  region:
  subregion:
  cow:
  gw:
  m49:
  system_from:
  system_to:
  un_member_from:
  former:
tags: [state]
*/
MATCH (s:State)
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, s.subregion AS subregion, s.cow AS cow, s.gw AS gw,
  s.m49 AS m49, s.system_from AS system_from, s.system_to AS system_to, s.un_member_from AS un_member_from,
  s.former AS former
ORDER BY iso3
