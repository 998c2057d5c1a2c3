// Papers that say they beat a method or a model.
// answers: papers
// says: papers that beat {method}
// param method: Thing, beaten
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <beat> {method}
// wording: (which|what) {topic} <papers-of> <beat> {method}
// wording: {topic} <beat> {method}
// wording: {topic} that <beat> {method}
// wording: (what|which|who|anything|does anything|is there anything that|which of them) [<that>] <beat> {method}
// wording: (which|what) <method-nouns> [<that>] [can] <beat> {method}
// wording: <method-nouns> [<that>] [can] <beat> {method}
// wording: <method-nouns> (better|faster|stronger|more accurate) than {method}
// wording: (what|which|who) [<that>] <beat> {method} (on|in|at) {topic}
// wording: <papers> <beat> {method} (on|in|at|for) {topic}
// wording: (does|did|do|has|have) (anyone|anybody|anything|somebody|any paper|any papers|any work|any method|any methods|any model|some method) [ever] <beat> {method}
// wording: (what|which <method-nouns>|which <paper>|anything) (is|are) (better|faster|stronger|more accurate) than {method}
// wording: [is] [there] (anything|something|any method|any model|any paper) [<that>] [is] (better|faster|stronger|more accurate) than {method}
// wording: [is] [there] (anything|something|any method|any model|any paper) [<that>] [is] (better|faster|stronger|more accurate) than {method} (at|in|on|for) {topic}
// wording: (better|faster|stronger|more accurate) than {method}
// wording: (is|are|was|were|has|have) {method} [been] (beaten|outperformed|surpassed|exceeded) [by (anything|anyone|any|something|any paper|any method)]
// wording: <papers> [<that>] (show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|with) [an|a] (improvement|improvements|gain|gains|advantage|advantages|better results) (over|on|upon|than) {method}
// wording: (improvements|gains|advantages) (over|on) {method}
// wording: <papers> [<that>] [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] [a|an|the] <better-than> {method}
// wording: <papers> [<that>] [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] [a|an|the] <better-than> {method} (on|in|at|for) {topic}
// wording: [(which|what)] <method-nouns> [<that>] [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] <better-than> {method}
// wording: [(which|what)] {topic} [<method-nouns>|<papers-of>] [<that>] [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] <better-than> {method}
// wording: [(which|what)] {topic} <that> <beat> {method}
// wording: [(which|what)] {topic} <method-nouns> [<that>] [can] <beat> {method}
// wording: <papers> <about> {topic} [<that>] <beat> {method}
// wording: (what|who|anything|something|anyone) [<that>] [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] <better-than> {method}
// wording: [(show|shows|showing|report|reports|reporting|claim|claims|claiming|demonstrate|demonstrates|get|gets|achieve|achieves|achieving|with|obtain|obtains|reach|reaches|yield|yields|give|gives|bring|brings|have|has|having|is|are|being|say they are|to be|claim to be|claims to be|claiming to be)] <better-than> {method}
// wording: (alternatives|replacements|substitutes|competitors) (to|for|of) {method} that <beat> it
// wording: <papers> [<that>] report (higher|lower|better|faster|larger|smaller|greater|shorter|stronger) {topic} than {method}
// wording: (improvement|gain|advantage|improvements|gains|advantages) (over|on|upon) {method}
// wording: (is|are|was|were) there (anything|something|any method|any methods|any model|any paper|any papers|any work|a method|a paper) [<that>] <beat> {method}
// wording: <beat> {method}
// wording: [<papers>] <beat> {method} (on|in|at|for) {topic}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:COMPARES]->(x)
WHERE x.id IN $method
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
