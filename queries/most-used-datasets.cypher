// The datasets that most papers name.
// answers: table
// label: Dataset
// says: the datasets that most papers name
// param top: Int = 10
// param since: Int = 0
// param until: Int = 9999
// wording: (what|which) (is|are|was|were) the <much-used> <dataset-nouns>
// wording: (what|which) (is|are|was|were) the {top} <much-used> <dataset-nouns>
// wording: [the] {top} <much-used> <dataset-nouns>
// wording: [the] top {top} <dataset-nouns>
// wording: (what|which) <dataset-nouns> (appear|occur|come up|are named|show up) [the] (most|most often|most frequently)
// wording: (what|which) <dataset-nouns> (is|are|was|were) [the] <much-used>
// wording: [the] <much-used> <dataset-nouns>
// wording: (what|which) <dataset-nouns> (is|are|was|were) (used|studied|reported|named|evaluated on|tested on|applied) [the] (most|most often|most frequently)
MATCH (p:Paper)-[:EVALUATES_ON]->(x:Dataset)
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN x.id AS entity, x.name AS name, count(DISTINCT p.id) AS papers
ORDER BY papers DESC, entity
LIMIT $top
