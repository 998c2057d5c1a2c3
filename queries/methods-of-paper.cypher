// The methods that a named paper or system uses.
// answers: entities
// label: Method
// says: methods {paper} uses
// param paper: Paper
// wording: (what|which) [<method-nouns>] (does|do|did|has|have|is|are) {paper} <use>
// wording: (what|which) <method-nouns> (is|are|was|were) <use> (by|in) {paper}
// wording: (what|which) (is|are|was|were) <use> (by|in) {paper}
// wording: (what|which) (does|do|did) {paper} (build|rest|rely|draw) (on|upon)
// wording: what is {paper} (based on|built on|built upon|made of|derived from)
// wording: <method-nouns> (of|in|used by|used in|from) {paper}
// wording: {paper} (methods|components)
// wording: (what|which) [llm|base|backbone|pretrained|pre-trained|underlying|teacher|foundation|language|existing] <method-nouns> (does|do|did|has|have|is|are) {paper} <use>
// wording: (in|for|with|by) {paper} (which|what) <method-nouns> (is|are|was|were|did|do|does) [they|the authors|it] <use>
// wording: (which|what) <method-nouns> (appear|appears|occur|occurs|feature|features|are mentioned|are named|are listed|is mentioned) (in|for) {paper}
// wording: <method-nouns> [that|which] [are|is|were|was] <use> (in|by|of|for|with) {paper}
// wording: [the|all|all the] <method-nouns> (of|in|from) {paper}
// wording: (which|what) <method-nouns> (did|do|does) (they|the authors|authors) <use> (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the <method-nouns> (in|of|for|used in|used by|used for) {paper}
// wording: (which|what) <method-nouns> (does|do|did) {paper} (test|evaluate|study|try|consider|examine|experiment with|quantize|quantise|prune|compress|fine-tune|train)
// wording: (what|which) (is|are|was|were) {paper} <method-nouns>
// wording: (which|what) [base|open|pretrained|pre-trained|backbone] (llms|language models|vlms|llm|language model|networks) (is|are|was|were|does|do|did) {paper} (<use>|applied to|test|evaluate|tested on|evaluated on|evaluate on|test on|built on|quantize|prune|compress|fine-tune)
MATCH (p:Paper)-[e:USES]->(x:Method)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
