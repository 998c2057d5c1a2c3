// What a named paper or system is compared with or said to beat.
// answers: entities
// says: what {paper} is compared with
// param paper: Paper
// wording: (what|which) [<method-nouns>|baselines] (does|do|did|is|are|was|has) {paper} (<compare>|<beat>)
// wording: (what|which) (does|do|did|is|are|was|has) {paper} (outperform|beat|surpass|exceed|improve on|improve over|improve upon)
// wording: (what|which) <method-nouns> (does|do|did) {paper} (outperform|beat|surpass|exceed)
// wording: (what|which) (is|are|was|were) {paper} (compared with|compared to|compared against|benchmarked against)
// wording: (with|to|against) (what|which|whom) [<method-nouns>|baselines] (is|are|was|were|does|do) {paper} (compared|compare)
// wording: (baselines|competitors) (of|in|for) {paper}
// wording: (what|which) (baselines|baseline) (does|do|did|is|are|was|has) {paper} [<use>|have|consider|compare with|compare to|compare against]
// wording: {paper} baselines
// wording: (in|for|with|by) {paper} (which|what) (baselines|baseline|competitors|competing methods|comparison methods|rivals) (is|are|was|were|did|do|does) [they|the authors|it] (<use>|<compare>|considered|named|listed)
// wording: (which|what) (baselines|baseline|competitors|competing methods|comparison methods|rivals) (appear|appears|occur|occurs|feature|features|are mentioned|are named|are listed|is mentioned) (in|for) {paper}
// wording: (baselines|baseline|competitors|competing methods|comparison methods|rivals) [that|which] [are|is|were|was] (<use>|<compare>|considered|named|listed) (in|by|of|for|with) {paper}
// wording: [the|all|all the] (baselines|baseline|competitors|competing methods|comparison methods|rivals) (of|in|from|for) {paper}
// wording: (which|what) (baselines|baseline|competitors|competing methods|comparison methods|rivals) (did|do|does) (they|the authors|authors) (<use>|<compare>|considered|named|listed) (in|for|with) {paper}
// wording: (which|what) (is|are|was|were) the (baselines|baseline|competitors|competing methods|comparison methods|rivals) (in|of|for|used in|used by|used for) {paper}
// wording: (what|which) (is|are|was|were) {paper} (baselines|baseline|competitors)
MATCH (p:Paper)-[e:COMPARES]->(x)
WHERE p.id IN $paper
RETURN x.id AS entity, x.name AS name, p.id AS paper, p.title AS title, type(e) AS role,
       e.sentence AS sentence, e.start AS start, e.confidence AS confidence
ORDER BY paper, start, entity
