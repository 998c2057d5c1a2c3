"""Finds names without a trained model: noun phrases, cue phrases, shapes of words and lists of names.

A candidate is a run of words none of which stands in ``data/outside.txt``, a name of the lists, or the
place of an acronym's definition. What speaks for it (a cue such as "we propose", the title, an acronym, a
known head word, its shape) adds up to its confidence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import dropwhile
from typing import NamedTuple, cast

from graphbuilder.extract.lexicon import listed, sections
from graphbuilder.extract.mentions import Mention, key_of
from graphbuilder.records import Definition, EntityType, Role, Span

_WORD = re.compile(r"[^\W_](?:[^\W_]|[-‐‑–.+&@*^](?=[^\W_])|['’](?=[^\W_s]|s\w)|[+#](?!\w)){0,80}")
_LINK = re.compile(r"https?://\S+|\$[^$\n]{1,120}\$|\\[A-Za-z]+\{?")
_NAME = re.compile(r"(?=.*[A-Z])(?:.*[a-z0-9]-?[A-Z]|[A-Z]{2}|[A-Z][\w]*-?\d)")
_NUMBER = re.compile(r"[\d.,]+(?:[%xkKMBTG]|th|st|nd|rd)?\Z")
_JOINS = frozenset(
    (", ", " and ", ", and ", " or ", " & ", ", or ", " as well as ", "/", " and the ", ", the ")
)
_TITLE_NAME = re.compile(r"([^:\n]{2,40}):\s")
_DATA_NEXT = re.compile(r"\s*(?:datasets?|benchmarks?|corpus|corpora|test sets?|challenge)\b", re.IGNORECASE)
_DEFAULT_ROLE: dict[str, Role] = {
    "Method": "uses",
    "Dataset": "evaluates_on",
    "Metric": "measures",
    "Concept": "studies",
}


class Chunk(NamedTuple):
    """A candidate: its span, its words in lower case, and whether its words are a name of the lists."""

    start: int
    end: int
    words: tuple[str, ...]
    listed: EntityType | None


def find(
    text: str, title_end: int, sentences: Sequence[Span], definitions: Sequence[Definition]
) -> list[Mention]:
    """Mentions with type, role and confidence, in order of place; they do not overlap."""
    candidates = [_named_dataset(text, chunk) for chunk in chunks(text)]
    cued = _cues(text, candidates)
    keys = [key_of(text[c.start : c.end]) for c in candidates]
    times = Counter(keys)
    in_title = {k for c, k in zip(candidates, keys, strict=True) if c.end <= title_end}
    shorts = {key_of(d.short) for d in definitions}
    longs = {key_of(d.long) for d in definitions}
    head = _TITLE_NAME.match(text)
    named = key_of(head[1]) if head and head.end() <= title_end and len(head[1].split()) <= 3 else None
    found = []
    for chunk, key, cue in zip(candidates, keys, cued, strict=True):
        surface = text[chunk.start : chunk.end]
        shaped = bool(_NAME.match(surface)) and chunk.end > title_end
        head_type, share = _heads().get(chunk.words[-1], (None, 0.25 if len(chunk.words) > 1 else 0.1))
        score = share
        if chunk.listed:
            score = max(score, 0.55)
        score += 0.12 * (key in in_title) + 0.15 * (key in longs or key in shorts) + 0.2 * shaped
        score += 0.1 * min(2, times[key] - 1) + 0.05 * (len(chunk.words) in (2, 3))
        score += 0.1 * (cue == "introduces") + 0.4 * (key == named)
        said_to_be_data = bool(_DATA_NEXT.match(text, chunk.end))
        score += 0.25 * (said_to_be_data and shaped)
        kind: EntityType
        if chunk.listed:
            kind = chunk.listed
        elif said_to_be_data or (shaped and cue == "evaluates_on"):
            kind = "Dataset"
        elif key == named or (shaped and not head_type):
            kind = "Method"
        else:
            kind = head_type or ("Method" if cue in ("introduces", "uses") else "Concept")
        role = _DEFAULT_ROLE[kind]
        if key == named or (cue == "introduces" and kind in ("Method", "Dataset")):
            role = "introduces"
        elif cue == "compares" and kind == "Method":
            role = "compares"
        found.append(Mention(chunk.start, chunk.end, kind, role, min(0.98, score)))
    return found


def chunks(text: str) -> Iterator[Chunk]:
    """Runs of words that may be names, in order of place; a name of the lists cuts a run."""
    outside, names, first = _outside(), _names(), _first_words()
    links = [m.span() for m in _LINK.finditer(text)]
    words = list(_WORD.finditer(text))
    lower = [m.group().lower() for m in words]
    run: list[int] = []
    i = link = 0
    while i < len(words):
        start, end = words[i].span()
        while link < len(links) and links[link][1] <= start:
            link += 1
        linked = link < len(links) and links[link][0] < end
        length = 0
        if not linked and lower[i] in first:
            for n in range(min(first[lower[i]], len(words) - i), 0, -1):
                if " ".join(lower[i : i + n]) in names and _joined(text, words, i, n):
                    length = n
                    break
        if run and (linked or lower[i] in outside or text[words[run[-1]].end() : start] != " "):
            yield from _chunk(run, words, lower)
            run = []
        if length > 1 or (length and not run):
            nxt = i + length
            follows = (
                nxt < len(words)
                and text[words[nxt - 1].end() : words[nxt].start()] == " "
                and lower[nxt] not in outside
            )
            if not follows and not run:
                span = tuple(lower[i:nxt])
                yield Chunk(start, words[nxt - 1].end(), span, names[" ".join(span)])
                i = nxt
                continue
        if not linked and lower[i] not in outside:
            run.append(i)
        i += 1
    if run:
        yield from _chunk(run, words, lower)


def cue_places(text: str) -> tuple[list[int], list[Role]]:
    """Where a phrase ends that tells the role of the name after it ("we propose"), and which role."""
    small = text.lower()
    if len(small) != len(text):  # a few capitals of other scripts have two small letters
        small = "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
    cues = list(_cue_pattern().finditer(small))
    return [m.end() for m in cues], [cast(Role, m.lastgroup) for m in cues]


def _chunk(run: list[int], words: Sequence[re.Match[str]], lower: Sequence[str]) -> Iterator[Chunk]:
    run = list(dropwhile(lambda i: _NUMBER.match(lower[i]), run))
    if not run or len(run) > 6 or (len(run) == 1 and len(lower[run[0]]) < 2):
        return
    span = tuple(lower[i] for i in run)
    yield Chunk(words[run[0]].start(), words[run[-1]].end(), span, _names().get(" ".join(span)))


def _named_dataset(text: str, chunk: Chunk) -> Chunk:
    """ "Widget-1 dataset" without its last word: the name is what stands before it."""
    if len(chunk.words) < 2 or chunk.listed or not _DATA_NEXT.match(text, chunk.end - len(chunk.words[-1])):
        return chunk
    end = chunk.end - len(chunk.words[-1])
    end -= len(text[chunk.start : end]) - len(text[chunk.start : end].rstrip(" -"))
    if not _NAME.match(text[chunk.start : end]):
        return chunk
    words = chunk.words[:-1]
    return Chunk(chunk.start, end, words, _names().get(" ".join(words)))


def _joined(text: str, words: Sequence[re.Match[str]], i: int, n: int) -> bool:
    return all(text[words[j].end() : words[j + 1].start()] in (" ", "-", "/") for j in range(i, i + n - 1))


def _cues(text: str, candidates: Sequence[Chunk]) -> list[Role | None]:
    ends, roles = cue_places(text)
    found: list[Role | None] = []
    for i, chunk in enumerate(candidates):
        at = bisect_right(ends, chunk.start) - 1
        role: Role | None = None
        if at >= 0:
            gap = text[ends[at] : chunk.start]
            if len(gap) <= 30 and not set(gap) & set(".,;:()"):
                role = roles[at]
        if role is None and i and text[candidates[i - 1].end : chunk.start] in _JOINS:
            role = found[i - 1]
        found.append(role)
    return found


def _outside() -> frozenset[str]:
    return listed("outside")


@cache
def _names() -> dict[str, EntityType]:
    lists: dict[str, EntityType] = {
        "concepts": "Concept",
        "metrics": "Metric",
        "methods": "Method",
        "datasets": "Dataset",
    }
    return {name: kind for file, kind in lists.items() for name in sections(file)[""]}


@cache
def _first_words() -> dict[str, int]:
    """The first word of each listed name, with the most words that a name of this beginning has."""
    longest: dict[str, int] = {}
    for name in _names():
        words = name.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


@cache
def _heads() -> dict[str, tuple[EntityType, float]]:
    rows = (line.split("\t") for line in sections("heads")[""])
    return {word: (cast(EntityType, kind), float(share)) for word, kind, share in rows}


@cache
def _cue_pattern() -> re.Pattern[str]:
    by_role: dict[str, list[str]] = {}
    for line in sections("cues")[""]:
        role, expression = line.split("\t")
        by_role.setdefault(role, []).append(expression)
    # for small letters, tried where a cue may begin: three times as quick as passing over letter case
    return re.compile(
        r"(?<!\w)(?=[a-z%])(?:"
        + "|".join(f"(?P<{role}>{'|'.join(e)})" for role, e in by_role.items())
        + r")(?!\w)"
    )
