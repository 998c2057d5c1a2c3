"""Candidates for what a paper lists: every phrase that the tagger holds possible, with what is known of it.

The tagger speaks of tokens in their place. Here all places of one thing in a paper come together: places
whose forms fold to the same words, and the short and long form that the text itself defines. A candidate is
described by numbers from which :mod:`graphbuilder.extract.judge` decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.mentions import Key, Words, key_of
from graphbuilder.extract.patterns import cue_places
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.tagger import ROLES, TYPES
from graphbuilder.extract.vectors import Floats, Lexicon
from graphbuilder.records import Definition, Span

#: A span is possible from this probability on.
POSSIBLE = 0.12
#: The most tokens of a span.
LONGEST = 10

_CUES = ("introduces", "compares", "evaluates_on", "measures", "uses", "studies")
_NAMING = frozenset("([\"'“‘")
_NEXT = {
    word: i
    for i, words in enumerate(
        (
            "dataset datasets benchmark benchmarks corpus corpora challenge suite",
            "model models network networks architecture architectures",
            "method methods approach approaches algorithm algorithms framework technique techniques",
            "score scores metric metrics rate rates",
            "task tasks problem problems",
            "and or",
            "for to",
            "is are was were",
        )
    )
    for word in words.split()
}
#: As far behind a cue phrase a name may stand, and what counts as close, in characters.
_REACH, _NEAR = 40, 12
_NEXT_KINDS = 1 + max(_NEXT.values())


class Place(NamedTuple):
    """A run of tokens (first and last) and how probable it is that they are a name."""

    first: int
    last: int
    score: float


@dataclass(slots=True)
class Candidate:
    """A thing that a paper may list: its folded form, where it stands, and the forms it is printed in."""

    key: Key
    places: list[Place] = field(default_factory=list)
    forms: dict[str, None] = field(default_factory=dict)


def find(
    text: str, tokens: NDArray[np.int32], probabilities: Floats, definitions: Sequence[Definition]
) -> list[Candidate]:
    """The candidates of a text, in the order of their first place.

    ``tokens`` has the start and end offset of each token, ``probabilities`` the tagger's row for each.
    """
    same: dict[Key, Key] = {}
    for definition in definitions:
        long, short = key_of(definition.long), key_of(definition.short)
        if long and short:
            same.setdefault(short, long)
    found: dict[Key, Candidate] = {}
    offsets = tokens.tolist()
    for place in _possible(probabilities):
        form = text[offsets[place.first][0] : offsets[place.last][1]]
        key = key_of(form)
        if not key:
            continue
        key = same.get(key, key)
        candidate = found.get(key)
        if candidate is None:
            candidate = found[key] = Candidate(key)
        candidate.places.append(place)
        candidate.forms[form] = None
    for definition in definitions:
        long, short = key_of(definition.long), key_of(definition.short)
        if same.get(short) == long and long in found:
            found[long].forms |= {definition.long: None, definition.short: None}
    return list(found.values())


def describe(
    text: str,
    title_end: int,
    tokens: NDArray[np.int32],
    probabilities: Floats,
    sentences: Sequence[Span],
    definitions: Sequence[Definition],
    candidates: Sequence[Candidate],
    statistics: Statistics,
    lexicon: Lexicon,
    words: Words | None = None,
) -> Floats:
    """A row of numbers for each candidate.

    They are, in order: what the tagger says of its places (:func:`_tagged`), where it stands in the paper
    (:func:`_placed`), how it is printed (:func:`_printed`), the words before and after it (:func:`_cued`),
    what the training texts say of it, and its static vectors.
    """
    n = len(probabilities)
    title = int(np.searchsorted(tokens[:, 0], title_end))
    offsets = tokens.tolist()
    best = [max(c.places, key=_score) for c in candidates]
    defined = {key_of(d.short) for d in definitions} | {key_of(d.long) for d in definitions}
    follows = _Following(text, offsets, sentences)
    words = words or Words(text)
    rows = [
        [
            *_placed(candidate, n, title),
            *_printed(text, candidate, offsets[top.first][0], offsets[top.last][1], defined, words),
            top.first == 0 and text[offsets[top.last][1] : offsets[top.last][1] + 1] == ":",
            *_cued(candidate, follows),
        ]
        for candidate, top in zip(candidates, best, strict=True)
    ]
    keys = [candidate.key for candidate in candidates]
    return np.concatenate(
        [
            _tagged(probabilities, candidates, best),
            np.array(rows, np.float32),
            statistics(keys),
            _static(keys, lexicon),
        ],
        axis=1,
    )


def _tagged(p: Floats, candidates: Sequence[Candidate], best: Sequence[Place]) -> Floats:
    """The tagger's probabilities, over all places and at the likeliest one; ten of them first."""
    places = [place for candidate in candidates for place in candidate.places]
    first = np.array([place.first for place in places])
    last = np.array([place.last for place in places])
    score = np.array([place.score for place in places], np.float32)
    counts = np.array([len(candidate.places) for candidate in candidates])
    starts = np.cumsum(counts) - counts
    total = np.add.reduceat(score, starts)
    highest = np.maximum.reduceat(score, starts)
    earliest = score[starts]
    inside = np.zeros(len(p) + 2, np.float32)  # a border on each side
    np.subtract(1, p[:, 0], out=inside[1:-1])
    runs = [inside[place.first + 1 : place.last + 2].tolist() for place in best]
    a = np.array([place.first for place in best])
    b = np.array([place.last for place in best])
    summed = np.zeros((len(p) + 1, p.shape[1] - TYPES.start), np.float32)
    np.cumsum(p[:, TYPES.start :], axis=0, out=summed[1:])
    mean = (summed[last + 1] - summed[first]) / (last + 1 - first)[:, None]
    votes = np.add.reduceat(mean * score[:, None], starts, axis=0) / total[:, None]
    introduced = np.maximum.reduceat(mean[:, ROLES.start - TYPES.start], starts)
    around, within, across = _rivals(first, last, score)
    top = starts + np.array([c.places.index(place) for c, place in zip(candidates, best, strict=True)])
    covered = np.add.reduceat(around * score, starts) / total
    wider, narrower = _nested(candidates, highest.tolist())
    order = np.sort(highest)
    return np.column_stack(
        [
            highest,
            total / counts,
            earliest,
            [sum(run) / len(run) for run in runs],
            [min(run) for run in runs],
            p[a, 1] + p[a, 4],
            p[b, 3] + p[b, 4],
            inside[a],
            inside[b + 2],
            introduced,
            np.minimum(5, total),
            votes,
            around[top],
            within[top],
            across[top],
            covered,
            wider,
            narrower,
            len(order) - np.searchsorted(order, highest, side="right"),
            np.full(len(best), len(best)),
            np.full(len(best), (highest > 0.5).sum()),
            np.full(len(best), len(p) / 200),
        ]
    ).astype(np.float32)


def _placed(candidate: Candidate, n: int, title: int) -> tuple[float, ...]:
    """Title or abstract, first and last place, relative to the length."""
    body = max(1, n - title)
    first, last = candidate.places[0].first, candidate.places[-1].first
    in_title = [place.score for place in candidate.places if place.first < title]
    in_body = [place.first for place in candidate.places if place.first >= title]
    return (
        max(in_title, default=0.0),
        bool(in_title),
        first == 0,
        (in_body[0] - title) / body if in_body else 1.2,
        (last - title) / body if last >= title else -0.2,
        (last - first) / n,
    )


def _printed(
    text: str, candidate: Candidate, start: int, end: int, defined: Set[Key], words: Words
) -> tuple[float, ...]:
    """How often it is printed, and the letters of its likeliest place and beside it."""
    places = candidate.places
    printed: set[Span] = set()
    for form in candidate.forms:
        printed.update(words.find(form))
    times = max(len(printed), len(places))
    form = text[start:end]
    before, after = text[max(0, start - 1) : start], text[end : end + 2]
    letters = sum(map(str.isalpha, form))
    return (
        len(places),
        times,
        min(1.0, len(places) / times),
        sum(place.score for place in places) / times,
        len(candidate.key),
        len(form),
        sum(map(str.isupper, form)) / max(1, letters),
        form[:1].isupper(),
        any(map(str.isupper, form[1:])),
        any(map(str.isdigit, form)),
        "-" in form,
        candidate.key in defined,
        len(candidate.forms),
        "(" in after,
        before != "" and before in _NAMING,
        after[:1] == ":",
        after[:1] in (",", ".", ";"),
    )


class _Following:
    """What a paper prints before and after a place: cue phrases, and the kind of the next word."""

    def __init__(self, text: str, offsets: Sequence[Sequence[int]], sentences: Sequence[Span]) -> None:
        self.text = text
        self.offsets = offsets
        self.ends, roles = cue_places(text)
        self.roles = [_CUES.index(role) for role in roles]
        self.starts = [start for start, _ in sentences]


def _cued(candidate: Candidate, at: _Following) -> list[float]:
    """Cue phrases close before any of its places, kinds of words after them, sentences that name it."""
    cued = [0.0] * len(_CUES)
    followed = [0.0] * _NEXT_KINDS
    seen: set[int] = set()
    total = sum(place.score for place in candidate.places)
    for first, last, score in candidate.places:
        start, end = at.offsets[first][0], at.offsets[last][1]
        seen.add(bisect_right(at.starts, start))
        cue = bisect_right(at.ends, start) - 1
        if cue >= 0 and start - at.ends[cue] <= _REACH:
            gap = at.text[at.ends[cue] : start]
            if "." not in gap and ";" not in gap and ":" not in gap:
                role = at.roles[cue]
                cued[role] = max(cued[role], 1.0 if len(gap) <= _NEAR else 0.5)
        if last + 1 < len(at.offsets) and at.text[end : end + 1] == " ":
            kind = _NEXT.get(at.text[slice(*at.offsets[last + 1])].lower())
            if kind is not None:
                followed[kind] += score / total
    return [*cued, *followed, len(seen), len(at.starts) in seen]


def _possible(p: Floats) -> list[Place]:
    """Runs of tokens that are a name with a probability of more than ``POSSIBLE``, by their first token."""
    begin, inner, end, single = p[:, 1], p[:, 2], p[:, 3], p[:, 4]
    found = [Place(int(i), int(i), float(single[i])) for i in np.flatnonzero(single > POSSIBLE)]
    run = begin
    for length in range(2, min(LONGEST, len(p)) + 1):
        score = run[: len(p) - length + 1] * end[length - 1 :]
        found += [
            Place(int(i), int(i) + length - 1, float(score[i])) for i in np.flatnonzero(score > POSSIBLE)
        ]
        run = run[: len(p) - length + 1] * inner[length - 1 :]
        if not (run > POSSIBLE).any():
            break
    return sorted(found)


def _rivals(first: NDArray[np.intp], last: NDArray[np.intp], score: Floats) -> tuple[Floats, Floats, Floats]:
    """For each place the likeliest other one around it, within it, and across one of its borders."""
    begins, ends = first[:, None], last[:, None]
    other = (begins != first) | (ends != last)
    around = (first <= begins) & (last >= ends) & other
    within = around.T  # what has a place around it is within that place
    across = (first <= ends) & (last >= begins) & other & ~around & ~within
    return tuple((score * mask).max(axis=1) for mask in (around, within, across))


def _score(place: Place) -> float:
    return place.score


def _nested(candidates: Sequence[Candidate], highest: Sequence[float]) -> tuple[list[float], list[float]]:
    """The likeliest other candidate whose words hold all of a candidate's words in a row; and the reverse."""
    index = {candidate.key: i for i, candidate in enumerate(candidates)}
    wider = [0.0] * len(candidates)
    narrower = [0.0] * len(candidates)
    for i, candidate in enumerate(candidates):
        size = len(candidate.key)
        for length in range(1, size):
            for start in range(size - length + 1):
                j = index.get(candidate.key[start : start + length])
                if j is not None:
                    wider[j] = max(wider[j], highest[i])
                    narrower[i] = max(narrower[i], highest[j])
    return wider, narrower


def _static(keys: Sequence[Key], lexicon: Lexicon) -> Floats:
    """Static vectors of phrases: the mean of the words of each, and its last word."""
    sizes = np.array([len(key) for key in keys])
    vectors = lexicon.folded([word for key in keys for word in key])
    last = np.cumsum(sizes) - 1
    means = np.add.reduceat(vectors, last + 1 - sizes, axis=0) / sizes[:, None].astype(np.float32)
    return np.concatenate([means, vectors[last]], axis=1)
