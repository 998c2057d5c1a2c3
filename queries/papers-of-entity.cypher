// All papers that name a thing, with its role and the sentence.
// answers: papers
// says: papers that name {thing}
// param thing: Thing
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
MATCH (p:Paper)-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(x)
WHERE x.id IN $thing
RETURN type(e) AS role, p.id AS paper, p.title AS title, p.year AS year, x.name AS name,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY confidence DESC, paper
