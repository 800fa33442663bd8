// Which organizations that can suspend a member tie two states together (a graph)
// {"one": "TUR", "other": "NOR"}
MATCH (one:State)-[first:MEMBER_OF]->(organization:IO)<-[second:MEMBER_OF]-(other:State)
WHERE one.iso3 = $one AND other.iso3 = $other AND organization.can_suspend
  AND first.to_year = 9999 AND second.to_year = 9999 AND first.status = 'full' AND second.status = 'full'
RETURN one, first, organization, second, other
