// Papers that use one thing for another: a method for a task, a model, a field.
// The file of the commonest question: which papers use X for Y.
// answers: papers
// says: papers that use {method} for {concept}
// param method: Thing, used
// param concept: Thing, studied
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <use> {method} (<for>|when|while) {concept}
// wording: [<papers>] {concept} <by-means-of> {method}
// wording: [<papers>] <use> {method} <for> {concept}
// wording: <papers> {method} <use> <for> {concept}
// wording: (is|are|was|were|has|have) {method} [been] [ever] <use> [anywhere|here|somewhere|by anyone] (<for>|when|while) {concept}
// wording: [is there] {method} <for> {concept}
// wording: how (is|are|can|could|has|have) {method} [be|been] <use> <for> {concept}
// wording: where (is|are) {method} <use> <for> {concept}
// wording: <use> of {method} <for> {concept}
// wording: <papers> [<that>] <study> {concept} <by-means-of> {method}
// wording: <papers> <that> (bring|brings|bringing|combine|combines|combining) {method} (to|into|with|and) {concept}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] <use> {method} <for> {concept}
// wording: (which|what) {topic} <papers-of> <use> {method} <for> {concept}
// wording: <papers> <improve> {concept} <by-means-of> {method}
// wording: <papers> <tackle> {concept} <by-means-of> {method}
// wording: <papers> [<that>] <propose> {method} <for> {concept}
// wording: [<papers>] {method} (applied|used|adapted|extended) <for> {concept}
// wording: {method} based {concept}
// wording: [<papers>] (on|about|of) (using|applying|employing|leveraging|exploiting|adopting|adapting|utilizing) {method} <for> {concept}
// wording: (using|applying|employing|leveraging|exploiting|adopting|adapting|utilizing) {method} <for> {concept}
// wording: <papers> (where|in which) {method} (helps|help|improves|improve|enables|enable|supports|support|guides|guide|drives|drive) [with|in|to] {concept}
// wording: [<papers>] <combine> {method} (to|into|with|and|onto|in) {concept}
// wording: who <combine> {method} (to|into|with|and|onto|in) {concept}
// wording: {method} meets {concept}
// wording: (is|are|was|were) {method} (useful|good|effective|suitable|beneficial|helpful|applicable|applied|any use) <for> {concept}
// wording: {method} (help|helps|improve|improves|aid|aids|benefit|benefits) [with|in|for|to] {concept}
// wording: (can|could) {method} (help|improve|aid|benefit|solve) [with|in|for|to] {concept}
// wording: (can|could) {method} be <use> (<for>|when|while) {concept}
// wording: how <does> (<paper>|one|we|you|i) <use> {method} (<for>|when|while) {concept}
// wording: what <use> {method} (<for>|when|while) {concept}
// wording: [<papers>] (take|takes|taking) [a|an] {method} (approach|perspective|view|route) (to|on|for|of) {concept}
// wording: [(a|an|any|some)] {method} (approach|approaches|perspective|perspectives|view|solutions) (to|for|on|of) {concept}
// wording: [the] (role|effect|effects|impact|influence|benefit|benefits|potential|application|applications|usefulness|value) of {method} (in|on|for|to) {concept}
// wording: <papers> {topic} (using|via) {method} <for> {concept}
// wording: {concept} (that|which) <use> {method}
// wording: [(which|what)] {concept} <method-nouns> [<that>] <use> {method}
// wording: [(which|what)] <method-nouns> [<that>] <use> {method} (<for>|when|while) {concept}
// wording: (anyone|anybody|somebody|any paper|any papers|any work) <use> {method} (<for>|when|while) {concept}
// wording: (attempts|efforts|ways|ideas) (at|to|on|for) <use> {method} <for> {concept}
// wording: <papers> {method} (is|are|was|were|has been|have been|gets|get|being) <use> (<for>|when|while) {concept}
// wording: <papers> {concept} (is|are|was|were|has been|have been|gets|get) (done|solved|tackled|performed|achieved|improved|addressed|made|trained|learned|carried out|approached|handled|reduced) <by-means-of> {method}
// wording: {method} been [successfully] <use> (<for>|when|while) {concept}
// wording: (where|when|how) (is|are|was|were|has|have) {method} [been] <use> (<for>|when|while) {concept}
// wording: [any] <use> of {method} <for> {concept}
// wording: any use of {method} <for> {concept}
// wording: [(which|what)] <method-nouns> [<that>] <combine> {method} (to|into|with|and|onto|in) {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES|USES|STUDIES|COMPARES|MENTIONS]->(x)
WHERE x.id IN $method
OPTIONAL MATCH (p)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE y.id IN $concept
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence, type(f) AS other_role,
       f.sentence AS other_sentence
