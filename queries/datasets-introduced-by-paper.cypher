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
// wording: (which|what) [new] <dataset-nouns> (is|are|was|were) <propose> (for|alongside|together with|along with|as part of) {paper}
// wording: (which|what) [new] <dataset-nouns> (accompany|accompanies|go with|goes with|ships with|ship with|come out of|comes out of) {paper}
// wording: <dataset-nouns> [that|which] {paper} <propose>
// wording: (which|what) [new] <dataset-nouns> (did|do|does) (they|the authors|authors) <propose> (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the <new> <dataset-nouns> (of|in|from|by|for) {paper}
// wording: (which|what) (is|are|was|were) the <dataset-nouns> <propose> (in|by|with|for) {paper}
MATCH (p:Paper)-[e:INTRODUCES]->(x:Dataset)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
