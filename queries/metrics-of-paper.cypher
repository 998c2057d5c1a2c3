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
// wording: (in|for|with|by) {paper} (which|what) <metric-nouns> (is|are|was|were|did|do|does) [they|the authors|it] (<report>|<use>)
// wording: (which|what) <metric-nouns> (appear|appears|occur|occurs|feature|features|are mentioned|are named|are listed|is mentioned) (in|for) {paper}
// wording: <metric-nouns> [that|which] [are|is|were|was] (<report>|<use>) (in|by|of|for|with) {paper}
// wording: [the|all|all the] <metric-nouns> (of|in|from) {paper}
// wording: (which|what) <metric-nouns> (did|do|does) (they|the authors|authors) (<report>|<use>) (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the <metric-nouns> (in|of|for|used in|used by|used for) {paper}
// wording: <metric-nouns> (on|in|for|by|with) which {paper} (is|beats|outperforms|reports|improves|wins|was|surpasses|exceeds|does|gets|has|leads|excels)
// wording: [(what|which) (are|is) the] <metric-nouns> (on|in|for|by|with) which {paper} (is|beats|outperforms|reports|improves|wins|was|surpasses|exceeds|does|gets|has|leads|excels) {rest}
// wording: (by|with|in|on|using) (what|which) <metric-nouns> <does> {paper} (beat|outperform|improve|report|win|surpass|exceed|evaluate|measure|lead|excel)
// wording: (by|with|in|on|using) (what|which) <metric-nouns> <does> {paper} (beat|outperform|improve|report|win|surpass|exceed|evaluate|measure|lead|excel) {rest}
// wording: (which|what) <metric-nouns> (does|do|did) {paper} (improve|reduce|increase|lower|raise|boost|report|use|measure|evaluate) (on|for|in|with) {rest}
// wording: (what|which) (is|are|was|were) {paper} <metric-nouns>
MATCH (p:Paper)-[e:MEASURES|INTRODUCES]->(x:Metric)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
