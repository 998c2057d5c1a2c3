// Papers that use a method, a model or a tool.
// answers: papers
// says: papers that use {method}
// param method: Thing, used
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <use> {method}
// wording: (is|are|was|were) {method} [ever] <use> [<anywhere>]
// wording: (which|what) {topic} <papers-of> <use> {method}
// wording: {topic} <papers-of> <use> {method}
// wording: <use> of {method}
// wording: who <use> {method}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <use> {method}
// wording: <papers> [<that>] (<tackle>|<study>) {topic} <use> {method}
// wording: where is {method} <use>
// wording: papers with {method}
// wording: what <use> {method}
// wording: <papers> <about> {topic} [<that>] <use> {method}
// wording: what (is|are|was|were) <use> on {method}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES|USES|STUDIES|COMPARES|MENTIONS]->(x)
WHERE x.id IN $method
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
