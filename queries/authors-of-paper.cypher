// Who wrote a paper.
// answers: table
// says: authors of {paper}
// param paper: Paper
// wording: who (wrote|is the author of|are the authors of|authored) {paper}
// wording: (authors|author) of {paper}
MATCH (a:Author)-[w:WROTE]->(p:Paper)
WHERE p.id IN $paper
RETURN a.name AS name, p.title AS title, w.position AS position
ORDER BY title, position
