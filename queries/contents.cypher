/*
title: Contents
question: How much is in the knowledge base?
columns:
  states: {type: integer, unit: "states", meaning: "states, present and former"}
  treaties: {type: integer, unit: "treaties", meaning: "treaties, protocols and statutes"}
  statements: {type: integer, unit: "statements", meaning: "reservations, understandings and declarations"}
  objections: {type: integer, unit: "objections", meaning: "objections by a state to a statement"}
  ratifications: {type: integer, unit: "acts", meaning: "acts by which a state became bound"}
  organizations: {type: integer, unit: "organizations", meaning: "intergovernmental organizations"}
  memberships: {type: integer, unit: "spells", meaning: "spells of membership in them"}
  ingos: {type: integer, unit: "organizations", meaning: "international non-governmental organizations"}
  receptor_sites: {type: integer, unit: "sites", meaning: "national institutions, preventive mechanisms and the like"}
  indicators: {type: integer, unit: "indicators", meaning: "measures of practice, law and condition"}
  measurements: {type: integer, unit: "values", meaning: "their values, each for a state and a year"}
  sources: {type: integer, unit: "sources", meaning: "publications the facts were taken from"}
tags: [overview, data]
*/
OPTIONAL MATCH (s:State) WITH count(s) AS states
OPTIONAL MATCH (t:Treaty) WITH states, count(t) AS treaties
OPTIONAL MATCH (r:RUD) WITH states, treaties, count(r) AS statements
OPTIONAL MATCH (:State)-[o:OBJECTED_TO]->(:RUD) WITH states, treaties, statements, count(o) AS objections
OPTIONAL MATCH (:State)-[a:RATIFIED]->(:Treaty)
WITH states, treaties, statements, objections, count(a) AS ratifications
OPTIONAL MATCH (i:IO) WITH states, treaties, statements, objections, ratifications, count(i) AS organizations
OPTIONAL MATCH (:State)-[m:MEMBER_OF]->(:IO)
WITH states, treaties, statements, objections, ratifications, organizations, count(m) AS memberships
OPTIONAL MATCH (g:INGO)
WITH states, treaties, statements, objections, ratifications, organizations, memberships, count(g) AS ingos
OPTIONAL MATCH (site:ReceptorSite)
WITH states, treaties, statements, objections, ratifications, organizations, memberships, ingos,
  count(site) AS receptor_sites
OPTIONAL MATCH (indicator:Indicator)
WITH states, treaties, statements, objections, ratifications, organizations, memberships, ingos, receptor_sites,
  count(indicator) AS indicators
OPTIONAL MATCH ()-[value:MEASURED]->()
WITH states, treaties, statements, objections, ratifications, organizations, memberships, ingos, receptor_sites,
  indicators, count(value) AS measurements
OPTIONAL MATCH (source:Source)
RETURN states, treaties, statements, objections, ratifications, organizations, memberships, ingos, receptor_sites,
  indicators, measurements, count(source) AS sources
ORDER BY states
