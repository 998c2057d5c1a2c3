// Papers that are trained, tested or shown on a dataset.
// answers: papers
// says: papers evaluated on {dataset}
// param dataset: Dataset, evaluated
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> [<that>] <evaluate> [(their|its|the) (method|methods|model|models|approach|experiments|results|system)] <on> {dataset}
// wording: <papers> [<that>] (use|uses|using|used) {dataset} (as|for) [a|an|the|their|its] (dataset|benchmark|evaluation|testing|training|experiments|test|test bed|testbed|test set|validation|benchmarking)
// wording: [any|some|the] (experiments|results|evaluation|evaluations|tests|numbers|work|scores|performance|experiment) (on|in|with|using|for) {dataset}
// wording: <papers> [<that>] (report|reports|reporting|show|shows|showing|with|have|has|give|gives|present|presents) (experiments|results|evaluations|numbers|scores|figures|performance) (on|in|with|using|for) {dataset}
// wording: (which|what) {topic} <papers-of> <evaluate> <on> {dataset}
// wording: {topic} <papers-of> <evaluate> <on> {dataset}
// wording: {topic} <evaluate> <on> {dataset}
// wording: (which|what) {topic} (is|are|was|were) <evaluate> <on> {dataset}
// wording: who <evaluate> <on> {dataset}
// wording: what (is|was|are|were|has been|have been|gets) <evaluate> <on> {dataset}
// wording: <evaluate> <on> {dataset}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <evaluate> <on> {dataset}
// wording: (is|are|was) {dataset} (used|evaluated|tested) (<anywhere>|as a benchmark|for evaluation|in any experiments)
// wording: <papers> <use> (the|a) {dataset} (dataset|data set|benchmark|corpus|datasets)
// wording: (which|what) <method-nouns> (is|are|was|were|have been|has been) <evaluate> <on> {dataset}
// wording: <papers> [<that>] (whose|with) experiments (use|on|in|are on|run on) {dataset}
// wording: {dataset} (experiments|results)
// wording: {topic} on (the|a) {dataset} (dataset|data set|benchmark|corpus|datasets)
// wording: <papers> [<that>] (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) (on|in|with|using|for|over|upon|against|from) {dataset}
// wording: <papers> [<that>] (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) {dataset} (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance)
// wording: who (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) {dataset} (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance)
// wording: (which|what) {topic} <papers-of> (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) {dataset} (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance)
// wording: [<papers>] {topic} (with|reporting|showing|having|and) {dataset} (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance)
// wording: [<papers>] {topic} [<papers-of>] (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) [their|its|the] (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) <on> {dataset}
// wording: <papers> <about> {topic} (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) <on> {dataset}
// wording: <papers> <about> {topic} [<that>] <evaluate> <on> {dataset}
// wording: (which|what) {topic} <papers-of> (report|reports|reporting|reported|show|shows|showing|with|have|has|having|give|gives|giving|present|presents|presenting|contain|contains|containing|include|includes|including|perform|performs|performing|conduct|conducts|conducting|provide|provides|run|runs|running|do|does) (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) <on> {dataset}
// wording: (is|was|were|has|have|did|does|do) (anything|anyone|anybody|any paper|any papers|any method|any methods|any model|any models|something) [been] [ever] <evaluate> <on> {dataset}
// wording: <papers> [<that>] [whose] (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) (include|includes|cover|covers|use|uses|contain|contains|involve|involves|are done on|is done on|are on|is on) {dataset}
// wording: <papers> (include|includes|including|with|having|have) {dataset} (in|among|as part of) (their|the|its) (evaluation|experiments|benchmarks|datasets|tests|evaluations)
// wording: [any|some|the] (results|result|experiments|numbers|scores|evaluations|evaluation|figures|tests|performance) (done|run|conducted|performed|carried out|made|reported|obtained) <on> {dataset}
// wording: (which|what) [<paper>] (choose|chooses|chose|pick|picks|take|takes) {dataset} (as|for) [a|an|the|their|its] (dataset|benchmark|evaluation|testing|training|experiments|test|test bed|testbed|test set|validation|benchmarking)
// wording: training (on|with) {dataset}
// wording: {dataset} (evaluation|evaluations|benchmarking|benchmark results|numbers|scores)
// wording: [<papers>] <use> {dataset} (to|for) (evaluate|evaluation|test|testing|benchmark|benchmarking|train|training|validate|validation|experiment|experiments|measure|assess) [their|its|the] [method|methods|model|models|approach|approaches|system|systems|them|results]
// wording: <papers> [<that>] (achieve|achieves|achieving|reach|reaches|set|sets|claim|claims|report|reports|get|gets|attain|attains|obtain|obtains|show|shows) [a|the|new|a new] (state-of-the-art|sota|state of the art|best|good|strong|competitive|better|improved) [results|performance|accuracy|scores|result|numbers] <on> {dataset}
// wording: (state-of-the-art|sota|best|strong) [results|performance|accuracy|scores] <on> {dataset}
// wording: <papers> {dataset} (serves|serve|is used|are used|was used|is taken|acts) as [a|the|their|its|an] (benchmark|dataset|test bed|testbed|test set|evaluation dataset|evaluation|benchmark dataset)
// wording: [any|some|the] (experiments|evaluations|tests|results|numbers|scores|figures) (reported|given|shown|obtained|published) (for|on|in|with) {dataset}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:EVALUATES_ON|INTRODUCES]->(x)
WHERE x.id IN $dataset
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
