"""Nothing but one reading statement gets past the guard, whatever it is dressed up as."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import PropertyGraph
from graphbuilder.stores import guard, open_store
from graphbuilder.stores.ladybug import LadybugStore

READS = [
    "MATCH (n) RETURN n",
    "match (p:Paper {id: $id})-[r:USES|STUDIES*1..3]->(m) where p.year >= 2000 return p, r.`end`, m.name as name",
    "MATCH (a)--(b) WITH a, count(*) AS n, collect(DISTINCT b.id)[1] AS one WHERE n > 1 RETURN * ORDER BY n DESC, a.id SKIP 1 LIMIT 5",
    "OPTIONAL MATCH (n) WHERE n.x IS NOT NULL AND NOT n.y IN [1, 2.5, .5, 1e3, -7] RETURN n.x STARTS WITH 'a', n.y",
    "UNWIND range(0, 10) AS i RETURN i * 2 % 3 ^ 2 AS x UNION ALL MATCH (n) RETURN n.id AS x",
    "WITH 1 AS one RETURN CASE one WHEN 1 THEN 'a' ELSE \"b\" END AS word",
    "MATCH (p) WHERE EXISTS { MATCH (p)-->(q) WHERE q.x = 1 } RETURN COUNT { MATCH (p)-->() } AS n",
    "MATCH (p) WHERE exists { (p)-->() } RETURN p",
    "MATCH p = shortestPath((a)-[*..4]-(b)) RETURN length(p), [x IN nodes(p) WHERE x.id <> '' | x.id]",
    "MATCH (a)-[e* SHORTEST 1..4]-(b) RETURN e",
    "MATCH (n) WHERE any(x IN n.aliases WHERE toLower(x) =~ '(?i)v.b') RETURN n { .id, .name }",
    "RETURN {`set`: 1}.set, $delete, 'CREATE (n) DELETE n; //' AS `DROP`",
    "MATCH (`set`:Paper)-[r:MERGE]->(x:CREATE) RETURN x.delete, r.call",
    "RETURN 1 AS one;  // over\n",
    "/* first */ RETURN /* ; DELETE */ 1",
    "MATCH (n) RETURN n.* , count(*) AS start, 2 AS end",
    "RETURN date('2024-01-01'), date.truncate('month', $d), duration.between($a, $b)",
    "MATCH (start)-->(`end`) RETURN start",
]

WRITES = [
    "CREATE (n)",
    "CrEaTe (n)",
    "MATCH (n) DELETE n",
    "MATCH (n) DETACH DELETE n",
    "MATCH (n) SET n.x = 1",
    "MATCH (n)SET n.x=1 RETURN n",
    "MATCH (n) REMOVE n.x",
    "MERGE (n {id: 1}) RETURN n",
    "MATCH (n) RETURN n CREATE (m)",
    "MATCH (n) WITH * CREATE (m)",
    "MATCH (n) WITH n ORDER BY n.id DESC CREATE (m)",
    "MATCH (n) RETURN n LIMIT 1 CREATE (m)",
    "MATCH (n) WHERE n.x IS NULL CREATE (m)",
    "MATCH (n) WHERE n.x = CASE WHEN true THEN 1 END CREATE (m)",
    "UNWIND [1] AS x FOREACH (y IN [1] | CREATE (n))",
    "UNWIND $rows AS row INSERT (n)",
    "MATCH (n) RETURN count(*) DROP TABLE Paper",
    "MATCH (n) WHERE EXISTS { CREATE (m) } RETURN n",
    "MATCH (n) CALL { WITH n DELETE n } RETURN 1",
    "MATCH (n) CALL (n) { DELETE n } RETURN 1",
    "CALL db.labels()",
    "CALL apoc.cypher.doIt('CREATE (n)', {})",
    "MATCH (n) CALL apoc.create.node([], {}) YIELD node RETURN node",
    "RETURN apoc.load.json('http://example.org')",
    "RETURN genai.vector.encode('x', 'OpenAI', {})",
    "RETURN a.date.x()",
    "LOAD CSV FROM 'file:///etc/passwd' AS row RETURN row",
    "LOAD FROM '/etc/passwd' RETURN *",
    "WITH 1 AS x LOAD FROM '/etc/passwd' RETURN *",
    "COPY (MATCH (n) RETURN n) TO '/tmp/x.csv'",
    "COPY Paper FROM '/tmp/x.csv'",
    "EXPORT DATABASE '/tmp/x'",
    "IMPORT DATABASE '/tmp/x'",
    "ATTACH '/tmp/x' AS y (dbtype lbug)",
    "INSTALL httpfs",
    "PRAGMA threads=1",
    "CHECKPOINT",
    "BEGIN TRANSACTION",
    "EXPLAIN MATCH (n) RETURN n",
    "PROFILE MATCH (n) RETURN n",
    "CYPHER runtime=interpreted MATCH (n) RETURN n",
    "USE neo4j MATCH (n) RETURN n",
    "SHOW USERS",
    "ALTER USER neo4j SET PASSWORD 'x'",
    "CREATE MACRO f(x) AS x",
    # a second statement, in many dresses
    "RETURN 1; CREATE (n)",
    "RETURN 1;;",
    ";RETURN 1",
    "RETURN ';' ; RETURN 2",
    "RETURN 1 /* ' */ ; CREATE (n) // '",
    "RETURN 1 // nothing\n; CREATE (n)",
    "RETURN 1 // nothing\rCREATE (n)",
    "RETURN '//' CREATE (n)",
    "RETURN '/*' CREATE (n) //*/'",
    "RETURN 1 /* /* */ CREATE (n) */",
    # strings that seem to end elsewhere
    "RETURN '\\' ; CREATE (n) //'; DELETE",
    "RETURN 'a\\\\' CREATE (n)",
    "RETURN 'a''b' CREATE (n)",
    'RETURN "a\\"" CREATE (n)',
    "RETURN '\\u0027 CREATE (n) //'",
    "RETURN '\\\\u0027 CREATE (n) //'",
    "\\u0043REATE (n)",
    "RETURN `a``` CREATE (n)",
    "RETURN `a\\` CREATE (n) //`",
    # characters that some engine may take for others
    "ＣＲＥＡＴＥ (n)",
    "MATCH (n) \u017fET n.x = 1",
    "MATCH (n) DELETE\u00a0n",
    "MATCH (n)\u2028DELETE n",
    "RETURN 1\uff1b CREATE (n)",
    "RETURN 1\0; CREATE (n)",
    "MATCH (n) RETURN n\u200b CREATE (m)",
    # numbers that end late
    "RETURN 1. CREATE (n)",
    "RETURN 1.CREATE (n)",
    "RETURN 1e5CREATE (n)",
    "RETURN 0xCREATE (n)",
    # names used as a way in
    "MATCH (n) RETURN n.name CREATE (m)",
    "MATCH (n:Paper) RETURN n AS create CREATE (m)",
    "MATCH (n) RETURN n AS order CREATE (m)",
    "MATCH (n:$(x)) RETURN n",
    # not closed, or closing nothing
    "RETURN 'a",
    "RETURN 1 /* a",
    "RETURN `a",
    "MATCH (n RETURN n",
    "MATCH (n)) RETURN n",
    "MATCH (n] RETURN n",
    "MATCH (n) WHERE COUNT {",
    "",
    "  // nothing\n",
    ";",
]


@pytest.mark.parametrize("cypher", READS)
def test_reading_passes(cypher: str) -> None:
    guard.check(cypher)


@pytest.mark.parametrize("cypher", WRITES)
def test_anything_else_is_refused(cypher: str) -> None:
    with pytest.raises(GraphbuilderError) as refused:
        guard.check(cypher)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("word", sorted(guard.WRITING))
@pytest.mark.parametrize(
    "start", ["", "MATCH (n) ", "RETURN 1 ", "MATCH (n) RETURN n.x ", "WITH * ", "RETURN [1] "]
)
def test_no_writing_clause_stands_anywhere(start: str, word: str) -> None:
    for written in (word, word.lower(), word.title()):
        with pytest.raises(GraphbuilderError):
            guard.check(f"{start}{written} (n) RETURN 1")
        with pytest.raises(GraphbuilderError):
            guard.check(f"{start}{written} n RETURN 1")


def test_comments_go_and_the_rest_stays() -> None:
    cypher = "MATCH (n) /* all */ WHERE n.x = '//' // last\n RETURN n.x  AS `/* x */`;"
    assert guard.text(guard.check(cypher)).split() == (
        ["MATCH", "(n)", "WHERE", "n.x", "=", "'//'", "RETURN", "n.x", "AS", "`/*", "x", "*/`"]
    )


def test_a_statement_as_long_as_a_book_is_refused() -> None:
    with pytest.raises(GraphbuilderError, match="pass values as parameters"):
        guard.check("RETURN '" + "x" * guard.MAX_LENGTH + "'")


_PIECES = st.sampled_from(
    [
        *"()[]{}.,:;|*$'\"`/\\\n 1n",
        "//",
        "/*",
        "*/",
        "\\u0027",
        "\\'",
        " CREATE ",
        " DELETE ",
        "SET",
        " LOAD FROM ",
        " COPY ",
        " CALL ",
        " MATCH ",
        " RETURN ",
        " WITH ",
        " AS ",
        " EXISTS ",
        "MATCH (n) ",
        "RETURN 1",
        "\u017f",
        "\u2028",
        "\0",
    ]
)


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_what_passes_holds_no_writing_word_outside_of_names(cypher: str) -> None:
    try:
        tokens = guard.check("RETURN 1 AS x " + cypher)
    except GraphbuilderError:
        return
    for before, token in pairwise(tokens):
        assert token.text != ";"
        if token.word in guard.WRITING:
            assert before.text in (".", ":")


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(cypher: str) -> None:
    try:
        tokens = guard.check(cypher)
    except GraphbuilderError as refused:
        assert str(refused)
    else:
        assert guard.check(guard.text(tokens)) == [*tokens]


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> LadybugStore:
    store = open_store(str(tmp_path_factory.mktemp("guard") / "graph.lbug"))
    assert isinstance(store, LadybugStore)
    store.write(PropertyGraph({"Author": [{"id": "a:1", "kind": "Author", "name": "A"}]}), {})
    return store


@pytest.mark.parametrize("cypher", WRITES)
def test_the_engine_never_sees_what_is_refused(cypher: str, untouched: LadybugStore) -> None:
    path = Path(untouched.uri)
    before = path.read_bytes()
    with pytest.raises(GraphbuilderError):
        untouched.run(cypher)
    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@given(st.lists(_PIECES, max_size=12).map("".join))
def test_the_embedded_engine_stays_whole_under_noise(untouched: LadybugStore, cypher: str) -> None:
    try:
        untouched.run("RETURN 1 AS x " + cypher, timeout=2)
    except GraphbuilderError as refused:
        assert "\n" not in str(refused)
    assert untouched.run("MATCH (a:Author) RETURN a.name AS name").rows == [{"name": "A"}]


def test_brackets_that_would_overrun_the_engine_are_refused() -> None:
    deepest = "(" * guard.MAX_DEPTH + "1" + ")" * guard.MAX_DEPTH
    guard.check(f"RETURN {deepest}")
    with pytest.raises(GraphbuilderError, match="more than 100 deep"):
        guard.check(f"RETURN ({deepest})")
