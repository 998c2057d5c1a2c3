// The datasets that a named paper or system is trained or tested on.
// answers: entities
// label: Dataset
// says: datasets {paper} is trained or tested on
// param paper: Paper
// wording: (on|with|using) (which|what) <dataset-nouns> (is|are|was|were|does|do|did|has|have) {paper} [been] [<evaluate>|<report>|report results|run]
// wording: (which|what) <dataset-nouns> (is|are|was|were|has|have) {paper} [been] (evaluated|tested|trained|benchmarked|validated|assessed|run|shown|demonstrated|tried|pretrained|pre-trained|fine-tuned|finetuned|tuned|learned) (on|with|in|from)
// wording: (which|what) <dataset-nouns> (does|do|did|has|have) {paper} (use|evaluate on|test on|train on|run on|report on|rely on|report results on|experiment on|experiment with|consider|used|get evaluated on)
// wording: what (is|was|are|were|has) {paper} [been] (evaluated|tested|trained|benchmarked|validated|assessed|run|shown|demonstrated|tried|pretrained|pre-trained|fine-tuned) (on|with|in)
// wording: what (does|do|did) {paper} (evaluate|test|train|experiment|report results|run) (on|with|in)
// wording: (where|how) (is|was|are|were) {paper} (evaluated|tested|benchmarked|validated|assessed|demonstrated|trained)
// wording: {paper} (<dataset-nouns>|experiments|evaluation)
// wording: [the] <dataset-nouns> (of|in|used by|used in|from|for) {paper}
// wording: (on|with) what (is|was|are|were|does|do|did) {paper} (evaluated|tested|trained|fine-tuned|finetuned|pretrained|pre-trained|benchmarked|validated|assessed|evaluate|test|train|run)
// wording: (which|what) <dataset-nouns> (is|are|was|were) <use> (in|by|for|with) {paper}
// wording: <dataset-nouns> [that|which] {paper} (is|was|are|were) (evaluated|tested|trained|fine-tuned|finetuned|pretrained|pre-trained|benchmarked|validated|assessed|run) (on|with|in)
// wording: <dataset-nouns> [that|which] {paper} (uses|used|use|reports on|tests on|evaluates on|trains on)
// wording: (on|with|in|using) (what|which) [<dataset-nouns>] (did|do|does) (they|the authors|authors|people|one) (test|evaluate|train|run|benchmark|try|validate) {paper}
// wording: (what|which) [<dataset-nouns>] (did|do|does) (they|the authors|authors|people|one) (test|evaluate|train|run|benchmark|try|validate) {paper} (on|with|in)
// wording: (in|for|with|by) {paper} (which|what) <dataset-nouns> (is|are|was|were|did|do|does) [they|the authors|it] (<use>|<evaluate>|<report>)
// wording: (which|what) <dataset-nouns> (appear|appears|occur|occurs|feature|features|are mentioned|are named|are listed|is mentioned) (in|for) {paper}
// wording: <dataset-nouns> [that|which] [are|is|were|was] (<use>|<evaluate>|<report>) (in|by|of|for|with) {paper}
// wording: [the|all|all the] <dataset-nouns> (of|in|from|for) {paper}
// wording: (which|what) <dataset-nouns> (did|do|does) (they|the authors|authors) (<use>|<evaluate>|<report>) (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the <dataset-nouns> (in|of|for|used in|used by|used for) {paper}
// wording: what <does> {paper} <use> (for|as) (training|evaluation|testing|data|benchmarking|training data|test data|experiments|benchmarks)
// wording: (which|what) <dataset-nouns> <does> {paper} (report|give|show|present|have|publish) (results|numbers|scores|experiments|figures) (on|for|with|in)
// wording: (on|with|in) (which|what) <dataset-nouns> <does> {paper} (report|give|show|present|have) (results|numbers|scores|experiments|figures)
// wording: (where|on what) <does> {paper} (report|get|give|show|have|obtain|achieve) (results|its results|numbers|improvements|gains)
// wording: how many <dataset-nouns> (is|are|was|were|does|do|did) {paper} [<evaluate>] [on|with|use]
// wording: (what|which) (is|are|was|were) {paper} <dataset-nouns>
// wording: [(what|which) (are|is|were|was) the] <dataset-nouns> (on|with|for|in) which {paper} (is|was|were|are|has been|reports|shows) [<evaluate>|<report>|<use>|results]
MATCH (p:Paper)-[e:EVALUATES_ON|USES]->(x:Dataset)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
