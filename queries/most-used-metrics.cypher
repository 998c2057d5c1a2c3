// The metrics that most papers name.
// answers: table
// label: Metric
// says: the metrics that most papers name
// param top: Int = 10
// param since: Int = 0
// param until: Int = 9999
// wording: (what|which) (is|are|was|were) the <much-used> <metric-nouns>
// wording: (what|which) (is|are|was|were) the {top} <much-used> <metric-nouns>
// wording: [the] {top} <much-used> <metric-nouns>
// wording: [the] top {top} <metric-nouns>
// wording: (what|which) <metric-nouns> (appear|occur|come up|are named|show up) [the] (most|most often|most frequently)
// wording: (what|which) <metric-nouns> (is|are|was|were) [the] <much-used>
// wording: [the] <much-used> <metric-nouns>
// wording: (what|which) <metric-nouns> (is|are|was|were) (used|studied|reported|named|evaluated on|tested on|applied) [the] (most|most often|most frequently)
MATCH (p:Paper)-[:MEASURES]->(x:Metric)
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN x.id AS entity, x.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, entity
LIMIT $top
