"""The words of a graph: names of entities, the text of papers, and where each word stands.

Everything here is read from the graph through Cypher, once, and can be thrown away: a SQLite file in the
user's cache directory, named by the graph's manifest, so that a second process starts at once and a large
graph costs no memory. Where no cache can be written it lives in memory.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuilder.ask.language import Token, fold, is_filler, stem, stems, tokens, vocabulary
from graphbuilder.records import ENTITY_TYPES

if TYPE_CHECKING:
    from graphbuilder.stores import Store

#: Raised whenever the layout below, or what stems are, changes; older files are not read.
VERSION = 10

_TABLES = """
CREATE TABLE papers (n INTEGER PRIMARY KEY, id TEXT UNIQUE, title TEXT, abstract TEXT, year INTEGER,
                     units TEXT, stems TEXT, own TEXT);
CREATE VIRTUAL TABLE said USING fts5(stems, content='papers', content_rowid='n', tokenize="unicode61");
CREATE VIRTUAL TABLE stem_counts USING fts5vocab('said', 'row');
CREATE TABLE entities (id TEXT PRIMARY KEY, label TEXT, name TEXT, aliases TEXT, papers INTEGER,
                       ambiguous INTEGER);
CREATE TABLE forms (n INTEGER PRIMARY KEY, key TEXT, id TEXT, form TEXT);
CREATE VIRTUAL TABLE named USING fts5(form, content='forms', content_rowid='n', prefix='4');
CREATE TABLE broader (narrow TEXT, broad TEXT);
CREATE TABLE roles (paper TEXT, entity TEXT, role TEXT);
CREATE TABLE words (word TEXT PRIMARY KEY, papers INTEGER);
CREATE TABLE written (stem TEXT, word TEXT, papers INTEGER);
"""
_INDEXES = """
CREATE INDEX forms_by_key ON forms (key);
CREATE INDEX forms_by_id ON forms (id);
CREATE INDEX broader_by_broad ON broader (broad);
CREATE INDEX roles_by_entity ON roles (entity);
CREATE INDEX roles_by_paper ON roles (paper);
CREATE INDEX entities_by_name ON entities (name COLLATE NOCASE);
CREATE INDEX words_by_start ON words (substr(word, 1, 1), length(word));
CREATE INDEX written_by_stem ON written (stem, papers DESC, word);
INSERT INTO said (said) VALUES ('rebuild');
INSERT INTO named (named) VALUES ('rebuild');
"""
#: A word as other search engines cut it: it may have several of ours (CIFAR10, pretraining, log_2).
_WRITTEN = re.compile(r"\w+(?:[.,:'’](?!s\b)\w+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[^\Wa-z])")
#: A sentence that says where code, data or a demonstration is found.
_NOTICE = re.compile(
    r"https?://|\bgithub\b|\b(?:code|data|models?|implementations?|project)\b.{0,60}\b(?:available|released|"
    r"open-?sourced|published|accessed|found)\b|\b(?:release|open-?source|publish)\w*\b.{0,30}\bcodes?\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entity:
    """A node that a name can stand for; ``label`` is Paper, Author or the label of an entity."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    papers: int = 0
    ambiguous: bool = False


@dataclass(frozen=True, eq=False)
class Text:
    """A paper's title and sentences: ``units`` are their spans, ``stems`` their words, the title first.

    ``own`` are the names that the paper gives to what it introduces.
    """

    id: str
    title: str
    abstract: str
    year: int | None
    units: tuple[tuple[int, int], ...]
    stems: tuple[str, ...]
    own: tuple[str, ...] = ()

    def unit(self, number: int) -> str:
        """The title (0) or a sentence as printed."""
        start, end = self.units[number]
        return f"{self.title}\n{self.abstract}"[start:end]

    def words(self, number: int) -> list[Token]:
        """The words of the title (0) or a sentence."""
        words = self._words.get(number)
        if words is None:
            words = self._words[number] = tokens(self.unit(number), self.stems[number].split())
        return words

    @cached_property
    def _words(self) -> dict[int, list[Token]]:
        return {}


class Index:
    """What the linker and the ranking look words up in.

    Parameters
    ----------
    connection : sqlite3.Connection
        A database filled by :func:`build`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self.size: int = self._db.execute("SELECT count(*) FROM papers").fetchone()[0]
        self.paper = lru_cache(maxsize=5_000)(self._paper)
        self.paper_id = lru_cache(maxsize=50_000)(self._paper_id)
        self.papers_with = lru_cache(maxsize=2_000)(self._papers_with)
        self.papers_having = lru_cache(maxsize=50_000)(self._papers_having)
        self.entity = lru_cache(maxsize=50_000)(self._entity)
        self.named = lru_cache(maxsize=20_000)(self._named)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def _paper(self, id_: str) -> Text | None:
        row = self._db.execute(
            "SELECT id, title, abstract, year, units, stems, own FROM papers WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return None
        units = tuple((a, b) for a, b in json.loads(row[4]))
        stems_ = tuple(f" {u} " for u in row[5].split("\n"))
        return Text(row[0], row[1], row[2], row[3], units, stems_, tuple(json.loads(row[6])))

    def stems_of(self, papers: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
        """Each of the papers, as far as they are known, with the stems of its title and abstract."""
        for at in range(0, len(papers), 500):
            some = papers[at : at + 500]
            marks = ",".join("?" * len(some))
            for id_, said in self._db.execute(f"SELECT id, stems FROM papers WHERE id IN ({marks})", some):
                yield id_, said.split()

    def dated(self, since: int | None, until: int | None) -> frozenset[int]:
        """Numbers of the papers of a span of years."""
        rows = self._db.execute(
            "SELECT n FROM papers WHERE coalesce(year, 0) BETWEEN ? AND ?",
            (1 if since is None else since, 9999 if until is None else until),
        ).fetchall()
        return frozenset(row[0] for row in rows)

    def _paper_id(self, number: int) -> str:
        id_: str = self._db.execute("SELECT id FROM papers WHERE n = ?", (number,)).fetchone()[0]
        return id_

    def _papers_with(self, sequence: tuple[str, ...]) -> frozenset[int]:
        """Numbers (:meth:`paper_id`) of the papers whose text has these stems one after the other."""
        phrase = " ".join(sequence).replace('"', "")
        if not phrase:
            return frozenset()
        try:
            rows = self._db.execute("SELECT rowid FROM said WHERE said MATCH ?", (f'"{phrase}"',)).fetchall()
        except sqlite3.OperationalError:  # nothing but signs that the tokenizer drops
            return frozenset()
        return frozenset(row[0] for row in rows)

    def rarity(self, sequence: tuple[str, ...]) -> float:
        """How much a word or phrase tells: log of all papers by those that have it, 0 for every paper."""
        one = len(sequence) == 1 and sequence[0].isalnum()
        having = self.papers_having(sequence[0]) if one else len(self.papers_with(sequence))
        return math.log((self.size + 1) / (having + 0.5))

    def _papers_having(self, stem: str) -> int:
        """How many papers have a stem."""
        row = self._db.execute("SELECT doc FROM stem_counts WHERE term = ?", (fold(stem),)).fetchone()
        return row[0] if row is not None else 0

    def _entity(self, id_: str) -> Entity | None:
        row = self._db.execute(
            "SELECT id, label, name, aliases, papers, ambiguous FROM entities WHERE id = ?", (id_,)
        ).fetchone()
        if row is None:
            return None
        return Entity(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4] or 0, bool(row[5]))

    def _named(self, key: str) -> tuple[Entity, ...]:
        """Nodes that have a form with this key (:func:`form_key`), the most used first."""
        rows = self._db.execute("SELECT DISTINCT id FROM forms WHERE key = ?", (key,)).fetchall()
        found = [entity for (id_,) in rows if (entity := self.entity(id_)) is not None]
        return tuple(sorted(found, key=lambda e: (-e.papers, e.id)))

    def narrower(self, id_: str, *, depth: int = 3) -> list[Entity]:
        """Entities below this one, nearest first."""
        seen, layer, found = {id_}, [id_], []
        for _ in range(depth):
            marks = ",".join("?" * len(layer))
            rows = self._db.execute(
                f"SELECT DISTINCT narrow FROM broader WHERE broad IN ({marks}) ORDER BY narrow", layer
            ).fetchall()
            layer = [narrow for (narrow,) in rows if narrow not in seen]
            seen.update(layer)
            found += [entity for narrow in layer if (entity := self.entity(narrow)) is not None]
            if not layer:
                break
        return found

    def roles(self, *, entity: str | None = None, paper: str | None = None) -> list[tuple[str, str, str]]:
        """(paper, entity, role) rows of an entity or of a paper."""
        column, value = ("entity", entity) if entity is not None else ("paper", paper)
        return self._db.execute(
            f"SELECT paper, entity, role FROM roles WHERE {column} = ? ORDER BY paper, entity, role", (value,)
        ).fetchall()

    def holders(self, entities: Sequence[str]) -> frozenset[int]:
        """Numbers of the papers that have an edge to any of these entities."""
        found: set[int] = set()
        for at in range(0, len(entities), 500):
            some = entities[at : at + 500]
            marks = ",".join("?" * len(some))
            rows = self._db.execute(
                "SELECT DISTINCT p.n FROM roles r JOIN papers p ON p.id = r.paper "
                f"WHERE r.entity IN ({marks})",
                some,
            ).fetchall()
            found.update(row[0] for row in rows)
        return frozenset(found)

    def knows(self, word: str) -> bool:
        """Whether any paper or name has this word."""
        return self._db.execute("SELECT 1 FROM words WHERE word = ?", (fold(word),)).fetchone() is not None

    def spellings(self, stem_: str, limit: int) -> list[str]:
        """Words of papers that have a stem, as they write them, the most used first: training, pretrained."""
        rows = self._db.execute(
            "SELECT word FROM written WHERE stem = ? ORDER BY papers DESC, word LIMIT ?", (stem_, limit)
        ).fetchall()
        return [word for (word,) in rows]

    def near_words(self, word: str) -> list[str]:
        """Known words one typing slip away (two for long words), the most used first."""
        word = fold(word)
        slips = 1 if len(word) < 9 else 2
        if len(word) < 4 or any(c.isdigit() for c in word):
            return []
        rows = self._db.execute(
            "SELECT word, papers FROM words WHERE substr(word, 1, 1) = ? AND length(word) BETWEEN ? AND ?",
            (word[0], len(word) - slips, len(word) + slips),
        ).fetchall()
        near = [
            (d, -n, w)
            for w, n in rows
            if (d := _slips(word, w, slips)) <= slips and not _is_other_word(word, w)
        ]
        return [w for _, _, w in sorted(near)]

    def names_like(self, text: str, limit: int = 8) -> list[Entity]:
        """Entities whose names share the rarest words with a text, for suggestions."""
        wanted = [s for s in stems(text) if not is_filler(s)]
        scores: Counter[str] = Counter()
        for one in dict.fromkeys(wanted):
            like = "".join(c for c in one if c.isalnum())[: max(4, len(one) - 2)]
            if not like:
                continue
            rows = self._db.execute(
                "SELECT DISTINCT f.id FROM named JOIN forms f ON f.n = named.rowid "
                "WHERE named MATCH ? LIMIT 200",
                (f'"{like}"*',),
            ).fetchall()
            for (id_,) in rows:
                scores[id_] += 1.0 / (1 + len(rows))  # type: ignore[assignment]
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[: 4 * limit]
        entities = [entity for id_, _ in best if (entity := self.entity(id_)) is not None]
        entities.sort(key=lambda e: (-scores[e.id], -e.papers, len(e.name), e.id))
        return entities[:limit]

    def beginning_with(self, text: str, limit: int = 30) -> list[str]:
        """Names that begin with a text, the most used first: what a prompt completes to."""
        rows = self._db.execute(
            "SELECT name, papers FROM entities WHERE name >= ?1 COLLATE NOCASE "
            "AND name < ?1 || char(1114111) COLLATE NOCASE ORDER BY papers DESC, name LIMIT ?2",
            (text, limit),
        ).fetchall()
        return [name for name, _ in rows]

    def search(self, sequences: Sequence[tuple[str, ...]], limit: int = 20) -> list[str]:
        """Papers that have any of these phrases, best BM25 first."""
        phrases = [f'"{" ".join(s)}"' for s in sequences if s]
        if not phrases:
            return []
        try:
            rows = self._db.execute(
                "SELECT p.id FROM said JOIN papers p ON p.n = said.rowid WHERE said MATCH ? "
                "ORDER BY bm25(said), p.id LIMIT ?",
                (" OR ".join(phrases), limit),
            ).fetchall()
        except sqlite3.OperationalError:
            return []
        return [id_ for (id_,) in rows]

    def authors_like(self, text: str) -> list[Entity]:
        """Authors whose name ends or begins with these words (``Hinton``, ``G. Hinton``)."""
        return [e for e in self.named(form_key(text)) if e.label == "Author"]


def form_key(form: str) -> str:
    """What two spellings of one name have in common: their stems run together."""
    return "".join(stems(form))


def open_index(store: Store) -> Index:
    """The index of a store's graph, from the cache if it is there, else built (and kept if possible)."""
    manifest = store.manifest()
    path = _cache_file(store.uri, manifest)
    if path is not None and path.exists():
        try:
            connection = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False)
            return Index(connection)
        except sqlite3.DatabaseError:
            pass  # cut short by someone else; it is built again below
    if path is not None:
        try:
            return _build_file(store, path)
        except OSError:
            pass
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    build(connection, **_read(store))
    return Index(connection)


def build(
    connection: sqlite3.Connection,
    papers: Iterable[Mapping[str, Any]],
    entities: Iterable[Mapping[str, Any]],
    authors: Iterable[Mapping[str, Any]] = (),
    broader: Iterable[tuple[str, str]] = (),
    roles: Iterable[tuple[str, str, str]] = (),
) -> None:
    """Fill an empty database.

    ``papers`` have id, title, abstract, year, sentences; ``entities`` have id, kind, name, aliases, papers,
    ambiguous; ``authors`` id and name; ``broader`` pairs of ids; ``roles`` are (paper, entity, role).
    """
    connection.executescript(_TABLES)
    words: Counter[str] = Counter()
    written: Counter[str] = Counter()
    forms: list[tuple[str, str, str]] = []
    entities, roles = list(entities), list(roles)
    own = _own_names(entities, roles)
    rows = []
    for number, paper in enumerate(papers, start=1):
        units = _units(paper)
        text = f"{paper['title']}\n{paper['abstract'] or ''}"
        said = [(text[a:b], tokens(text[a:b])) for a, b in units]
        kept = "\n".join(" ".join(_telling(unit, words_)) for unit, words_ in said)
        rows.append(
            (
                number,
                paper["id"],
                paper["title"],
                paper["abstract"] or "",
                paper["year"],
                json.dumps(units),
                kept,
                json.dumps(own.get(paper["id"], [])),
            )
        )
        words.update({fold(token.text) for _, words_ in said for token in words_})
        written.update(set(_WRITTEN.findall(text.lower())))
        forms += [(form_key(form), paper["id"], form) for form in _names_of_paper(paper["title"])]
        connection.execute(
            "INSERT OR IGNORE INTO entities VALUES (?, 'Paper', ?, '[]', 1, 0)", (paper["id"], paper["title"])
        )
    connection.executemany("INSERT INTO papers VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    for entity in entities:
        aliases = [alias for alias in entity["aliases"] or [] if alias != entity["name"]]
        connection.execute(
            "INSERT OR IGNORE INTO entities VALUES (?, ?, ?, ?, ?, ?)",
            (
                entity["id"],
                entity["kind"],
                entity["name"],
                json.dumps(aliases),
                entity["papers"],
                entity["ambiguous"],
            ),
        )
        for form in {entity["name"], *aliases}:
            forms.append((form_key(form), entity["id"], form))
            words.update({fold(token.text) for token in tokens(form)})
    for author in authors:
        connection.execute(
            "INSERT OR IGNORE INTO entities VALUES (?, 'Author', ?, '[]', 1, 0)",
            (author["id"], author["name"]),
        )
        last = author["name"].split()[-1:]
        forms += [(form_key(form), author["id"], form) for form in {author["name"], *last}]
        words.update({fold(token.text) for token in tokens(author["name"])})
    connection.executemany(
        "INSERT INTO forms (key, id, form) VALUES (?, ?, ?)", sorted(f for f in forms if f[0])
    )
    connection.executemany("INSERT INTO broader VALUES (?, ?)", broader)
    connection.executemany("INSERT INTO roles VALUES (?, ?, ?)", roles)
    connection.executemany("INSERT INTO words VALUES (?, ?)", sorted(words.items()))
    connection.executemany(
        "INSERT INTO written VALUES (?, ?, ?)",
        ((one, word, papers_) for word, papers_ in written.items() for one in sorted(set(stems(word)))),
    )
    connection.executescript(_INDEXES)
    connection.commit()


def _own_names(
    entities: Iterable[Mapping[str, Any]], roles: Iterable[tuple[str, str, str]]
) -> dict[str, list[str]]:
    """For each paper the names, written as such, of what it introduces."""
    names = {}
    for entity in entities:
        forms = dict.fromkeys([entity["name"], *(entity["aliases"] or [])])
        one_word = (form for form in forms if " " not in form)
        names[entity["id"]] = [f for f in one_word if any(c.isupper() or c.isdigit() for c in f[1:])]
    own: dict[str, list[str]] = {}
    for paper, id_, role in roles:
        if role == "INTRODUCES" and names.get(id_):
            own.setdefault(paper, []).extend(names[id_])
    return own


def _telling(unit: str, words: Sequence[Token]) -> list[str]:
    """The stems of a sentence, without "code" and the like where it only says where they can be had."""
    found = [word.stem for word in words]
    if not _NOTICE.search(unit):
        return found
    notice = frozenset(stem(word) for word in vocabulary()["notice"])
    return [s for s in found if s not in notice]


def _names_of_paper(title: str) -> set[str]:
    """A title, and the name before its colon: ``YOLOv9: Learning What You Want to Learn``."""
    head, colon, rest = title.partition(":")
    return {title, head.strip()} if colon and rest and len(head.split()) <= 4 else {title}


def _units(paper: Mapping[str, Any]) -> list[tuple[int, int]]:
    title, abstract = paper["title"], paper["abstract"] or ""
    flat = list(paper.get("sentences") or [])
    spans = [(a, b) for a, b in zip(flat[::2], flat[1::2], strict=False) if a > len(title)]
    if not spans and abstract:
        at = len(title) + 1
        for sentence in _SENTENCE_END.split(abstract):
            start = f"{title}\n{abstract}".index(sentence, at)
            spans.append((start, start + len(sentence)))
            at = start + len(sentence)
    return [(0, len(title)), *spans]


def _read(store: Store) -> dict[str, Any]:
    def rows(cypher: str) -> list[dict[str, Any]]:
        return store.run(cypher, timeout=600.0, limit=100_000_000).rows

    papers = rows(
        "MATCH (p:Paper) WHERE p.title IS NOT NULL AND p.abstract IS NOT NULL RETURN p.id AS id, "
        "p.title AS title, p.abstract AS abstract, p.year AS year, p.sentences AS sentences ORDER BY id"
    )
    entities: list[dict[str, Any]] = []
    roles: list[tuple[str, str, str]] = []
    for label in ENTITY_TYPES:
        entities += rows(
            f"MATCH (e:{label}) RETURN e.id AS id, e.kind AS kind, e.name AS name, e.aliases AS aliases, "
            "e.papers AS papers, e.ambiguous AS ambiguous ORDER BY id"
        )
        for role in ("INTRODUCES", "USES", "COMPARES", "EVALUATES_ON", "MEASURES", "STUDIES", "MENTIONS"):
            found = rows(
                f"MATCH (p:Paper)-[:{role}]->(e:{label}) RETURN p.id AS paper, e.id AS entity "
                "ORDER BY paper, entity"
            )
            roles += [(row["paper"], row["entity"], role) for row in found]
    authors = rows("MATCH (a:Author) RETURN a.id AS id, a.name AS name ORDER BY id")
    broader = rows("MATCH (a)-[:BROADER]->(b) RETURN a.id AS narrow, b.id AS broad ORDER BY narrow, broad")
    return {
        "papers": papers,
        "entities": entities,
        "authors": authors,
        "broader": [(row["narrow"], row["broad"]) for row in broader],
        "roles": roles,
    }


def _build_file(store: Store, path: Path) -> Index:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        with closing(sqlite3.connect(name)) as connection:
            build(connection, **_read(store))
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    for old in path.parent.glob(f"{path.name.split('-')[0]}-*.sqlite"):
        if old != path:
            old.unlink(missing_ok=True)
    return Index(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True, check_same_thread=False))


def _cache_file(uri: str, manifest: Mapping[str, Any]) -> Path | None:
    """``<graph>-<what it holds>.sqlite`` in the cache directory; None for a graph without a manifest."""
    if not manifest:
        return None
    held = json.dumps([VERSION, dict(manifest)], sort_keys=True, default=str)
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "graphbuilder"
    return root / f"{_digest(uri)}-{_digest(held)}.sqlite"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _slips(a: str, b: str, most: int) -> int:
    """Optimal string alignment distance (insert, delete, replace, swap neighbours), at most ``most`` + 1."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        older, before, row = before, row, [i] + [0] * len(b)
        for j, y in enumerate(b, start=1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                row[j] = min(row[j], older[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def _is_other_word(typed: str, known: str) -> bool:
    """Whether a short word is more likely another word than a slip: a consonant replaced (curse, curve)."""
    if len(typed) != len(known) or len(typed) > 8:
        return False
    replaced = [(x, y) for x, y in zip(typed, known, strict=True) if x != y]
    return len(replaced) == 1 and not set(replaced[0]) <= set("aeiouy")
