// The datasets and benchmarks that a named paper introduces.
// answers: entities
// label: Dataset
// says: datasets that {paper} introduces
// param paper: Paper
// wording: (which|what) [new] <dataset-nouns> (does|do|did|is|are|was|were|has|have) {paper} <propose>
// wording: (which|what) [new] <dataset-nouns> (is|are|was|were) <propose> (by|in|with) {paper}
// wording: <dataset-nouns> <propose> (by|in|with) {paper}
// wording: (which|what) [new] <dataset-nouns> (comes|come|came|is released|was released) with {paper}
// wording: [the] <new> <dataset-nouns> (of|in|from|by) {paper}
// wording: (which|what) [new] <dataset-nouns> (does|do|did) {paper} (come|come along|ship) with
MATCH (p:Paper)-[e:INTRODUCES]->(x:Dataset)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
