// Papers that report a metric, on a dataset where one is named.
// answers: papers
// says: papers that report {metric}
// param metric: Metric, measured
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <report> {metric}
// wording: (which|what) {topic} <papers-of> <report> {metric}
// wording: {topic} <papers-of> <report> {metric}
// wording: who <report> {metric}
// wording: <papers> [<that>] (are|is|were) (measured|evaluated|scored|assessed|judged) (by|in|with|using|in terms of) {metric}
// wording: <papers> [<that>] <report> {metric} <on> {on_dataset}
// wording: who <report> {metric} <on> {on_dataset}
// wording: (is|was|are|were) {metric} <report> [anywhere|by anyone|in any paper]
// wording: <papers> with {metric} (scores|results|numbers|values|figures)
// wording: (does|did|do|has|have) (anyone|anybody|any paper|any papers|any work) <report> {metric}
// wording: {metric} (scores|results|numbers|figures) on {on_dataset}
// wording: (where|by whom) is {metric} (reported|measured)
// wording: <papers> [<that>] use {metric} as [a|the|their|an] [evaluation] (metric|measure)
// wording: {metric:<metric-names>} (results|scores|values|numbers|figures)
// wording: (is|was|are|were) {metric} <report> <anywhere>
// wording: <papers> [<that>] (use|uses|using|used) {metric} as [a|the|their|an|its] [evaluation|main|primary|quality|performance] (metric|measure|criterion|score|metrics|measures)
// wording: <papers> <about> {topic} [<that>] <report> {metric}
// wording: what <report> {metric}
// wording: <papers> with {metric} (scores|results|numbers|values|figures) <on> {on_dataset}
// wording: <papers> [<that>] <report> {metric} (scores|results|numbers|values|figures)
// wording: {metric} (reported|measured|computed)
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:MEASURES]->(x)
WHERE x.id IN $metric
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
