// How two things are connected over a third: two papers that share it.
// answers: path
// says: how {a} and {b} are connected
// param a: Thing
// param b: Thing
MATCH (x)<-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p:Paper)-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(z)
WHERE x.id IN $a AND NOT z.id IN $a AND NOT z.id IN $b
WITH z, min(p.id) AS one
MATCH (y)<-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(q:Paper)-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(z)
WHERE y.id IN $b AND q.id <> one
WITH z, one, min(q.id) AS two
ORDER BY z.papers, z.id
LIMIT 10
MATCH (p:Paper)
WHERE p.id = one
WITH z, p, two
MATCH (q:Paper)
WHERE q.id = two
WITH z, p, q
MATCH (z)<-[g:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p)-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(x)
WHERE x.id IN $a
WITH z, p, q, g, e, x
MATCH (q)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE y.id IN $b
RETURN x.name AS a, type(e) AS a_role, e.sentence AS a_sentence, p.id AS paper, p.title AS title, g.sentence AS shared_sentence,
       z.name AS shared, z.papers AS shared_papers, q.id AS other_paper, q.title AS other_title,
       type(f) AS b_role, f.sentence AS b_sentence, y.name AS b
ORDER BY shared_papers, shared, paper, other_paper, a, b
LIMIT 10
