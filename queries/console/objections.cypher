// Who objected to a state's statements on a treaty (a graph)
// {"iso3": "SAU", "treaty": "CEDAW"}
MATCH (author:State)-[made:ENTERED]->(statement:RUD)-[about:QUALIFIES]->(treaty:Treaty)
WHERE author.iso3 = $iso3 AND treaty.code = $treaty
MATCH (objector:State)-[objection:OBJECTED_TO]->(statement)
RETURN author, made, statement, about, treaty, objection, objector
