// Papers about a concept, a task, a method, or several of them together.
// answers: papers
// says: papers about {concept}
// param concept: Thing, studied
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> <study> {concept}
// wording: <papers> <about> {concept}
// wording: <papers> {concept}
// wording: {concept} <papers-of>
// wording: (which|what) {concept} (papers|works|articles|studies) [are|is|exist|are there|do we have|have we]
// wording: <papers> [<that>] <tackle> {concept}
// wording: <papers> [<that>] <improve> {concept}
// wording: (work|works|research|literature|anything|something|everything|studies) <about> {concept}
// wording: (what|which) (is|are) [there|known] [known|said|written] <about> {concept}
// wording: who (works|worked|writes|wrote|studies|studied) [on|about] {concept}
// wording: (does|did|do|has|have) (anyone|anybody|somebody|any paper|any papers|any work) [ever] (<study>|<tackle>) {concept}
// wording: (is|are) {concept} <study> [anywhere|here|by anyone|in any paper]
// wording: {concept}
// wording: (what|which) do [we|you|the papers] (know|say) about {concept}
// wording: why <does> {concept}
// wording: (literature|research|work|anything|something) (into|regarding|dealing with|that deals with|that looks at|looking at|looking into) {concept}
// wording: (investigations|analyses|explorations|explanations|studies|discussions|accounts|treatments) (of|into|on) {concept}
// wording: <papers> [<that>] (explain|explains|explaining|describe|describes|describing|show|shows|showing|prove|proves|proving|argue|argues|ask|asks|asking|question|questions|observe|find|finds|understand|understanding|reveal|reveals) (how|why|that|whether|when) {concept}
// wording: <papers> <study> (how|why|whether|when|what|if) {concept}
// wording: (is|are) there (anything|something|any work|any paper|any papers|work|papers|research|studies) <about> {concept}
// wording: (overview|list) of (papers|work|research) <about> {concept}
// wording: (what|which) (work|works|research|literature|studies|papers|articles) (has been|have been|was|were|is) (done|published|written|carried out) <about> {concept}
// wording: (what|which) (work|works|research|literature|studies|papers|articles) (exists|exist|is there|are there|do we have) <about> {concept}
// wording: how (has|have|is|are|was|were) {concept} [been] <study>
// wording: where can (i|one|we|you) (read|learn|find out|find papers|find work|find something) <about> {concept}
// wording: (what|which) (is|are) the (literature|state of the art|research|latest) <about> {concept}
// wording: what (do|does|did) (papers|people|researchers|studies|authors|the papers|the literature) (say|find|write|know|report) <about> {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(x)
WHERE x.id IN $concept
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
