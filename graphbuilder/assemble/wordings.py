"""Two wordings of one thing within one paper: "token mixing" and "token mixing module", "detecting X" and "X
detection".

Authors vary their words. Across papers such names may differ in substance; within one paper they are one
thing where they differ in a class word, in the form of a word or in their order alone, or where one is the
initials of the other. Words that make something else of a thing are kept: what does it ("classifier"), what
has been done to it ("pruned"), how much of it there is ("sparsity").
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations
from typing import NamedTuple

import snowballstemmer

from graphbuilder.assemble.ledger import Ledger, word_list
from graphbuilder.names import is_short_form, key, words
from graphbuilder.records import EntityType, PaperEntity, Statements

#: Initials of fewer letters fit by chance.
INITIALS = 3
#: So many names of a paper are compared, so that no input takes quadratic time.
MOST = 200
#: One letter may make another word of a shorter name.
_LONG = 8
#: Classes of last words (kinds "class ..." in heads.tsv), and those of two types alone.
_CLASSES = ("model", "way", "matter", "power", "part")
_CLASSES_OF: dict[EntityType, tuple[str, ...]] = {"Dataset": ("data",), "Metric": ("quantity",)}
#: Classes that make a method of a concept: "detection", if no method, and "detection methods" are two things.
_MADE = frozenset(("model", "way"))
#: A word of fewer letters has no ending to read.
_ENDING = 5
#: Kinds of names that are looked at further.
_PART, _SHORT = 1, 2
_BY_INITIALS = "its initials, within one paper"
_stemmer = snowballstemmer.stemmer("english")


class Skeleton(NamedTuple):
    """What two wordings of one thing share, and the class of the words that were left out ("" for none)."""

    text: str
    dropped: str


def wordings(
    statements: Mapping[str, Statements], ledger: Ledger, of: Callable[[str], str]
) -> Iterator[tuple[str, str, str]]:
    """Pairs of keys that some paper uses for one thing: (key, key of the usual wording, reason), in order.

    ``of`` gives the representative of a key. One of the two must stand in no paper without the other.
    """
    found: dict[tuple[str, str], str] = {}
    for paper in sorted(statements):
        for a, b, why in _pairs(paper, statements[paper].entities[:MOST], ledger):
            x, y = of(key(a)), of(key(b))
            if x != y and not (ledger.senses.get(x) or ledger.senses.get(y)):  # the ledger knows better
                found.setdefault((x, y), why)
    wanted = {k for pair in found for k in pair}
    papers: dict[str, set[str]] = defaultdict(set)
    for paper in sorted(statements):
        for entity in statements[paper].entities:
            k = of(key(entity.name))
            if k in wanted:
                papers[k].add(paper)
    for (x, y), why in sorted(found.items()):
        if papers[x] <= papers[y]:
            yield x, y, why
        elif papers[y] <= papers[x]:
            yield y, x, why


def _pairs(paper: str, entities: Sequence[PaperEntity], ledger: Ledger) -> Iterator[tuple[str, str, str]]:
    """Names of one paper that are one thing with the reason, the plainer one second."""
    first: dict[str, tuple[str, PaperEntity]] = {}
    near: dict[str, list[tuple[str, PaperEntity]]] = {}
    abbreviated, short, long = [], [], []
    for entity in entities:
        name = entity.name
        beginnings, kind = _signs(name, entity.type)
        forms = [(beginnings, name)]
        if kind & _PART:
            abbreviated.append(name)
            spelled = _spelled_out(name, paper, ledger)
            if spelled != name:
                forms.append((_signs(spelled, entity.type)[0], spelled))
        if kind & _SHORT and not ledger.senses.get(key(name)):
            short.append(name)
        if len(name) >= _LONG and name.isalpha():
            long.append(entity)
        for beginnings, form in forms:
            known = first.setdefault(beginnings, (form, entity))
            if known != (form, entity):
                near.setdefault(beginnings, [known]).append((form, entity))
    for names in near.values():
        yield from _alike(names)
    yield from _mistyped(long) if len(long) > 1 else ()
    yield from _initials(short, entities) if short else ()
    yield from _abbreviated(abbreviated, entities) if abbreviated else ()


def _alike(names: Sequence[tuple[str, PaperEntity]]) -> Iterator[tuple[str, str, str]]:
    """Names with one skeleton; given are the forms to read and the entities that they are of."""
    for (a, x), (b, y) in combinations(sorted(names, key=_plainness), 2):
        one, other = skeleton(a, x.type), skeleton(b, y.type)
        if one.text == other.text and _says_the_same(one.dropped, x.type, other.dropped, y.type):
            yield x.name, y.name, "two wordings within one paper"


def _says_the_same(a: str, a_type: EntityType, b: str, b_type: EntityType) -> bool:
    """Whether names of one skeleton are one thing, by the classes of the words left out."""
    left_out = {a, b} - {""}
    if not left_out.isdisjoint(_MADE) and not a_type == b_type == "Method":
        return False
    return len(left_out) < 2 and not (a == b == "part")


def _plainness(name: tuple[str, PaperEntity]) -> tuple[bool, int, str]:
    """Plainer names come later: no acronym in them, few words."""
    return not _has_short_part(name[1].name), -len(words(name[1].name)), name[1].name


def _mistyped(entities: Sequence[PaperEntity]) -> Iterator[tuple[str, str, str]]:
    """Long words one of which is the other with a letter mistyped, the one that is printed more second."""
    for x, y in combinations(sorted(entities, key=lambda e: (len(e.mentions), e.name)), 2):
        a, b = x.name.casefold(), y.name.casefold()
        if a[:2] == b[:2] and _one_slip(*sorted((a, b), key=len)):
            yield x.name, y.name, "one letter apart, within one paper"


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter too much in ``b`` or two exchanged, but for the end, make one word of the other."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        return a[at : at + 2] == b[at : at + 2][::-1] != b[at : at + 2] and a[at + 2 :] == b[at + 2 :]
    return len(b) - len(a) == 1 and at < len(a) and a[at:] == b[at + 1 :]


def _initials(short: Sequence[str], entities: Sequence[PaperEntity]) -> Iterator[tuple[str, str, str]]:
    """Short forms that nobody defines with the one name of their paper whose initials they are."""
    fits: dict[str, list[str]] = defaultdict(list)
    for entity in entities:
        parts = words(entity.name)
        if len(parts) >= INITIALS:
            fits["".join(part[0] for part in parts)].append(entity.name)
    for name in short:
        if len(fits[key(name)]) == 1:
            yield name, fits[key(name)][0], _BY_INITIALS


def _abbreviated(names: Sequence[str], entities: Sequence[PaperEntity]) -> Iterator[tuple[str, str, str]]:
    """Names that differ in initials of words alone: "multi-hop QA" and "multi-hop question answering"."""
    for name in names:
        short = words(name)
        for other in entities:
            full = words(other.name)
            if len(full) > len(short) and (full[0] == short[0] or full[-1] == short[-1]):
                at = next((i for i, (x, y) in enumerate(zip(short, full, strict=False)) if x != y), -1)
                rest = len(short) - at - 1
                initials = "".join(word[0] for word in full[at : len(full) - rest])
                if at >= 0 and initials == short[at] and full[len(full) - rest :] == short[at + 1 :]:
                    yield name, other.name, _BY_INITIALS


@lru_cache(maxsize=500_000)
def skeleton(name: str, type_: EntityType) -> Skeleton:
    """What is left of a name without class words and endings, its words but the last by the alphabet.

    >>> skeleton("detection of objects", "Concept") == skeleton("detecting objects", "Concept")
    True
    >>> skeleton("object detectors", "Method") == skeleton("object detection", "Method")
    False
    """
    parts, dropped = _stripped(name, type_)
    if len(parts) > 1:
        stems = [_stem(part) for part in parts]
        if word_list("turn").isdisjoint(words(name)):
            if parts[0].endswith("ing") and stems[0] != parts[0]:  # "detecting small objects"
                stems.append(stems.pop(0))
            stems[:-1] = sorted(stems[:-1])
        parts = stems
    return Skeleton(" ".join((type_ if type_ in _CLASSES_OF else "", *parts)), dropped)


@lru_cache(maxsize=500_000)
def _signs(name: str, type_: EntityType) -> tuple[str, int]:
    """The first letters of a skeleton's words, which cost less and without which no two are alike, and what
    kind of name it is: one with an acronym in it, a short form, both ("AD-PSGD"), or neither."""
    parts, _ = _stripped(name, type_)
    beginnings = " ".join(sorted(part[:2] for part in parts)) if len(parts) > 1 else parts[0]
    short = " " not in name and is_short_form(name) and len(key(name)) >= INITIALS
    return beginnings, _PART * _has_short_part(name) | _SHORT * short


def _stripped(name: str, type_: EntityType) -> tuple[list[str], str]:
    """The words of a name without class words behind, and the class of the outermost of those."""
    parts = _straight(words(name)) or [name]
    dropped = ""
    while len(parts) > 1 and parts[-2] != "based":
        group = _class_of(parts[-1], type_)
        if not group:
            break
        dropped = dropped or group
        parts.pop()
    return parts, dropped


def _straight(parts: Sequence[str]) -> list[str]:
    """The words of a name without those that link them: "object detection" for "detection of an object"."""
    link, article = word_list("link"), word_list("article")
    if link.isdisjoint(parts) and article.isdisjoint(parts):
        return list(parts)
    parts = [part for part in parts if part not in article]
    links = [i for i, part in enumerate(parts) if part in link]
    if len(links) == 1 and 0 < links[0] < len(parts) - 1:
        at = links[0]
        return [*parts[at + 1 :], *parts[:at]]
    return [part for part in parts if part not in link]


@cache
def _class_of(word: str, type_: EntityType) -> str:
    """The class of a last word that adds nothing to a name of this type; "" for any other word."""
    for group in (*_CLASSES, *_CLASSES_OF.get(type_, ())):
        if word in word_list(f"class {group}"):
            return group
    return ""


def _spelled_out(name: str, paper: str, ledger: Ledger) -> str:
    """A name with the acronyms in it spelled out as its paper defines them ("gloss-free SLT")."""
    parts = name.replace("-", " ").split()
    return " ".join((is_short_form(part) and ledger.spelled(key(part), paper)) or part for part in parts)


@lru_cache(maxsize=500_000)
def _has_short_part(name: str) -> bool:
    """Whether a name of several words has an acronym in it."""
    parts = name.replace("-", " ").split()
    return len(parts) > 1 and any(map(is_short_form, parts))


@cache
def _stem(word: str) -> str:
    """The stem of a word, apart from others of its stem where its ending makes another thing of it."""
    if word == "modeling" or word.endswith(("ity", "ness")):
        return word
    if len(word) > _ENDING and word.endswith(("er", "or")):
        return word
    stem = str(_stemmer.stemWord(word))
    return f"{stem}-ed" if len(word) >= _ENDING and word.endswith("ed") else stem
