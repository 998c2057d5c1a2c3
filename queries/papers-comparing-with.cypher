// Papers that compare with a method, or take it as a baseline.
// answers: papers
// says: papers that compare with {method}
// param method: Thing, compared
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> [<that>] <compare> {method}
// wording: <papers> [<that>] (use|uses|using|take|takes|taking|have|has|include|includes|including) {method} as [their|its|the] <baseline>
// wording: (which|what) {topic} <papers-of> <compare> {method}
// wording: {topic} <compare> {method}
// wording: (which|what) {topic} (is|are|was|were) <compare> {method}
// wording: (which|what) <method-nouns> [is|are|was|were|have been|do|does] <compare> {method}
// wording: <papers> (with|having|naming) {method} among [their|its|the] <baseline>
// wording: {method} as <baseline>
// wording: comparisons (with|to|against) {method}
// wording: <compare> {method}
// wording: comparison (with|to|against) {method}
// wording: who (compares|compare|compared) [their method|themselves|itself] (with|to|against) {method}
// wording: what (is|was|has been) <compare> {method}
// wording: (is|are|was|were) {method} <use> as [a|the] <baseline>
// wording: (is|are|was|were) anything <compare> {method}
// wording: <papers> [<that>] compare {topic} (with|to|against) {method}
// wording: (which|what) <papers-of> [<that>] have {method} among [their|the] <baseline>
// wording: <papers> [<that>] (with|list|lists|listing|employ|employs|consider|considers|treat|treats|name|names) {method} as [their|its|the] <baseline>
// wording: (competitors|rivals|competition) (to|of|for) {method}
// wording: [(which|what)] {topic} <method-nouns> [<that>] [is|are|was|were|have been|do|does] <compare> {method}
// wording: <papers> <about> {topic} [<that>] <compare> {method}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <compare> {method}
// wording: (is|are|was|were) there (any|a) [<paper>] (comparison|comparisons) (with|to|against) {method}
// wording: who (takes|uses|has|lists|names) {method} as <baseline>
// wording: <papers> (including|include|includes|that include|with) [a] (comparison|comparisons) (with|to|against) {method}
// wording: <papers> {method} (serves|serve|is used|are used|was used|is taken|acts) as <baseline>
// wording: [<papers>] [<that>] [are|is] (competitive with|on par with) {method}
// wording: [(which|what)] <method-nouns> [<that>] [are|is] (competitive with|on par with) {method}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:COMPARES]->(x)
WHERE x.id IN $method
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
