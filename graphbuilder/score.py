"""Scores what the extractor says of papers against what careful readers wrote down for them.

Both sides are JSON objects, one a paper, as ``graphbuilder extract`` prints them (offsets and confidences are
not looked at); papers are paired by title. An entity is found when one of its forms folds to one of the
reader's forms; every entity of the reader is found at most once. Entities that the reader says are named
in passing (role ``mentions``) are neither asked for nor held against the extractor.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from graphbuilder.errors import GraphbuilderError
from graphbuilder.names import key
from graphbuilder.records import ENTITY_TYPES

Facts = Mapping[str, Any]

#: What is scored, in the order of the table.
MEASURES = (
    "entities, typed",
    "entities, untyped",
    *ENTITY_TYPES,
    "typed with role",
    "introduces",
    "used_for",
    "results",
)


class Figures(NamedTuple):
    """Precision, recall and F1 (0..1), and how many the readers wrote down."""

    precision: float
    recall: float
    f1: float
    gold: int


def score(gold: Iterable[Facts], predicted: Iterable[Facts]) -> dict[str, Figures]:
    """The figures for each of :data:`MEASURES`; a paper that is not predicted says nothing."""
    predictions = {key(row["title"]): row for row in predicted}
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for row in gold:
        _paper(row, predictions.get(key(row["title"]), {}), right, said, asked)
    return {name: _figures(right[name], said[name], asked[name]) for name in MEASURES}


def read(path: str | Path) -> list[dict[str, Any]]:
    """The annotated papers of a JSON Lines file; raises :class:`GraphbuilderError` at a fault."""
    rows = []
    with Path(path).open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                row["title"], [(e["name"], e["type"], e["role"]) for e in row["entities"]]
            except (ValueError, KeyError, TypeError) as error:
                raise GraphbuilderError(
                    f"{path}:{number}: no annotated paper (title, entities with name, type, role): {error}"
                ) from error
            rows.append(row)
    return rows


def extracted(
    gold: Iterable[Facts], *, model: str | None = None, min_confidence: float = 0.0
) -> list[dict[str, Any]]:
    """What the extractor says of the papers of a gold file, read from their titles and abstracts."""
    from graphbuilder.extract import extract
    from graphbuilder.records import Paper

    papers = [
        Paper(id=str(i), title=row["title"], abstract=row.get("abstract", "")) for i, row in enumerate(gold)
    ]
    return [s.to_json() for s in extract(papers, model=model, min_confidence=min_confidence)]


def _paper(
    gold: Facts, said: Facts, right: Counter[str], predicted: Counter[str], asked: Counter[str]
) -> None:
    wanted, found = gold["entities"], said.get("entities", [])
    paired = _pair(wanted, found)
    passing = {i for i, entity in enumerate(wanted) if entity["role"] == "mentions"}
    partner = {j: i for i, j in paired.items()}
    for i, entity in enumerate(wanted):
        if i not in passing:
            asked.update(("entities, typed", "entities, untyped", "typed with role", entity["type"]))
        asked["introduces"] += entity["role"] == "introduces"
    for j, entity in enumerate(found):
        if partner.get(j) not in passing:
            predicted.update(("entities, typed", "entities, untyped", "typed with role", entity["type"]))
        predicted["introduces"] += entity["role"] == "introduces"
    for i, j in paired.items():
        one, other = wanted[i], found[j]
        if i not in passing:
            same = one["type"] == other["type"]
            right["entities, untyped"] += 1
            right["entities, typed"] += same
            right[one["type"]] += same
            right["typed with role"] += same and one["role"] == other["role"]
        right["introduces"] += one["role"] == other["role"] == "introduces"
    ours = _pairs(gold, {i: i for i in range(len(wanted))})
    theirs = _pairs(said, {j: partner.get(j, -1 - j) for j in range(len(found))})
    for name, a, b in (("used_for", ours, theirs), ("results", _results(gold), _results(said))):
        asked[name] += len(a)
        predicted[name] += len(b)
        right[name] += len(a & b)


def _pair(wanted: list[Facts], found: list[Facts]) -> dict[int, int]:
    """Index of a wanted entity to index of the found one that shares a form with it, same type first."""
    of_form: dict[str, list[int]] = {}
    for i, entity in enumerate(wanted):
        for form in _forms(entity):
            of_form.setdefault(form, []).append(i)
    paired: dict[int, int] = {}
    for j, entity in enumerate(found):
        hits = {i for form in _forms(entity) for i in of_form.get(form, ())} - paired.keys()
        if hits:
            paired[min(hits, key=lambda i: (wanted[i]["type"] != entity["type"], i))] = j
    return paired


def _forms(entity: Facts) -> set[str]:
    return {form for form in map(key, (entity["name"], *entity.get("aliases", ()))) if form}


def _pairs(facts: Facts, number: Mapping[int, int]) -> set[tuple[object, object]]:
    """Used-for pairs, each entity as its number; a name that is no entity stands for itself."""
    of_form: dict[str, object] = {}
    for i, entity in enumerate(facts.get("entities", ())):
        for form in _forms(entity):
            of_form.setdefault(form, number[i])
    return {(of_form.get(key(a), a), of_form.get(key(b), b)) for a, b in facts.get("used_for", ())}


def _results(facts: Facts) -> set[tuple[str, str]]:
    """Results, each as the digits of its value and its folded metric."""
    values = ((re.sub(r"[^0-9.]", "", str(r["value"])).strip("."), r) for r in facts.get("results", ()))
    return {(digits, key(r["metric"])) for digits, r in values if digits}


def _figures(right: int, said: int, asked: int) -> Figures:
    precision = right / said if said else 0.0
    recall = right / asked if asked else 0.0
    f1 = 2 * right / (said + asked) if said + asked else 0.0
    return Figures(precision, recall, f1, asked)
