// Papers that introduce a named thing: who introduced it.
// answers: papers
// says: papers that introduce {thing}
// param thing: Thing, introduced
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <propose> [<new>] {thing}
// wording: who <propose> [<new>] {thing}
// wording: where (was|is|were|are) {thing} [first] <propose>
// wording: (which|what) {topic} <papers-of> <propose> [<new>] {thing}
// wording: (which|what) paper is {thing} from
// wording: (which|what) paper (does|did) {thing} come from
// wording: where (does|did) {thing} come from
// wording: (new|novel|a new|a novel|the first|newly proposed) {thing}
// wording: [the] (proposal|proposals|introduction|development|construction|creation|release|presentation) (of|for) [<new>] {thing}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <propose> [<new>] {thing}
// wording: (anyone|anybody|somebody) <propose> [<new>] {thing}
// wording: who first <propose> [<new>] {thing}
// wording: <papers> first <propose> [<new>] {thing}
// wording: (which|what) <papers-of> first <propose> [<new>] {thing}
// wording: <papers> <about> {topic} [<that>] <propose> [<new>] {thing}
// wording: <propose> [<new>] {thing}
// wording: <papers> with <plainly-new> {thing}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES]->(x)
WHERE x.id IN $thing
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
