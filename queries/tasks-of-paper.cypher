// The tasks and concepts that a named paper is about.
// answers: entities
// label: Concept
// says: tasks and concepts {paper} is about
// param paper: Paper
// wording: (what|which) <task-nouns> (does|do|did|is|are) {paper} (<study>|about|used for|applied to|meant for|evaluated on)
// wording: what (is|are) {paper} (about|used for|for|good for|meant for|applied to|designed for)
// wording: what (does|do|did) {paper} (<study>|<tackle>|do)
// wording: (which|what) <task-nouns> (is|are) {paper} (for|on|about)
// wording: (which|what) <task-nouns> (is|are) (<study>|<tackle>) (by|in) {paper}
MATCH (p:Paper)-[e:STUDIES]->(x:Concept)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
