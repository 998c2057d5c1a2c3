// The values of a metric on a dataset that abstracts report, the best first; changes against something else are left out.
// answers: table
// says: {metric} on {dataset}, the best first
// param dataset: Dataset
// param metric: Metric
// wording: (leaderboard|ranking) (of|for) {metric} on {dataset}
// wording: (best|highest|lowest|top) {metric} on {dataset}
MATCH (p:Paper)-[e:REPORTS]->(r:Result)-[:`OF`]->(m), (r)-[:`ON`]->(d)
WHERE m.id IN $metric AND d.id IN $dataset AND r.relative = false AND r.number IS NOT NULL
RETURN r.number AS number, r.unit AS unit, r.value AS value, p.title AS title, p.year AS year,
       e.sentence AS sentence, CASE WHEN r.better = 'lower' THEN r.number ELSE 0.0 - r.number END AS place, p.id AS paper
ORDER BY place, paper
