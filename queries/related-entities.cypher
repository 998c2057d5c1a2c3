// Methods, datasets, metrics and concepts that stand with one in the same papers.
// answers: entities
// says: what stands with {thing}
// param thing: Thing
// wording: (what|which) (methods|concepts|tasks|datasets|metrics|things|topics|terms|entities|ideas) (is|are) <related> {thing}
// wording: (methods|concepts|tasks|datasets|metrics|things|topics|terms|entities|ideas) <related> {thing}
// wording: (what|which) (methods|concepts|tasks|topics|terms|things) (occur|appear|go|come|are used|are mentioned) (together with|with|along with|alongside) {thing}
MATCH (x)<-[:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p:Paper)-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE x.id IN $thing AND NOT y.id IN $thing
WITH y.id AS entity, y.name AS name, y.papers AS total, count(DISTINCT p.id) AS shared
RETURN entity, name, shared, total
ORDER BY shared * 1.0 / (total + 3) DESC, entity
LIMIT 20
