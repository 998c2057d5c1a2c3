// The metrics that a named paper introduces.
// answers: entities
// label: Metric
// says: metrics that {paper} introduces
// param paper: Paper
// wording: (which|what) [new] <metric-nouns> (does|do|did|is|are|was|were|has|have) {paper} <propose>
// wording: (which|what) [new] <metric-nouns> (is|are|was|were) <propose> (by|in|with) {paper}
// wording: <metric-nouns> <propose> (by|in|with) {paper}
// wording: [the] <new> <metric-nouns> (of|in|from|by) {paper}
// wording: <metric-nouns> [that|which] {paper} <propose>
// wording: (which|what) [new] <metric-nouns> (did|do|does) (they|the authors|authors) <propose> (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the <new> <metric-nouns> (of|in|from|by|for) {paper}
// wording: (which|what) (is|are|was|were) the <metric-nouns> <propose> (in|by|with|for) {paper}
MATCH (p:Paper)-[e:INTRODUCES]->(x)
WHERE p.id IN $paper AND (x.kind = 'Metric' OR x.name ENDS WITH ' metric' OR x.name ENDS WITH ' score'
      OR x.name ENDS WITH ' measure' OR x.name ENDS WITH ' index')
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
