"""Mentions, and how those of one thing in a paper become one entity.

A finder (patterns, a trained tagger) gives :class:`Mention` spans; :func:`group` puts together the forms
that mean one thing, and finds every further place where the text prints one of them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from graphbuilder.records import Definition, EntityType, PaperEntity, Role, Span


class Mention(NamedTuple):
    """A span of the text with what a finder takes it for, and how sure it is (0..1).

    Mentions with the same ``thing`` are one entity; without it their folded forms decide.
    """

    start: int
    end: int
    type: EntityType
    role: Role
    confidence: float
    thing: tuple[str, ...] = ()


Key = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+(?:\.\d+)*[+#]{0,2}")
_GAPS = frozenset(
    ("", " ", "-", "\n", "‐", "‑", "–", "/", "_", "'", "’", " - ", "{", "}", "\\", "^", "&", " & ")
)
#: Where the finders disagree with equal weight, the more telling role wins.
_RANK = {
    "introduces": 6,
    "evaluates_on": 5,
    "compares": 4,
    "measures": 3,
    "uses": 2,
    "studies": 1,
    "mentions": 0,
}


class Words:
    """The words of a text with their folded forms, to look up every place of a form in linear time."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = [m.span() for m in _WORD.finditer(text)]
        self.folded = [_fold(text[a:b]) for a, b in self.spans]
        self.places: dict[str, list[int]] = defaultdict(list)
        for i, word in enumerate(self.folded):
            self.places[word].append(i)
        self._found: dict[str, list[Span]] = {}

    def find(self, form: str) -> list[Span]:
        """Every place of a form, in any letter case, hyphenation and plural; short forms with their case."""
        found = self._found.get(form)
        if found is None:
            found = self._found[form] = list(self._find(form))
        return found

    def _find(self, form: str) -> Iterator[Span]:
        key = key_of(form)
        if not key or key[0] not in self.places:
            return
        more = len(key) - 1
        printed = (form, form + "s", form.removesuffix("s")) if is_short(form) else None
        for i in self.places[key[0]]:
            if more and (tuple(self.folded[i : i + more + 1]) != key or not self._joined(i, i + more)):
                continue
            start, end = self.spans[i][0], self.spans[i + more][1]
            if printed is None or self.text[start:end] in printed:
                yield start, end

    def _joined(self, first: int, last: int) -> bool:
        """Whether nothing but a blank, a hyphen or the like stands between words."""
        spans = self.spans
        return all(self.text[spans[i][1] : spans[i + 1][0]] in _GAPS for i in range(first, last))


@lru_cache(maxsize=1 << 16)
def key_of(form: str) -> Key:
    """The words of a form folded: letter case, hyphens, accents and a plural s aside."""
    return tuple(_fold(word) for word in _WORD.findall(form))


def is_short(form: str) -> bool:
    """Whether a form is so short and capital that its letter case is what makes it a name."""
    return len(form) <= 6 and " " not in form and sum(c.isupper() for c in form) * 2 >= len(form)


def group(
    text: str, mentions: Iterable[Mention], definitions: Sequence[Definition] = (), words: Words | None = None
) -> tuple[PaperEntity, ...]:
    """One entity for each thing mentioned, in the order of its first place.

    Mentions whose forms fold to the same words, or which the text itself defines as short and long form of
    one another, are one entity. Its name is the fullest form printed; its type and role are what most of
    its mentions say, weighted by confidence; its confidence is that of its surest mention.
    """
    words = words or Words(text)
    same: dict[Key, Key] = {}
    for definition in definitions:
        long, short = key_of(definition.long), key_of(definition.short)
        if long and short:
            same.setdefault(short, long)
    clusters: dict[Key, list[Mention]] = defaultdict(list)
    for mention in mentions:
        key = key_of(text[mention.start : mention.end])
        if key:
            clusters[mention.thing or same.get(key, key)].append(mention)
    defined: dict[Key, list[str]] = defaultdict(list)
    for definition in definitions:
        short, long = key_of(definition.short), key_of(definition.long)
        if same.get(short) == long:
            defined[long] += [definition.long, definition.short]

    places: dict[Key, dict[Span, None]] = {}
    claimed: list[tuple[int, int, Key]] = []
    for key, cluster in clusters.items():
        forms = dict.fromkeys([*(text[m.start : m.end] for m in cluster), *defined[key]])
        spans = {span for form in forms for span in words.find(form)}
        spans |= {(m.start, m.end) for m in cluster}
        claimed += [(start, end, key) for start, end in spans]
    # a place inside a longer name belongs to the longer one
    claimed.sort(key=lambda c: (c[0], -c[1]))
    reach = -1
    for start, end, key in claimed:
        if end > reach:
            places.setdefault(key, {})[start, end] = None
            reach = end
    entities = [_entity(text, clusters[key], tuple(spans), defined[key]) for key, spans in places.items()]
    return tuple(sorted(entities, key=lambda e: (e.mentions, e.name)))


def _entity(
    text: str, cluster: Sequence[Mention], spans: tuple[Span, ...], defined: Sequence[str]
) -> PaperEntity:
    types: dict[EntityType, float] = defaultdict(float)
    roles: dict[Role, float] = defaultdict(float)
    for mention in cluster:
        types[mention.type] += mention.confidence
        roles[mention.role] += mention.confidence
    forms: dict[str, int] = defaultdict(int)
    for start, end in spans:
        forms[text[start:end]] += 1
    long = next((form for form in defined if form in forms), None)
    # the fullest form: the one with most words and letters; of those that only differ in case, the commonest
    name = long or max(forms, key=lambda f: (len(key_of(f)), sum(map(len, key_of(f))), forms[f], f))
    return PaperEntity(
        name=name,
        type=max(types, key=lambda t: (types[t], t)),
        role=max(roles, key=lambda r: (roles[r], _RANK[r])),
        confidence=round(max(m.confidence for m in cluster), 4),
        mentions=spans,
        aliases=tuple(form for form in forms if form != name),
    )


@lru_cache(maxsize=1 << 16)
def _fold(word: str) -> str:
    word = word.lower()
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
