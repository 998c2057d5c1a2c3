// The methods that papers about something name.
// answers: entities
// label: Method
// says: methods for {concept}
// param concept: Thing, studied
// param papers: Ids
// wording: (which|what) <method-nouns> (is|are|was|were|have been|has been) (<use>|<propose>) (<for>|by|when|while) {concept}
// wording: (which|what) <method-nouns> (<use>|<propose>) (<for>|by|when|while) {concept}
// wording: (which|what) <method-nouns> (are there|exist|exists|is there) <for> {concept}
// wording: [(what|which|are there) [are|is]] [the|all|any|common|standard|typical|usual|popular] <method-nouns> [(<use>|<propose>)] (<for>|by) {concept}
// wording: [the|all|any|common|standard|typical|usual|popular] <method-nouns> [that are|that were|which are] (<use>|<propose>) (<for>|by|when|while) {concept}
// wording: (which|what) <method-nouns> [<that>] (are there|exist|exists|is there) <for> {concept}
// wording: (which|what) <method-nouns> [<that>] (<tackle>|<improve>|<study>|help|helps|detect|prevent|mitigate|reduce) {concept}
// wording: how (is|are|can|could|do people|does one|would one) {concept} [be] (done|solved|tackled|addressed|handled|achieved|performed|improved|mitigated|reduced)
// wording: (what|which) (is|are) <use> <for> {concept}
// wording: {concept} (methods|techniques|algorithms|strategies|approaches)
// wording: (which|what) <method-nouns> <does> <paper> (on|about|in) {concept} (use|propose|apply|employ|rely on|build on|introduce)
UNWIND $papers AS id
MATCH (p:Paper {id: id})-[e:INTRODUCES]->(x:Method)
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, 'INTRODUCES' AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
UNION
MATCH (x:Method)-[u:USED_FOR]->(y)
WHERE y.id IN $concept
RETURN x.id AS entity, x.name AS name, u.paper AS paper, '' AS title, 'USED_FOR' AS role,
       u.sentence AS sentence, u.start AS start, u.confidence AS confidence
