// The metrics that papers about something name.
// answers: entities
// label: Metric
// says: metrics for {concept}
// param concept: Thing, studied
// param papers: Ids
// wording: (which|what) <metric-nouns> (is|are|was|were|have been|has been) (<report>|<use>) (<for>|by|when|while) {concept}
// wording: (which|what) <metric-nouns> (<report>|<use>) (<for>|by|when|while) {concept}
// wording: (which|what) <metric-nouns> (are there|exist|exists|is there) <for> {concept}
// wording: [(what|which|are there) [are|is]] [the|all|any|common|standard|typical|usual|popular] <metric-nouns> [(<report>|<use>)] (<for>|by) {concept}
// wording: [the|all|any|common|standard|typical|usual|popular] <metric-nouns> [that are|that were|which are] (<report>|<use>) (<for>|by|when|while) {concept}
// wording: how (is|are|was|were) {concept} (measured|evaluated|scored|assessed|judged|quantified|graded)
// wording: (by|with|in) which <metric-nouns> (is|are|was|were) {concept} (measured|evaluated|scored|assessed|judged)
// wording: (which|what) <metric-nouns> (measure|measures|evaluate|score|assess|quantify|do people use for|are used to evaluate|are used to measure|are reported for|is reported for) {concept}
// wording: {concept} <metric-nouns>
// wording: what (is|are) {concept} measured (by|in|with)
// wording: (which|what) <metric-nouns> <does> <paper> (on|about|in) {concept} (use|report|measure|evaluate with|rely on)
// wording: how <does> (<paper>|one|you) (measure|evaluate|score|assess|quantify|judge) {concept}
// wording: what is used to (measure|evaluate|score|assess|quantify) {concept}
// wording: how (is|are) <paper> (on|about) {concept} evaluated
// wording: (which|what) <metric-nouns> (is|are|was|were) (common|popular|standard|typical|usual|available|established|out there|known|customary|usually used|often used|commonly used|normally used|typically used|mostly used|generally used|widely used) (<for>|by|when) {concept}
// wording: (which|what) <metric-nouns> <does> (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on|evaluate with|need) (<for>|when|while) {concept}
// wording: (which|what) <metric-nouns> (can|could|should|may) (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on) (<for>|when|while) {concept}
// wording: (which|what) <metric-nouns> (can|could|should|may) be (<report>|<use>) (<for>|when|while) {concept}
// wording: (which|what) <metric-nouns> [<that>] (appear|appears|occur|occurs|feature|features|serve|serves) (<for>|in <paper> (on|about)) {concept}
// wording: (commonly used|widely used|frequently used|usual|well-known|public|publicly available|existing|available|useful|relevant|important) <metric-nouns> (<for>|by|when|while|of) {concept}
// wording: how <does> <paper> (on|about|in) {concept} (measure|evaluate|quantify|report|assess) (success|performance|quality|results|progress|themselves|their results|it)
// wording: how (can|could|should|does|do) (one|we|you|i|people|papers|researchers) (measure|evaluate|score|assess|quantify|judge) {concept}
// wording: how to (measure|evaluate|score|assess|quantify|judge) {concept}
// wording: ways to (measure|evaluate|score|assess|quantify|judge) {concept}
// wording: (which|what) <new> <metric-nouns> (is|are|was|were|has been|have been) <propose> <for> {concept}
// wording: [(what|which) (is|are) the] (standard|usual|common|typical|main|popular|most common|most used|most popular) <metric-nouns> [<use>] (<for>|by|in) {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})-[e:MEASURES|INTRODUCES|USES]->(x:Metric)
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
