// How two things are connected over a third: two papers that share it.
// answers: path
// says: how {a} and {b} are connected
// param a: Thing
// param b: Thing
MATCH (x)<-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p:Paper)-[g:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(z)<-[h:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(q:Paper)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE x.id IN $a AND y.id IN $b AND p.id <> q.id AND z.id <> x.id AND z.id <> y.id
RETURN x.name AS a, type(e) AS a_role, e.sentence AS a_sentence, p.id AS paper, p.title AS title, g.sentence AS shared_sentence,
       z.name AS shared, z.papers AS shared_papers, q.id AS other_paper, q.title AS other_title,
       type(f) AS b_role, f.sentence AS b_sentence, y.name AS b
ORDER BY shared_papers, paper, other_paper, shared, a, b
LIMIT 10
