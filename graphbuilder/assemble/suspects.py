"""Suspected duplicates: pairs of entities that may be one thing, for a person to judge."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from graphbuilder.names import is_short_form, key, words
from graphbuilder.records import Row

#: A likeness that more entities than this share says nothing.
CROWD = 6


def suspects(entities: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Pairs (name, other name, reason), in order. ``entities`` are rows with ``id``, ``name``, ``aliases``.

    Each entity is filed under what it shares with its like (its words sorted, its letters less one, its short
    form), so the cost grows with the entities and not with their pairs.
    """
    entities = sorted(entities, key=lambda e: str(e["id"]))
    undecided = {key(e["name"]) for e in entities if is_short_form(e["name"])}
    files: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entity in entities:
        for filed in dict.fromkeys(_likenesses(entity, undecided)):
            files[filed].append(entity["name"])
    pairs: dict[tuple[str, str], str] = {}
    for (reason, _), names in sorted(files.items()):
        if 1 < len(names) <= CROWD:
            for pair in _pairs(names):
                pairs.setdefault(pair, reason)
    return sorted((a, b, reason) for (a, b), reason in pairs.items())


def _likenesses(entity: Row, undecided: Set[str]) -> Iterator[tuple[str, str]]:
    name = entity["name"]
    folded = words(name)
    if len(folded) > 1:
        yield "the same words in another order", " ".join(sorted(folded))
        yield "words that begin alike", " ".join(w[:5] for w in folded)
    whole = "".join(folded)
    if len(whole) > 7 and not any(c.isdigit() for c in whole):
        for at in range(len(whole)):
            yield "one letter apart", whole[:at] + whole[at + 1 :]
    for form in (name, *entity["aliases"]):
        if key(form) in undecided:
            yield "one short form", key(form)
    if "~" in entity["id"]:
        yield "one name, introduced by two papers", key(name)


def _pairs(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    for at, name in enumerate(names):
        for other in names[at + 1 :]:
            yield name, other
