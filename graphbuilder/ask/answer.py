"""What comes back for a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence of a paper: ``start`` and ``end`` are its offsets into title + newline + abstract.

    ``marks`` are the spans of the words that were asked for, relative to the sentence.
    """

    paper: str
    sentence: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that ``ask --json`` prints."""
        return {"paper": self.paper, "sentence": self.sentence, "start": self.start, "end": self.end}


def merged(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Each sentence once, with the marks of all."""
    marks: dict[Evidence, set[tuple[int, int]]] = {}
    for one in evidence:
        marks.setdefault(replace(one, marks=()), set()).update(one.marks)
    return tuple(replace(one, marks=apart(found)) for one, found in marks.items())


def apart(marks: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Spans in order, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@dataclass(frozen=True, slots=True)
class Found:
    """A paper, entity, value or row that answers; ``note`` says in words what is worth knowing of it.

    ``by`` says how it was found where that is not by the graph ("full text").
    """

    id: str
    name: str
    label: str
    score: float
    aliases: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    note: str = ""
    row: Mapping[str, Any] = field(default_factory=dict)
    by: str = ""

    def to_json(self) -> dict[str, Any]:
        """The object that ``ask --json`` prints."""
        shown: dict[str, Any] = {
            "id": self.id,
            "name": self.name,
            "label": self.label,
            "aliases": list(self.aliases),
            "score": round(self.score, 3),
            "evidence": [e.to_json() for e in self.evidence],
        }
        if self.note:
            shown["note"] = self.note
        if self.by:
            shown["by"] = self.by
        if self.row:
            shown["row"] = dict(self.row)
        return shown


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    ``answers`` is what the text plainly says, ``related`` the looser finds; ``understood`` says in words what
    was asked, ``unused`` lists the content words that played no part. ``query``, ``cypher`` and
    ``parameters`` are what was run; where a question puts several constraints, ``steps`` has them all.
    """

    question: str
    understood: str
    query: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    cypher: str = ""
    unused: tuple[str, ...] = ()
    answers: tuple[Found, ...] = ()
    related: tuple[Found, ...] = ()
    suggestions: tuple[str, ...] = ()
    steps: tuple[tuple[str, str, Mapping[str, Any]], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The object that ``ask --json`` prints."""
        return {
            "question": self.question,
            "understood": self.understood,
            "query": self.query,
            "parameters": dict(self.parameters),
            "cypher": self.cypher,
            "unused": list(self.unused),
            "answers": [found.to_json() for found in self.answers],
            "related": [found.to_json() for found in self.related],
            "suggestions": list(self.suggestions),
        }

    def _repr_html_(self) -> str:
        """What a notebook shows: what was understood, and each answer with its sentences."""
        items = "".join(
            f"<li><b>{escape(found.name)}</b>{''.join(map(_html, found.evidence))}</li>"
            for found in self.answers
        )
        return f"<p>{escape(self.understood)}</p><ul>{items or '<li>nothing found</li>'}</ul>"


def _html(evidence: Evidence) -> str:
    """A sentence with the words that were asked for marked."""
    parts, at = [], 0
    for start, end in evidence.marks:
        parts += [escape(evidence.sentence[at:start]), f"<mark>{escape(evidence.sentence[start:end])}</mark>"]
        at = end
    return f"<br><small>{''.join(parts)}{escape(evidence.sentence[at:])}</small>"
