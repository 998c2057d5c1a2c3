// The best value of a metric on a dataset that each paper's abstract states, the best paper first: values that are surely of that metric and on that dataset; changes against something else are left out. Narrower metrics and datasets are ranked for themselves.
// answers: table
// says: {metric} on {dataset}, the best first
// param dataset: Dataset
// param metric: Metric
// wording: (leaderboard|ranking) (of|for) {metric} on {dataset}
// wording: (best|highest|lowest|top) {metric} on {dataset}
MATCH (p:Paper)-[:REPORTS]->(r:Result)-[:`OF`]->(m), (r)-[o:`ON`]->(d)
WHERE m.id IN $metric AND d.id IN $dataset AND m.kind = 'Metric' AND d.kind = 'Dataset'
  AND r.relative = false AND r.confidence >= 0.7 AND o.confidence >= 0.9
WITH p, m, d, r,
     CASE WHEN r.better = 'lower' THEN r.number
          WHEN r.better = 'higher' AND r.unit IS NULL AND r.number <= 1.0 THEN 0.0 - 100.0 * r.number
          WHEN r.better = 'higher' THEN 0.0 - r.number END AS place
WHERE place IS NOT NULL
WITH p, m.name AS metric, d.name AS dataset, min(place) AS best, collect(r.id) AS stated
MATCH (p)-[e:REPORTS]->(r:Result)
WHERE r.id IN stated AND best IN [r.number, 0.0 - r.number, 0.0 - 100.0 * r.number]
RETURN metric, dataset, r.value AS value, r.number AS number, r.unit AS unit, p.title AS title, p.year AS year,
       e.sentence AS sentence, r.confidence AS confidence, best AS place, p.id AS paper
ORDER BY metric, dataset, place, paper
