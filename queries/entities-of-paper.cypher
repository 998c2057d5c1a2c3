// All that a paper names, with its role and the sentence.
// answers: entities
// says: what {paper} names
// param paper: Paper
MATCH (p:Paper)-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(x)
WHERE p.id IN $paper
RETURN type(e) AS role, x.id AS entity, x.kind AS label, x.name AS name, p.id AS paper, p.title AS title,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
