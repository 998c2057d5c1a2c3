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
UNWIND $papers AS id
MATCH (p:Paper {id: id})-[e:MEASURES|INTRODUCES|USES]->(x:Metric)
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
