"""Annotated papers as the extractor's own records, for the training commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graphbuilder.extract.mentions import Words
from graphbuilder.names import key
from graphbuilder.records import PaperEntity, Statements


@dataclass
class Annotated:
    """A paper's text with entities, and what the gold says of them, by their index and by their keys."""

    title: str
    abstract: str
    entities: list[PaperEntity]
    pairs: set[tuple[int, int]]  # (user, purpose), of those whose entities are both there
    all_pairs: int
    results: set[tuple[str, str]]  # (digits of the value, key of the metric)

    @property
    def text(self) -> str:
        """What the offsets point into."""
        return f"{self.title}\n{self.abstract}"


def read(path: str, predicted: str | None = None) -> Iterator[Annotated]:
    """The papers of a gold file with the annotated entities, or with those of ``predicted``.

    ``predicted`` is the output of ``graphbuilder extract`` on the same papers (found by id), best made by a
    model that has not seen them, so that what is trained on it knows how entities look when they are found.
    """
    found: dict[str, Statements] = {}
    if predicted:
        with Path(predicted).open(encoding="utf-8") as lines:
            found = {s.id: s for s in map(Statements.from_json, map(json.loads, lines))}
    with Path(path).open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = f"{row['title']}\n{row['abstract']}"
            entities = list(found[row["id"]].entities) if predicted else annotated(row, text)
            gold_of = matches(row["entities"], entities)
            names = {e["name"]: i for i, e in enumerate(row["entities"])}
            gold = {(names[a], names[b]) for a, b in row["used_for"] if a in names and b in names}
            pairs = {
                (i, j) for i, a in gold_of.items() for j, b in gold_of.items() if i != j and (a, b) in gold
            }
            results = {(digits(r["value"]), key(r["metric"])) for r in row["results"] if digits(r["value"])}
            yield Annotated(row["title"], row["abstract"], entities, pairs, len(gold), results)


def annotated(row: dict[str, Any], text: str) -> list[PaperEntity]:
    """The annotated entities with their places; a place inside a longer name belongs to the longer one."""
    words = Words(text)
    claimed = set()
    for i, e in enumerate(row["entities"]):
        for form in (e["name"], *e["aliases"]):
            at = text.lower().find(form.lower())
            spans = words.find(form) or ([(at, at + len(form))] if at >= 0 else [])
            claimed |= {(start, -end, i) for start, end in spans}
    places: dict[int, list[tuple[int, int]]] = {}
    reach = -1
    for start, end, i in sorted(claimed):
        if -end > reach:
            places.setdefault(i, []).append((start, -end))
            reach = -end
    return [
        PaperEntity(e["name"], e["type"], e["role"], 1.0, tuple(places[i]), tuple(e["aliases"]))
        for i, e in enumerate(row["entities"])
        if i in places
    ]


def matches(gold: list[dict[str, Any]], entities: list[PaperEntity]) -> dict[int, int]:
    """For each entity that shares a form with a gold one: its index and that one's; each is used once."""
    by_form: dict[str, list[int]] = {}
    for i, e in enumerate(gold):
        for form in {key(f) for f in (e["name"], *e["aliases"])}:
            by_form.setdefault(form, []).append(i)
    taken: set[int] = set()
    found = {}
    for j, entity in enumerate(entities):
        hits = {i for f in (entity.name, *entity.aliases) for i in by_form.get(key(f), ())} - taken
        if hits:
            found[j] = min(hits, key=lambda i: (gold[i]["type"] != entity.type, i))
            taken.add(found[j])
    return found


def digits(value: str) -> str:
    """What is compared of a printed value."""
    return re.sub(r"[^0-9.]", "", value).strip(".")
