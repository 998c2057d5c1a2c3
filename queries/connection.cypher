// How two things are connected: the papers that name both, with what each says of them.
// answers: path
// says: how {a} and {b} are connected
// param a: Thing
// param b: Thing
// wording: how (is|are) {a} (and|connected to|connected with|related to|linked to|linked with) {b} [connected|related|linked]
// wording: how (is|are) {a} (connected|related|linked) (to|with) {b}
// wording: (what|which) (connects|links|joins|relates) {a} (and|to|with) {b}
// wording: (connection|path|link|relation|relationship) (between|from) {a} (and|to) {b}
// wording: how (does|do) {a} (relate|connect) to {b}
// wording: why (is|are) {a} (connected|related|linked) (to|with) {b}
MATCH (x)<-[e:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]-(p:Paper)-[f:INTRODUCES|USES|COMPARES|EVALUATES_ON|MEASURES|STUDIES|MENTIONS]->(y)
WHERE x.id IN $a AND y.id IN $b AND x.id <> y.id
RETURN x.name AS a, type(e) AS a_role, e.sentence AS a_sentence, p.id AS paper, p.title AS title,
       type(f) AS b_role, f.sentence AS b_sentence, y.name AS b
ORDER BY paper, a, b
LIMIT 50
