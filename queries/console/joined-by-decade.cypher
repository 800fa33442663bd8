// How many acts of joining each decade saw, by kind (a table)
// {}
MATCH (:State)-[joined:RATIFIED]->(:Treaty)
RETURN (joined.year / 10) * 10 AS decade, joined.action AS action, count(*) AS acts
ORDER BY decade, action
