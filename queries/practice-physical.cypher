/*
title: Physical integrity
question: How well were people protected from torture, killing, disappearance and political imprisonment in a year?
columns:
  iso3:
  year:
  value: {unit: theta, meaning: latent human-rights protection score with higher as better}
  sd: {unit: theta, meaning: standard deviation of the score}
tags: [score, practice]
*/
MATCH (s:State)-[m:MEASURED]->(i:Indicator)
WHERE i.code = 'LHRS'
RETURN s.iso3 AS iso3, m.year AS year, m.value AS value, m.sd AS sd
ORDER BY year, iso3
