// How many papers are about something, or use it.
// answers: table
// says: how many papers are about {concept}
// param concept: Thing, studied
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: how many <paper> [are|is|were] [there] [<that>] (<study>|<use>|<about>|<evaluate> on|<compare>|<report>|<propose>|on) {concept}
// wording: how many {concept} <paper> [are|were] [there|exist|do we have]
// wording: how many <paper> (there are|are there|exist|do we have) <about> {concept}
// wording: (number|count) of <paper> (<about>|using) {concept}
// wording: how often (is|are|was|were) {concept} (used|studied|mentioned|named|applied|evaluated)
// wording: how (common|popular|frequent|widespread) (is|are) {concept}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
RETURN count(DISTINCT p.id) AS papers
