// What two things have in common: the methods, datasets, metrics and concepts that papers on both name.
// answers: entities
// says: what {a} and {b} share
// param a: Thing
// param b: Thing
// wording: (what|which) [methods|concepts|tasks|datasets|metrics|things|topics|ideas] (do|does) {a} and {b} (share|have in common)
// wording: what (is|are) (shared by|shared between|common to|common between) {a} and {b}
// wording: what (have|has) {a} and {b} in common
// wording: what (do|does) {a} (share|have in common) with {b}
// wording: (overlap|common ground|intersection) (between|of) {a} and {b}
MATCH (x)<-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p:Paper)-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE x.id IN $a AND NOT y.id IN $a AND NOT y.id IN $b
WITH y, count(DISTINCT p.id) AS with_a, min(p.id) AS a_paper
MATCH (z)<-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(q:Paper)-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE z.id IN $b
WITH y, with_a, a_paper, count(DISTINCT q.id) AS with_b, max(q.id) AS b_paper
ORDER BY with_a * with_b * 1.0 / ((y.papers + 10) * (y.papers + 10)) DESC, y.id
LIMIT 20
MATCH (p:Paper {id: a_paper})-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
MATCH (q:Paper {id: b_paper})-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
RETURN y.id AS entity, y.name AS name, with_a, with_b, a_paper, e.sentence AS a_sentence,
       b_paper, f.sentence AS b_sentence
ORDER BY with_a * with_b * 1.0 / ((y.papers + 10) * (y.papers + 10)) DESC, entity
