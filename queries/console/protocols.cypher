// Treaties, the protocols to them and the bodies that monitor them (a graph)
// {}
MATCH (treaty:Treaty)-[monitoring:MONITORED_BY]->(body:Body)
OPTIONAL MATCH (treaty)-[link:PROTOCOL_TO]->(main:Treaty)
RETURN treaty, monitoring, body, link, main
