// Papers of an author.
// answers: papers
// says: papers by {author}
// param author: Author
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: <papers> (by|of|from|written by) {author}
// wording: what (did|has|have) {author} (write|written|publish|published|work on|worked on)
// wording: <papers> (did|has|have) {author} (write|written|publish|published|work on|worked on)
// wording: {author} papers
MATCH (a:Author)-[:WROTE]->(p:Paper)
WHERE a.id IN $author AND coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN p.id AS paper, p.title AS title, 'WROTE' AS role, '' AS sentence
