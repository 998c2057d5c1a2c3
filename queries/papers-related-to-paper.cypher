// Papers near a paper: those that share rare entities with it.
// answers: papers
// says: papers close to {paper}
// param paper: Paper
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: [(what|which)] [else] [other] [<paper>] [is|are|that are|that is] <related> {paper}
// wording: (what|which|are there|is there|any) [other] <papers> [is|are] <related> {paper}
// wording: <papers> <related> {paper}
// wording: (neighbours|neighbors|relatives) of {paper}
// wording: (what|which) [other] <paper> (resemble|resembles) {paper}
// wording: (related|similar) (papers|work|works) (to|of|for) {paper}
// wording: (what|which) should i read (next to|after|besides|beside|if i liked) {paper}
// wording: more (papers|work|works) like {paper}
// wording: more like {paper}
// wording: (something|anything|others|other work|other works) <related> {paper}
// wording: (what|which) (comes|come) (close|closest) to {paper}
// wording: (follow-ups|follow-up work|followups|successors|related work) (to|of|for) {paper}
// wording: if i like {paper} (what|which) [<paper>] should i read
// wording: (neighbouring|neighboring|similar|related|comparable) (papers|work|works|articles|studies) (to|of|for) {paper}
MATCH (p:Paper)-[r:RELATED]-(q:Paper)
WHERE p.id IN $paper
WITH r, q
WHERE NOT q.id IN $paper AND coalesce(q.year, 0) >= $since AND coalesce(q.year, 0) <= $until
RETURN q.id AS paper, q.title AS title, r.score AS score, r.shared AS shared
UNION
UNWIND $papers AS id
MATCH (q:Paper {id: id})
WHERE coalesce(q.year, 0) >= $since AND coalesce(q.year, 0) <= $until
RETURN q.id AS paper, q.title AS title, 0.0 AS score, [''] AS shared
