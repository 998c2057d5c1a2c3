// Papers that introduce something for a purpose: a dataset, a benchmark, a method, a measure.
// answers: papers
// says: papers that introduce {thing} for {concept}
// param thing: Thing, introduced
// param concept: Thing, studied
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <propose> [<new>] {thing} <for> {concept}
// wording: [<papers>] <propose> [<new>] {thing} <for> {concept}
// wording: [(is|are) there] <plainly-new> {thing} <for> {concept}
// wording: [(is|are) there] [a|an|any|some] [<new>] {thing:<kind-singular>} <for> {concept}
// wording: [(is|are) there] [any] <new> {thing:<dataset-nouns>|<metric-nouns>} <for> {concept}
// wording: (which|what) {topic} <papers-of> <propose> [<new>] {thing} <for> {concept}
// wording: who <propose> [<new>] {thing} <for> {concept}
// wording: (has|have) (anyone|anybody|somebody|any paper) <propose> [<new>] {thing} <for> {concept}
// wording: {thing} <propose> <for> {concept}
// wording: (does|did|do) (anyone|anybody|any paper|any papers|any work) <propose> [<new>] {thing} <for> {concept}
// wording: [<papers>] [<propose>] [<new>] {thing:survey|surveys|review|reviews|overview|overviews|tutorial|tutorials} (on|of|about|for|in) {concept}
// wording: [the] (proposal|proposals|introduction|development|construction|creation|release|design|presentation) (of|for) [<new>] {thing} <for> {concept}
// wording: [<papers>] [<propose>] [<new>] {thing:<dataset-nouns>} <made-of> {concept}
// wording: [(is|are) there] [a|an|any|some] [<new>] {thing:<kind-singular>} <made-of> {concept}
// wording: was [a|an|any|some] [<new>] {thing:<kind-singular>} <propose> <for> {concept}
// wording: (is|are|was|were|has|have) [there] (a|an|any|some) [<new>] {thing} [been] <propose> <for> {concept}
// wording: [<propose>] [<new>] {thing:survey|review|overview|tutorial} (papers|paper|articles|article) (on|of|about|for|in) {concept}
// wording: <papers> <propose> [<new>] [(a|the)] [(collection|set) of] {concept} as (a|an) [<new>] {thing:<kind-singular>}
// wording: <papers> with <plainly-new> {thing} <for> {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES]->(x)
WHERE x.id IN $thing OR x.kind IN $thing_labels
OPTIONAL MATCH (p)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE y.id IN $concept
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence, type(f) AS other_role,
       f.sentence AS other_sentence
