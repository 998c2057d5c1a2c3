// What a thing is used for, and what is used for it, paper by paper.
// answers: table
// says: uses of {thing}
// param thing: Thing
MATCH (x)-[u:USED_FOR]->(y)
WHERE x.id IN $thing OR y.id IN $thing
RETURN x.id AS user_id, x.name AS user, y.id AS purpose_id, y.name AS purpose, u.paper AS paper, u.sentence AS sentence
ORDER BY paper, user, purpose
