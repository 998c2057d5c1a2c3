// Papers that offer something in the place of a method.
// answers: papers
// says: papers that offer an alternative to {method}
// param method: Thing, replaced
// param papers: Ids
// param since: Int = 0
// param until: Int = 9999
// wording: [(which|what)] [other] (alternatives|alternative|replacements|replacement|substitutes|substitute) [are there|is there|exist|exists] (to|for|of) {method}
// wording: [(which|what)] [other] (alternatives|alternative|replacements|replacement|substitutes|substitute) [are there|is there|exist|exists] (to|for|of) {method} (for|in|when|as) {topic}
// wording: <papers> [<about>|<study>|<propose>|with|<that>] [(a|an|any|the|new)] (alternatives|alternative|replacements|replacement|substitutes|substitute) (to|for|of) {method}
// wording: <papers> [<about>|<study>|<propose>|with|<that>] [(a|an|any|the|new)] (alternatives|alternative|replacements|replacement|substitutes|substitute) (to|for|of) {method} (for|in|when|as) {topic}
// wording: (alternatives|alternative) to {method} which papers <compare> it
// wording: <papers> [<that>] (replace|replaces|replacing|avoid|avoids|avoiding|abandon|dispense with|do without|does without|get rid of|do away with|go beyond|substitute) {method}
// wording: (what|which <method-nouns>) (can|could|may|might) (replace|substitute|be used instead of) {method}
// wording: what <use> instead of {method}
// wording: [<papers>] (instead of|in place of) {method}
UNWIND $papers AS id
MATCH (p:Paper {id: id})
WHERE coalesce(p.year, 0) >= $since AND coalesce(p.year, 0) <= $until
OPTIONAL MATCH (p)-[e:COMPARES]->(x)
WHERE x.id IN $method
RETURN p.id AS paper, p.title AS title, type(e) AS role, e.sentence AS sentence
