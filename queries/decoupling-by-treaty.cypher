/*
title: Decoupling in one treaty
question: How far does the depth of commitment to one treaty exceed practice in its subject, among its parties in a year?
parameters:
  treaty: {type: text, default: CAT, meaning: "treaty with an indicator of its own", choices: [CAT, ICCPR, CEDAW, CRC, ICESCR]}
  year: {type: integer, default: 2014, meaning: "year"}
columns:
  iso3:
  name:
  region:
  decoupling: {type: real, unit: "-1 to 1", meaning: "depth in the treaty minus percentile of practice in its subject"}
tags: [score, treaty]
*/
MATCH (s:State)-[:IN_YEAR]->(y:StateYear)
WHERE y.year = $year
WITH s, CASE $treaty WHEN 'CAT' THEN y.decoupling_cat WHEN 'ICCPR' THEN y.decoupling_iccpr
  WHEN 'CEDAW' THEN y.decoupling_cedaw WHEN 'CRC' THEN y.decoupling_crc WHEN 'ICESCR' THEN y.decoupling_icescr END AS decoupling
WHERE decoupling IS NOT NULL
RETURN s.iso3 AS iso3, s.name AS name, s.region AS region, decoupling
ORDER BY decoupling DESC, iso3
