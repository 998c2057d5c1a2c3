"""Datasets that a sentence plainly calls so: "the OVIS and VIPSeg datasets", "two benchmarks (X and Y)".

The graph's own Dataset edges come first; this reads what a clause says where the extractor drew none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from graphbuilder.ask.evidence import SAID, own_name, support
from graphbuilder.ask.index import Index, Text, form_key
from graphbuilder.ask.language import vocabulary
from graphbuilder.ask.linking import Linker

_WORD = re.compile(r"[\w'’]+(?:[-./+][\w'’+]+)*[+!]*|[,():;&/]")
#: In front of "dataset" three capitals are the task more often than the name (MT, ITR, ASR datasets).
_ACRONYM = re.compile(r"[A-Z]{1,3}|\d+[KMB]")
#: "99.2% (FF++) and 100.0% (CelebDF-v2)"
_BESIDE_FIGURE = re.compile(r"\d\\?%? \(([A-Z][\w-]+[+]*)\)")
#: What belongs to a name in front of it.
_IN_ONE = re.compile(r"[\w/^{}+-]*[\w}]")
_REFERENCE = re.compile(r"(?:fig(?:ure)?|tab(?:le)?|section|sec|appendix|equation|eq)\b", re.I)
_JOINS = (",", "and", "&", "/", "or")
_NEW = re.compile(
    r"\b(introduc|present|propos|collect|creat|build|built|construct|contribut|releas|curat)\w*\b", re.I
)


class Listed(NamedTuple):
    """A name in a unit of a paper, by its offsets there; ``new`` if the sentence introduces it."""

    name: str
    unit: int
    start: int
    end: int
    new: bool


def listed_datasets(text: Text, index: Index) -> list[Listed]:
    """The datasets that a paper's sentences name beside the word for what they are, in order, each once."""
    found: dict[str, Listed] = {}
    for unit in range(1, len(text.units)):
        printed = text.unit(unit)
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(printed)]
        for match in _BESIDE_FIGURE.finditer(printed):
            if _is_name(match[1]) and not _is_other(match[1], index):
                found.setdefault(match[1], Listed(match[1], unit, *match.span(1), False))
        for first, last in _names(words):
            start, end = words[first][1], words[last - 1][2]
            name = printed[start:end]
            new = _NEW.search(printed[:start]) is not None
            own = (name in text.own and _is_method(name, index)) or (name == own_name(text) and not new)
            if not _ACRONYM.fullmatch(name) and not own:
                found.setdefault(name, Listed(name, unit, start, end, new))
    return list(found.values())


def printed_whole(sentence: str, start: int, end: int) -> str:
    """A name at these offsets with all that is printed in one with it: WSJ0-2/3mix, LaSOT_{ext}."""
    behind = _IN_ONE.match(sentence, end)
    return sentence[start : end if behind is None else behind.end()]


def is_reference(name: str) -> bool:
    """Whether a name points at a place in the paper ("Figure 1")."""
    return _REFERENCE.match(name) is not None


def is_place(sentence: str, start: int, end: int) -> bool:
    """Whether the name at these offsets is an institution, or says where one is: "Owl Hospital, Oslo"."""
    name = sentence[start:end]
    if _institution().search(name) and not set(map(str.casefold, name.split())) & _listed("nouns"):
        return True
    if not all(word.istitle() for word in name.split()):
        return False
    before = _institution().search(sentence, 0, start)
    return before is not None and before["behind"] is not None


def known_datasets(text: Text, index: Index, linker: Linker) -> list[Listed]:
    """The datasets that other papers name, where this paper's sentences say that it is tried on them."""
    found: dict[str, Listed] = {}
    for unit in range(1, len(text.units)):
        printed = text.unit(unit)
        words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(printed)]
        at = 0
        while at < len(words):
            for last in range(min(len(words), at + 4), at, -1):
                name = printed[words[at][1] : words[last - 1][2]]
                if not (all(_is_name(w) for w, _, _ in words[at:last]) and _is_known(name, index)):
                    continue
                if support(text, linker.link(name), "evaluated", ()).role[unit] >= SAID:
                    found.setdefault(name, Listed(name, unit, words[at][1], words[last - 1][2], False))
                at = last - 1
                break
            at += 1
    return list(found.values())


def companions(text: Text, unit: int, start: int, end: int, index: Index) -> list[Listed]:
    """The names that stand in one list with the one at these offsets: "Clothing1M and ANIMAL-10N"."""
    printed = text.unit(unit)
    words = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(printed)]
    inside = [n for n, (_, a, b) in enumerate(words) if a < end and b > start]
    if not inside:
        return []
    after, before = _past_gloss(words, inside[-1] + 1), inside[0]
    spans: list[tuple[int, int]] = []
    if after < len(words) and words[after][0] in _JOINS:
        while after < len(words) and words[after][0] in (*_JOINS, "the", "as", "well"):
            after += 1
        spans += _forwards(words, after)
    if before and words[before - 1][0] in _JOINS:
        while before and words[before - 1][0] in (*_JOINS, "the"):
            before -= 1
        spans += _backwards(words, before)
    found = []
    for first, last in spans:
        name = printed[words[first][1] : words[last - 1][2]]
        task = any(e.label == "Concept" for e in index.named(form_key(name)))
        if not task and name not in text.own and not _is_other(name, index):
            found.append(Listed(name, unit, words[first][1], words[last - 1][2], False))
    return found


def _past_gloss(words: list[tuple[str, int, int]], at: int) -> int:
    """The place after "(50 objects)", if such a gloss stands there."""
    if at < len(words) and words[at][0] == "(":
        while at < len(words) and words[at][0] != ")":
            at += 1
        at += 1
    return at


def _before_gloss(words: list[tuple[str, int, int]], at: int) -> int:
    """The place before "(50 objects)", if such a gloss ends there behind a name."""
    if not at or words[at - 1][0] != ")":
        return at
    opened = max((n for n in range(at - 1) if words[n][0] == "("), default=0)
    return opened or at


def _is_other(name: str, index: Index) -> bool:
    """Whether more papers than one know a name as a metric or a method."""
    return any(e.label in ("Metric", "Method") and e.papers > 1 for e in index.named(form_key(name)))


def _is_method(name: str, index: Index) -> bool:
    return any(e.label == "Method" for e in index.named(form_key(name)))


def _is_known(name: str, index: Index) -> bool:
    return any(e.label == "Dataset" and e.papers > 1 for e in index.named(form_key(name)))


def _names(words: list[tuple[str, int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of words that are items of a list beside a dataset word."""
    nouns, openers = _listed("nouns"), _listed("openers")
    for at, (word, _, _) in enumerate(words):
        if word.casefold() in _listed("bracketed") and at + 1 < len(words) and words[at + 1][0] == "(":
            yield from _forwards(words, at + 2)
        if word.casefold() not in nouns:
            continue
        yield from _apposed(words, at)
        # in front: "the OVIS and VIPSeg datasets", "Multi30K multimodal MT benchmarks"
        end = at
        while (
            end > max(0, at - 3) and words[end - 1][0].islower() and words[end - 1][0] not in _listed("stops")
        ):
            end -= 1
        if end > 0 and (_is_name(words[end - 1][0]) or words[end - 1][0] == ")"):
            yield from _backwards(words, end)
        # behind: "benchmarks, including X and Y", "dataset, X", "datasets (X, Y)"
        start = at + 1
        while start < len(words) and words[start][0].casefold() in openers:
            start += 1
        if start > at + 1 and start < len(words):
            yield from _forwards(words, start)


def _apposed(words: list[tuple[str, int, int]], noun: int) -> Iterator[tuple[int, int]]:
    """The name in front of "X, a comprehensive benchmark"."""
    at = noun
    while at > max(0, noun - 7) and words[at - 1][0] not in (",", "(", ")"):
        at -= 1
    if at > 1 and words[at - 1][0] == "," and words[at][0] in ("a", "an", "the", "our", "one"):
        last = at - 1
        first = last
        while first > 0 and _is_name(words[first - 1][0]):
            first -= 1
        if first < last:
            yield first, last


def _backwards(words: list[tuple[str, int, int]], end: int) -> Iterator[tuple[int, int]]:
    at = end
    while at > 0:
        at = last = _before_gloss(words, at)
        while at > 0 and _is_name(words[at - 1][0]):
            at -= 1
        if at < last:
            yield at, last
        if at == 0 or words[at - 1][0] not in _JOINS:
            return
        while at > 0 and words[at - 1][0] in (*_JOINS, "the"):
            at -= 1
        if at == 0 or not _is_name(words[_before_gloss(words, at) - 1][0]):
            return


def _forwards(words: list[tuple[str, int, int]], start: int) -> Iterator[tuple[int, int]]:
    at = start
    while at < len(words):
        first = at
        while at < len(words) and _is_name(words[at][0]):
            at += 1
        if at == first:
            return
        yield first, at
        at = _past_gloss(words, at)
        if at >= len(words) or words[at][0] not in _JOINS:
            return
        while at < len(words) and words[at][0] in (*_JOINS, "the", "as", "well"):
            at += 1


def _is_name(word: str) -> bool:
    """Whether a word is written as a name: a capital inside or in front, or letters with digits."""
    if word.casefold() in _listed("not_names") or word in ",():;&/":
        return False
    return (
        word[0].isupper() or any(c.isupper() for c in word[1:]) or (word[0].isalpha() and word[-1].isdigit())
    )


@lru_cache(maxsize=1)
def _institution() -> re.Pattern[str]:
    """An institution ("University of Owls") at the end, or a comma and places between it and the end."""
    named = "|".join(vocabulary()["listings"]["institutions"])
    return re.compile(
        rf"\b(?:{named})(?: of(?: [A-Z][a-z]+)+)?(?P<behind>(?:, [A-Z][a-z]+(?: [A-Z][a-z]+)*)*, )?$"
    )


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    return frozenset(vocabulary()["listings"][name])
