"""Names that share their last word: "structured and unstructured pruning" names two things.

The text prints "unstructured pruning" alone; the place of "structured pruning" is the whole phrase. A phrase
is only read so where the first word needs the shared one: it is an adjective, it ends in a hyphen ("low- and
high-resource languages"), it is the other's counterpart ("intra-modal and cross-modal"), or the text prints
the full name elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graphbuilder.extract.lexicon import listed
from graphbuilder.extract.mentions import key_of
from graphbuilder.records import PaperEntity, Span

_FIRST = re.compile(r"(?<![\w-])([^\W\d_](?:[^\W_]|-){2,30}) (?:and|or|&|as well as) \Z")
_WHOLE = re.compile(r"([^\W\d_](?:[^\W_]|-){2,30}) (?:and|or|&|as well as) (\S.*)\Z")
_ADJECTIVE = re.compile(r".{2}(?:al|ic|ive|ous|ar|ary|ed|less|ful|ible|able)\Z")
#: Nouns that end like an adjective.
_NOUNS = listed("coordination")
#: How much less sure than its counterpart a name is that is only printed in part.
_DISCOUNT = 0.8


def expand(text: str, entities: Sequence[PaperEntity]) -> tuple[PaperEntity, ...]:
    """The entities with each coordinated phrase read as two names; every mention is still a printed span."""
    by_key = {key_of(form): i for i, e in enumerate(entities) for form in (e.name, *e.aliases)}
    found = list(entities)
    for i, entity in enumerate(entities):
        for start, end in entity.mentions:
            parts = _parts(text, start, end)
            if not parts:
                continue
            first, second, whole = parts
            name = _elided(first, second)
            key = key_of(name)
            known = by_key.get(key)
            if known == i or (known is None and not _needs_head(first, second)):
                continue
            if whole == (start, end):
                found[i] = _renamed(text, found[i], whole, second)
            if known is not None:
                merged = {*found[known].mentions, whole}
                found[known] = replace(found[known], mentions=tuple(sorted(merged)))
            else:
                by_key[key] = len(found)
                confidence = round(entity.confidence * _DISCOUNT, 4)
                found.append(replace(entity, name=name, aliases=(), mentions=(whole,), confidence=confidence))
    return tuple(sorted(found, key=lambda e: (e.mentions, e.name)))


def _parts(text: str, start: int, end: int) -> tuple[str, str, Span] | None:
    """First word, second name and span of the phrase that a mention is, or is the last part of."""
    surface = text[start:end]
    whole = _WHOLE.match(surface)
    if whole and " " in whole[2].strip() and " and " not in whole[2]:
        return whole[1], whole[2], (start, end)
    if " " not in surface or whole:
        return None
    before = _FIRST.search(text, max(0, start - 45), start)
    return (before[1], surface, (before.start(), end)) if before else None


def _elided(first: str, second: str) -> str:
    head, *rest = second.split()
    if first.endswith("-"):
        return " ".join([first + head.rpartition("-")[2], *rest])
    return f"{first} {rest[-1]}"


def _needs_head(first: str, second: str) -> bool:
    a, (b, *rest) = first.lower(), second.lower().split()
    if a == b or len(rest) > 2:
        return False
    if a.endswith("-"):
        return "-" in b
    if a.endswith(b) or b.endswith(a) or ("-" in a and a.rpartition("-")[2] == b.rpartition("-")[2]):
        return True
    return bool(_ADJECTIVE.match(a)) and bool(_ADJECTIVE.match(b)) and a not in _NOUNS and b not in _NOUNS


def _renamed(text: str, entity: PaperEntity, whole: Span, second: str) -> PaperEntity:
    """The entity of a whole phrase as that of its second name, whose place is its own printed words."""
    place = (whole[1] - len(second), whole[1])
    mentions = tuple(sorted({m for m in entity.mentions if m != whole} | {place}))
    forms = dict.fromkeys(text[a:b] for a, b in mentions)
    name = entity.name if entity.name in forms else second
    return replace(entity, name=name, aliases=tuple(f for f in forms if f != name), mentions=mentions)
