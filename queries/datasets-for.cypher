// The datasets that papers about something name.
// answers: entities
// label: Dataset
// says: datasets for {concept}
// param concept: Thing, studied
// param papers: Ids
// wording: (which|what) <dataset-nouns> (is|are|was|were|have been|has been) (<evaluate>|<use>) (<for>|by|when|while) {concept}
// wording: (which|what) <dataset-nouns> (<evaluate>|<use>) (<for>|by|when|while) {concept}
// wording: (which|what) <dataset-nouns> (are there|exist|exists|is there) <for> {concept}
// wording: [(what|which|are there) [are|is]] [the|all|any|common|standard|typical|usual|popular] <dataset-nouns> [(<evaluate>|<use>)] (<for>|by) {concept}
// wording: [the|all|any|common|standard|typical|usual|popular] <dataset-nouns> [that are|that were|which are] (<evaluate>|<use>) (<for>|by|when|while) {concept}
// wording: what (is|are|was|were) {concept} (evaluated|tested|trained|benchmarked|validated|assessed|measured|run|tried) (on|with)
// wording: (on|with) which <dataset-nouns> (is|are|was|were) {concept} (evaluated|tested|trained|benchmarked|assessed|validated|studied)
// wording: (on|with) what (is|are|was|were) {concept} (evaluated|tested|trained|benchmarked|assessed|validated|studied)
// wording: {concept} (dataset|datasets|data set|data sets|benchmark|benchmarks|corpora|corpus|databases|test sets|testbeds|test suites|benchmark datasets|evaluation benchmarks|evaluation datasets|training sets|training datasets|environments)
// wording: where (is|are) {concept} (evaluated|tested|benchmarked)
// wording: (which|what) <dataset-nouns> [<does>] {concept} (papers|work|research|methods|models|approaches) (use|evaluate on|test on|train on|get evaluated on)
// wording: (which|what) <dataset-nouns> [is|are|was|were|do|does] {concept} (evaluated|tested|trained|benchmarked) on
// wording: (which|what) <dataset-nouns> (evaluate|evaluates|measure|measures|test|tests|assess|assesses|benchmark|cover|probe|target|support) {concept}
// wording: (which|what) <dataset-nouns> <does> <paper> (on|about|in) {concept} (use|evaluate on|test on|train on|report on|work with|run on)
// wording: what is used to (benchmark|test) {concept}
// wording: (on|with) (what|which) <dataset-nouns> (is|are|was|were) {concept} (evaluated|tested|trained|benchmarked|assessed|validated|studied)
// wording: (on|with) (what|which) <dataset-nouns> <does> <paper> (on|about) {concept} (evaluate|test|train|experiment|report results)
// wording: (which|what) <dataset-nouns> (is|are|was|were) (common|popular|standard|typical|usual|available|established|out there|known|customary|usually used|often used|commonly used|normally used|typically used|mostly used|generally used|widely used) (<for>|by|when) {concept}
// wording: (which|what) <dataset-nouns> <does> (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on|evaluate with|need) (<for>|when|while) {concept}
// wording: (which|what) <dataset-nouns> (can|could|should|may) (<paper>|one|we|you|i) (use|evaluate on|report|test on|train on) (<for>|when|while) {concept}
// wording: (which|what) <dataset-nouns> (can|could|should|may) be (<evaluate>|<use>) (<for>|when|while) {concept}
// wording: (which|what) <dataset-nouns> [<that>] (appear|appears|occur|occurs|feature|features|serve|serves) (<for>|in <paper> (on|about)) {concept}
// wording: (commonly used|widely used|frequently used|usual|well-known|public|publicly available|existing|available|useful|relevant|important) <dataset-nouns> (<for>|by|when|while|of) {concept}
// wording: (what|which <dataset-nouns>) <does> <paper> (on|about|in) {concept} (evaluate|test|train|experiment|benchmark|run) (on|with)
// wording: <dataset-nouns> [that are|that were|which are] <use> in <paper> (on|about) {concept}
// wording: where can (one|i|we|you) (evaluate|test|benchmark) {concept}
// wording: (which|what) <new> <dataset-nouns> (is|are|was|were|has been|have been) <propose> <for> {concept}
// wording: [(what|which) (is|are) the] (standard|usual|common|typical|main|popular|most common|most used|most popular) <dataset-nouns> [<use>] (<for>|by|in) {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})-[e:EVALUATES_ON|INTRODUCES|USES]->(x:Dataset)
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
