// Papers of a year or a span of years.
// answers: papers
// says: papers
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
MATCH (p:Paper)
WHERE p.year >= $since AND p.year <= $until
RETURN p.id AS paper, p.title AS title, 'DATED' AS role, '' AS sentence
ORDER BY paper
