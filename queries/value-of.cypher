// The value of a metric that a named paper or system reports, on a dataset where one is named.
// answers: values
// says: the {metric} of {paper}
// param metric: Metric, measured
// param paper: Paper
// wording: (what|which) {metric} <does> {paper} <reach> [<on> {on_dataset}]
// wording: (what|which) {metric} <does> {paper} <reach> (<for>|when|while|at|if|over|by) {rest}
// wording: (what|which) {metric} (is|was|are|were) <reach> (<for>|by|with|when|at|on|over) {rest}
// wording: (what|which) {metric} <does> {paper} <reach>
// wording: (what|which) (is|was) the {metric} of {paper} [<on> {on_dataset}]
// wording: what (is|was) {paper} 's {metric} [<on> {on_dataset}]
// wording: <how-much> {metric} <does> {paper} <reach> [<on> {on_dataset}]
// wording: <how-much> <does> {paper} (improve|reduce|increase|cut|lower|raise|boost|speed up|shrink|compress|save|decrease|accelerate|gain|score|reach|achieve|shorten|lessen|trim|slash|enlarge|enhance) {metric} [(compared to|compared with|relative to|over|versus|against|than) {rest}]
// wording: <how-much> {metric} <does> {paper}
// wording: <how-much> (is|was|are|were) {metric} [of|for|in] {paper}
// wording: <how-much> {metric}
// wording: what {metric} (is|was|are) (reported|achieved|reached|obtained) (by|for|with) {paper} [<on> {on_dataset}]
// wording: {metric} of {paper} [<on> {on_dataset}]
// wording: (what|which) {metric} (is|are) <report> <for> {paper}
// wording: what (results|result|scores|score|figures|numbers) <does> {paper} <reach> [<on> {on_dataset}]
// wording: (how|what) [much|well|high] <does> {paper} (perform|score|do|get|reach|achieve|obtain|attain) (on|in|at) {on_dataset}
// wording: (what|which) {metric} <does> {rest} <reach> [<on> {on_dataset}]
// wording: (what|which) (is|was) {paper} 's {metric} [<on> {on_dataset}]
// wording: how {metric:accurate|precise|fast|quick|big|large|small|expensive|efficient|robust|slow} (is|are|was|were) {rest}
// wording: <how-much> (faster|smaller|larger|better|cheaper|more|fewer|less|slower|lower|higher) {rest}
// wording: {paper} {metric:<metric-names>} [<on> {on_dataset}]
// wording: {metric:<metric-names>} [scores|values|results] (of|for|by|from) {paper} [<on> {on_dataset}]
// wording: (at|with|in|over) <how-much> {metric} <does> {rest}
// wording: (what|which) (is|was) the {metric} (reached|achieved|reported|obtained|given|attained) (by|for|with) {paper} [<on> {on_dataset}]
// wording: (what|which) (is|was) the {metric} that {paper} <reach> [<on> {on_dataset}]
MATCH (p:Paper)-[r:REPORTS]->(f:Result)
WHERE p.id IN $paper
OPTIONAL MATCH (f)-[:`OF`]->(m)
OPTIONAL MATCH (f)-[:`ON`]->(d)
RETURN p.id AS paper, p.title AS title, f.value AS value, f.metric AS metric, m.id AS metric_id,
       d.id AS dataset_id, d.name AS dataset, r.sentence AS sentence, f.id AS id
ORDER BY paper, id
