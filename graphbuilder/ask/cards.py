"""Cards: what the graph knows of one thing, and why two things are connected, sentence by sentence."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphbuilder.ask.answer import Evidence, merged
from graphbuilder.ask.index import Entity
from graphbuilder.errors import GraphbuilderError

if TYPE_CHECKING:
    from graphbuilder.ask.asker import Asker

#: Roles in the order in which a card shows them.
ROLES = ("INTRODUCES", "USES", "STUDIES", "COMPARES", "EVALUATES_ON", "MEASURES", "MENTIONS")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a card: a name beside this one, in a role, and the sentence that says so."""

    id: str
    name: str
    label: str
    role: str
    evidence: Evidence | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What the graph holds of a paper or an entity; ``facts`` are its plain properties."""

    entity: Entity
    facts: dict[str, Any]
    lines: tuple[Line, ...] = ()
    others: tuple[Entity, ...] = field(default=())

    def to_json(self) -> dict[str, Any]:
        """The object that ``show --json`` prints."""
        return {
            "id": self.entity.id,
            "name": self.entity.name,
            "label": self.entity.label,
            "aliases": list(self.entity.aliases),
            **{k: v for k, v in self.facts.items() if v not in (None, "", [])},
            "lines": [
                {
                    "role": line.role,
                    "id": line.id,
                    "name": line.name,
                    "label": line.label,
                    "note": line.note,
                    "evidence": line.evidence.to_json() if line.evidence else None,
                }
                for line in self.lines
            ],
        }


def card(asker: Asker, name: str) -> Card:
    """The card of what a name stands for.

    Raises
    ------
    GraphbuilderError
        If nothing has that name; the message offers the nearest names.
    """
    found = _find(asker, name)
    best = found[0]
    return (
        _paper_card(asker, best, found[1:]) if best.label == "Paper" else _entity_card(asker, best, found[1:])
    )


def why(asker: Asker, a: str, b: str) -> list[tuple[str, tuple[Evidence, ...]]]:
    """What connects two names: lines in words, nearest first, each with its sentences.

    Raises
    ------
    GraphbuilderError
        If one of the names is unknown, or nothing connects them.
    """
    one, two = _find(asker, a)[0], _find(asker, b)[0]
    if one.label == "Paper" and two.label == "Paper":
        lines = _between_papers(asker, one, two)
    elif "Paper" in (one.label, two.label):
        paper, entity = (one, two) if one.label == "Paper" else (two, one)
        rows = asker.rows("entities-of-paper", paper=[paper.id])
        lines = [
            (f"{paper.name} {_spoken(row['role'])} {entity.name}", asker.sentence(row))
            for row in rows
            if row["entity"] == entity.id
        ]
    else:
        lines = []
        for row in asker.rows("uses-of-entity", thing=[one.id]):
            if two.id in (row["user_id"], row["purpose_id"]):
                lines.append((f"{row['user']} is used for {row['purpose']}", asker.sentence(row)))
        for row in asker.rows("broader-and-narrower", thing=[one.id]):
            if two.name in (row["narrow"], row["broad"]):
                lines.append((f"{row['narrow']} is a kind of {row['broad']} ({row['reason']})", ()))
        found, _ = asker.connection([one.id], [two.id])
        lines += [(f.name, f.evidence) for f in found]
    if not lines:
        raise GraphbuilderError(f"nothing in the graph connects {one.name!r} and {two.name!r}")
    return lines


def _find(asker: Asker, name: str) -> list[Entity]:
    phrase = asker.linker.link(name)
    found = list(phrase.entities)
    for paper in asker.papers_named(name):
        known = asker.index.entity(paper)
        if known is not None and known not in found:
            found.append(known)
    found += [e for e in asker.index.authors_like(name) if e not in found]
    if not found:
        near = asker.index.names_like(name, 4)
        offer = f"; the nearest names: {', '.join(e.name for e in near)}" if near else ""
        raise GraphbuilderError(f"nothing is called {name!r} in the graph{offer}")
    return found


def _paper_card(asker: Asker, paper: Entity, others: list[Entity]) -> Card:
    rows = asker.store.run(
        "MATCH (p:Paper) WHERE p.id = $id RETURN p.year AS year, p.date AS date, p.venue AS venue, "
        "p.url AS url, "
        "p.doi AS doi, p.arxiv_id AS arxiv_id, p.sources AS sources, p.abstract AS abstract",
        {"id": paper.id},
    ).rows
    authors = asker.rows("authors-of-paper", paper=[paper.id])
    facts = {"authors": [row["name"] for row in authors], **(rows[0] if rows else {})}
    lines = [
        Line(row["entity"], row["name"], row["label"], row["role"], _first(asker.sentence(row)))
        for row in asker.rows("entities-of-paper", paper=[paper.id])
    ]
    related = asker.rows("papers-related-to-paper", paper=[paper.id], papers=[], since=0, until=9999)
    for row in sorted(related, key=lambda row: (-row["score"], row["paper"]))[:5]:
        shared = ", ".join(row["shared"] or [])
        lines.append(Line(row["paper"], row["title"], "Paper", "RELATED", None, f"shares {shared}"))
    return Card(paper, facts, tuple(_in_order(lines)), tuple(others))


def _entity_card(asker: Asker, entity: Entity, others: list[Entity]) -> Card:
    if entity.label == "Author":
        rows = asker.rows("papers-by-author", author=[entity.id], since=0, until=9999)
        lines = [Line(row["paper"], row["title"], "Paper", "WROTE") for row in rows]
        return Card(entity, {"papers": len(rows)}, tuple(lines), tuple(others))
    lines = [
        Line(row["paper"], row["title"], "Paper", row["role"], _first(asker.sentence(row)))
        for row in asker.rows("papers-of-entity", thing=[entity.id])
    ]
    around = defaultdict(list)
    for row in asker.rows("broader-and-narrower", thing=[entity.id]):
        above = row["narrow"] == entity.name
        around["broader" if above else "narrower"].append(row["broad"] if above else row["narrow"])
    for row in asker.rows("uses-of-entity", thing=[entity.id]):
        forward = row["user_id"] == entity.id
        around["used for" if forward else "done with"].append(row["purpose"] if forward else row["user"])
    facts = {"papers": entity.papers, **{k: list(dict.fromkeys(v)) for k, v in around.items()}}
    return Card(entity, facts, tuple(_in_order(lines)), tuple(others))


def _between_papers(asker: Asker, one: Entity, two: Entity) -> list[tuple[str, tuple[Evidence, ...]]]:
    lines: list[tuple[str, tuple[Evidence, ...]]] = []
    for citing, cited in ((one, two), (two, one)):
        for row in asker.rows("papers-citing", paper=[cited.id], since=0, until=9999):
            if row["paper"] == citing.id:
                lines.append((f"{citing.name} cites {cited.name}", asker.sentence(row)))
    named: dict[str, dict[str, Any]] = {}
    for row in asker.rows("entities-of-paper", paper=[one.id]):
        named.setdefault(row["entity"], row)
    for row in asker.rows("entities-of-paper", paper=[two.id]):
        first = named.pop(row["entity"], None)
        if first is not None:
            each = f"{one.name} {_spoken(first['role'])} it, {two.name} {_spoken(row['role'])} it"
            said = f"both name {row['name']}: {each}"
            lines.append((said, merged([*asker.sentence(first), *asker.sentence(row)])))
    return lines


def _in_order(lines: list[Line]) -> list[Line]:
    order = {role: number for number, role in enumerate(ROLES)}
    return sorted(lines, key=lambda line: order.get(line.role, len(order)))


def _first(evidence: tuple[Evidence, ...]) -> Evidence | None:
    return evidence[0] if evidence else None


def _spoken(role: str) -> str:
    return {"EVALUATES_ON": "is evaluated on", "COMPARES": "compares with"}.get(role, role.lower())
