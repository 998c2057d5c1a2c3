// What a named paper introduces.
// answers: entities
// says: what {paper} introduces
// param paper: Paper
// wording: (what|which) [else] (does|do|did|has|have) {paper} <propose>
// wording: (what|which) [new] (is|are|was|were) <propose> (by|in|with) {paper}
// wording: what is new in {paper}
// wording: what (is|are) the (contribution|contributions|novelty) (of|in) {paper}
// wording: (what|which) <method-nouns> (does|do|did|has|have|is|are) {paper} <propose>
// wording: (what|which) <method-nouns> (is|are|was|were) <propose> (by|in) {paper}
// wording: what do the authors of {paper} <propose>
// wording: (what|which) <method-nouns> do the authors of {paper} <propose>
// wording: (what|which) (is|are|was|were) <propose> in {paper}
// wording: [the] [main] (contribution|contributions|novelty|novelties) (of|in) {paper}
MATCH (p:Paper)-[e:INTRODUCES]->(x)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
