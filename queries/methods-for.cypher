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
// wording: (which|what) <method-nouns> (is|are|was|were) (common|popular|standard|typical|usual|available|established|out there|known|customary|usually used|often used|commonly used|normally used|typically used|mostly used|generally used|widely used) (<for>|by|when) {concept}
// wording: (which|what) <method-nouns> <does> (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on|evaluate with|need) (<for>|when|while) {concept}
// wording: (which|what) <method-nouns> (can|could|should|may) (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on) (<for>|when|while) {concept}
// wording: (which|what) <method-nouns> (can|could|should|may) be (<use>|<propose>) (<for>|when|while) {concept}
// wording: (which|what) <method-nouns> [<that>] (appear|appears|occur|occurs|feature|features|serve|serves) (<for>|in <paper> (on|about)) {concept}
// wording: (commonly used|widely used|frequently used|usual|well-known|public|publicly available|existing|available|useful|relevant|important) <method-nouns> (<for>|by|when|while|of) {concept}
// wording: (which|what) (llms|language models|vlms|networks|backbones) (is|are|was|were|have been) <use> (<for>|by|when|while|in) {concept}
// wording: [(what|which) (is|are) the] (standard|usual|common|typical|main|popular|most common|most used|most popular) <method-nouns> [<use>] (<for>|by|in) {concept}
// wording: what (can|could|should) be done (against|about) {concept}
// wording: (what|which) (helps|works|exists|is there|is known|is done|has been done) (against|to <tackle>) {concept}
// wording: how (can|could|do|does|should|to) [one|we|you|i|people|papers|researchers|they|authors] (<tackle>|<improve>|prevent|avoid|stop|limit|suppress|lessen|cure|detect) {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})-[e:INTRODUCES]->(x:Method)
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, 'INTRODUCES' AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
UNION
MATCH (x:Method)-[u:USED_FOR]->(y)
WHERE y.id IN $concept
RETURN x.id AS entity, x.name AS name, u.paper AS paper, '' AS title, 'USED_FOR' AS role,
       u.sentence AS sentence, u.start AS start, u.confidence AS confidence
