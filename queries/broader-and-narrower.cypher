// What lies right above and below a thing.
// answers: table
// says: what is broader and narrower than {thing}
// param thing: Thing
MATCH (x)-[b:BROADER]->(y)
WHERE x.id IN $thing OR y.id IN $thing
RETURN x.name AS narrow, y.name AS broad, b.reason AS reason
ORDER BY narrow, broad
