// Works that a paper names and does not cite, for papers whose reference lists are loaded.
// answers: table
// says: works that are named and not cited
MATCH (p:Paper)-[named:CITES]->(q:Paper)
WHERE named.provenance = 'name' AND EXISTS { MATCH (p)-[listed:CITES]->(:Paper) WHERE listed.provenance = 'reference list' }
RETURN p.title AS paper, named.sentence AS sentence, q.title AS names, p.id AS paper_id, q.id AS named_id
ORDER BY paper, names, paper_id, named_id
