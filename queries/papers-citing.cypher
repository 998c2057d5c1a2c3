// Papers that cite a paper, or name what it introduced.
// answers: papers
// says: papers that cite {paper}
// param paper: Paper
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> (cite|cites|citing|refer to|refers to|build on the paper) {paper}
// wording: who (cites|cited|refers to) {paper}
// wording: what (cites|builds on) {paper}
// wording: (citations|citing papers) of {paper}
MATCH (p:Paper)-[e:CITES]->(q:Paper)
WHERE q.id IN $paper AND coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN p.id AS paper, p.title AS title, 'CITES' AS role, coalesce(e.sentence, '') AS sentence
