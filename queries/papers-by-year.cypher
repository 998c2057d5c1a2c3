// How many papers a year are about something: a trend.
// answers: table
// says: papers about {concept} by year
// param concept: Thing, studied
// param papers: Ids
// wording: (trend|trends) (of|in|for) {concept} [<over-time>]
// wording: how (has|have|did) {concept} (developed|grown|changed|evolved|developed|risen) [<over-time>]
// wording: (papers|work|publications) (about|on) {concept} <over-time>
// wording: {concept} <over-time>
// wording: {concept} (trend|trends)
// wording: how many <paper> [are|were] [<about>|<use>|<study>] {concept} <over-time>
// wording: (is|are|has|have) {concept} [been] (growing|rising|declining|getting more popular)
// wording: when (was|were|did) {concept} (used|studied|become popular|start|appear|introduced)
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE p.year IS NOT NULL
RETURN p.year AS year, count(DISTINCT p.id) AS papers
ORDER BY year
