// Papers that use one thing for another: a method for a task, a model, a field.
// The file of the commonest question: which papers use X for Y.
// answers: papers
// says: papers that use {method} for {concept}
// param method: Thing, used
// param concept: Thing, studied
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <use> {method} (<for>|when|while) {concept}
// wording: [<papers>] {concept} <by-means-of> {method}
// wording: [<papers>] <use> {method} <for> {concept}
// wording: <papers> {method} <use> <for> {concept}
// wording: (is|are|was|were|has|have) {method} [been] [ever] <use> [anywhere|here|somewhere|by anyone] (<for>|when|while) {concept}
// wording: [is there] {method} <for> {concept}
// wording: how (is|are|can|could|has|have) {method} [be|been] <use> <for> {concept}
// wording: where (is|are) {method} <use> <for> {concept}
// wording: <use> of {method} <for> {concept}
// wording: <papers> [<that>] <study> {concept} <by-means-of> {method}
// wording: <papers> <that> (bring|brings|bringing|combine|combines|combining) {method} (to|into|with|and) {concept}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <use> {method} <for> {concept}
// wording: (which|what) {topic} <papers-of> <use> {method} <for> {concept}
// wording: <papers> <improve> {concept} <by-means-of> {method}
// wording: <papers> <tackle> {concept} <by-means-of> {method}
// wording: <papers> [<that>] <propose> {method} <for> {concept}
// wording: [<papers>] {method} (applied|used|adapted|extended) <for> {concept}
// wording: {method} based {concept}
// wording: [<papers>] (on|about|of) (using|applying|employing|leveraging|exploiting|adopting|adapting|utilizing) {method} <for> {concept}
// wording: (using|applying|employing|leveraging|exploiting|adopting|adapting|utilizing) {method} <for> {concept}
// wording: <papers> (where|in which) {method} (helps|help|improves|improve|enables|enable|supports|support|guides|guide|drives|drive) [with|in|to] {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES|USES|STUDIES|COMPARES|MENTIONS]->(x)
WHERE x.id IN $method
OPTIONAL MATCH (p)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE y.id IN $concept
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence, type(f) AS other_role,
       f.sentence AS other_sentence
