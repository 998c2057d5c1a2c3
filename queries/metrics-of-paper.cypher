// The metrics that a named paper reports.
// answers: entities
// label: Metric
// says: metrics {paper} reports
// param paper: Paper
// wording: (what|which) <metric-nouns> (does|do|did|has|have|is|are) {paper} (<report>|evaluated with|evaluated by|measured by)
// wording: (what|which) <metric-nouns> (is|are|was|were) (<report>) (by|in|for) {paper}
// wording: (by|with|in) (what|which) <metric-nouns> (is|are|was|were|does|do) {paper} (measured|evaluated|scored|assessed|judged|report)
// wording: how is {paper} (measured|scored|judged)
// wording: <metric-nouns> (of|in|used by|used in|from|for|reported by|reported in) {paper}
// wording: {paper} <metric-nouns>
// wording: what (does|do|did) {paper} (measure|report)
// wording: (what|which) <metric-nouns> (does|do|did) {paper} (improve|reduce|increase|lower|raise|boost|gain in|optimize|optimise)
// wording: <metric-nouns> [that|which] {paper} (uses|used|use|reports|report|measures|improves)
MATCH (p:Paper)-[e:MEASURES|INTRODUCES]->(x:Metric)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
