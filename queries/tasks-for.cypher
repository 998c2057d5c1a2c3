// The tasks that papers about something name.
// answers: entities
// label: Concept
// says: tasks for {concept}
// param concept: Thing, studied
// param papers: Ids
// wording: (which|what) <task-nouns> (is|are|was|were|have been|has been) (<study>|<tackle>) (<for>|by|when|while) {concept}
// wording: (which|what) <task-nouns> (<study>|<tackle>) (<for>|by|when|while) {concept}
// wording: (which|what) <task-nouns> (are there|exist|exists|is there) <for> {concept}
// wording: [(what|which|are there) [are|is]] [the|all|any|common|standard|typical|usual|popular] <task-nouns> [(<study>|<tackle>)] (<for>|by) {concept}
// wording: [the|all|any|common|standard|typical|usual|popular] <task-nouns> [that are|that were|which are] (<study>|<tackle>) (<for>|by|when|while) {concept}
// wording: (what|which) (is|are) {concept} <use> for
// wording: what (do|does|did|can|could) (people|one|anyone|you|they|papers|researchers|authors) <use> {concept} (for|on)
// wording: (what|which) <task-nouns> (is|are|can|was|were) {concept} [be] <use> (for|to|on|in)
// wording: what (can|could|is|are) {concept} [be] (used|applied|good) (for|to)
// wording: (for|to) (what|which) <task-nouns> (is|are) {concept} (used|applied)
// wording: (what|which) <task-nouns> (does|do) {concept} (help with|help|address|tackle|solve|serve|improve)
// wording: {concept} applications
// wording: applications of {concept}
// wording: (what|which) <task-nouns> (use|uses|employ|rely on|apply) {concept}
MATCH (x)-[u:USED_FOR]->(y:Concept)
WHERE x.id IN $concept
RETURN y.id AS entity, y.name AS name, u.paper AS paper, '' AS title, 'USED_FOR' AS role,
       u.sentence AS sentence, u.start AS start, u.confidence AS confidence
ORDER BY paper, start, entity
