"""Candidates for what a paper lists: every phrase that the tagger holds possible, with what is known of it.

The tagger speaks of tokens in their place. Here all places of one thing in a paper come together: places
whose forms fold to the same words, and the short and long form that the text itself defines. A candidate is
described by numbers (:data:`FEATURES` of them) from which :mod:`graphbuilder.extract.judge` decides.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
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
POSSIBLE = 0.04
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
    """A row of numbers for each candidate; what they are is listed in the code, in their order."""
    words = words or Words(text)
    p = probabilities
    n = len(p)
    inside = 1 - p[:, 0]
    title = int(np.searchsorted(tokens[:, 0], title_end))
    body = max(1, n - title)
    at_token: list[list[Place]] = [[] for _ in range(n)]
    for candidate in candidates:
        for place in candidate.places:
            for t in range(place.first, place.last + 1):
                at_token[t].append(place)
    defined = {key_of(d.short) for d in definitions} | {key_of(d.long) for d in definitions}
    highest = [max(place.score for place in c.places) for c in candidates]
    by_score = sorted(highest)
    likely = sum(score > 0.5 for score in highest)
    starts = [s for s, _ in sentences]
    cues, cue_roles = cue_places(text)
    offsets = tokens.tolist()
    means = np.concatenate([np.zeros((1, p.shape[1] - 5), np.float32), np.cumsum(p[:, 5:], axis=0)])
    wider, narrower = _nested(candidates, highest)
    rows = []
    for number, candidate in enumerate(candidates):
        places = candidate.places
        scores = [place.score for place in places]
        total = sum(scores)
        best = places[scores.index(max(scores))]
        a, b, top = best
        votes = np.zeros(p.shape[1] - 5, np.float32)
        introduced = 0.0
        for place in places:
            mean = (means[place.last + 1] - means[place.first]) / (place.last + 1 - place.first)
            votes += mean * (place.score / total)
            introduced = max(introduced, float(mean[ROLES.start - TYPES.start]))
        printed: set[Span] = set()
        for form in candidate.forms:
            printed.update(words.find(form))
        times = max(len(printed), len(places))
        around, within, across, covered = _rivals(places, best, at_token)
        form = text[offsets[a][0] : offsets[b][1]]
        in_title = [place.score for place in places if place.first < title]
        first = min(place.first for place in places)
        last = max(place.first for place in places)
        first_score = next(place.score for place in places if place.first == first)
        in_body = [place.first for place in places if place.first >= title]
        before = text[max(0, offsets[a][0] - 1) : offsets[a][0]]
        after = text[offsets[b][1] : offsets[b][1] + 2]
        letters = sum(map(str.isalpha, form))
        capitals = sum(map(str.isupper, form))
        cued = [0.0] * len(_CUES)
        followed = [0.0] * _NEXT_KINDS
        seen: set[int] = set()
        for place in places:
            start, end = offsets[place.first][0], offsets[place.last][1]
            seen.add(bisect_right(starts, start))
            at = bisect_right(cues, start) - 1
            if at >= 0 and start - cues[at] <= 40:
                gap = text[cues[at] : start]
                if not any(c in gap for c in ".;:"):
                    near = 1.0 if len(gap) <= 12 else 0.5
                    role = _CUES.index(cue_roles[at])
                    cued[role] = max(cued[role], near)
            follower = text[offsets[place.last + 1][0] : offsets[place.last + 1][1]] if place.last + 1 < n else ""
            kind = _NEXT.get(follower.lower())
            if kind is not None and text[end : end + 1] == " ":
                followed[kind] += place.score / total
        rows.append(
            [
                top,
                total / len(scores),
                min(5.0, total),
                total / times,
                first_score,
                max(in_title, default=0.0),
                len(scores),
                times,
                min(1.0, len(scores) / times),
                float(inside[a : b + 1].mean()),
                float(inside[a : b + 1].min()),
                float(p[a, 1] + p[a, 4]),
                float(p[b, 3] + p[b, 4]),
                float(inside[a - 1]) if a else 0.0,
                float(inside[b + 1]) if b + 1 < n else 0.0,
                *votes.tolist(),
                introduced,
                around,
                within,
                across,
                covered / total,
                wider[number],
                narrower[number],
                len(candidate.key),
                len(form),
                b - a + 1,
                capitals / max(1, letters),
                form[:1].isupper(),
                any(map(str.isupper, form[1:])),
                any(map(str.isdigit, form)),
                "-" in form,
                candidate.key in defined,
                len(candidate.forms),
                "(" in after,
                before in _NAMING and before != "",
                after[:1] == ":",
                after[:1] in (",", ".", ";"),
                bool(in_title),
                first == 0,
                first == 0 and text[offsets[b][1] : offsets[b][1] + 1] == ":" and b < title,
                (min(in_body) - title) / body if in_body else 1.2,
                (last - title) / body if last >= title else -0.2,
                (last - first) / n,
                len(seen),
                len(starts) in seen,
                len(candidates),
                likely,
                n / 200,
                len(by_score) - bisect_right(by_score, top),
                *cued,
                *followed,
            ]
        )
    static = np.array([_static(candidate.key, lexicon) for candidate in candidates], np.float32)
    return np.concatenate([np.array(rows, np.float32), statistics([c.key for c in candidates]), static], axis=1)


def _possible(p: Floats) -> list[Place]:
    """All runs of tokens that are a name with a probability of at least ``POSSIBLE``, by their first token."""
    begin, inner, end, single = p[:, 1], p[:, 2], p[:, 3], p[:, 4]
    found = [Place(int(i), int(i), float(single[i])) for i in np.flatnonzero(single > POSSIBLE)]
    run = begin
    for length in range(2, min(LONGEST, len(p)) + 1):
        score = run[: len(p) - length + 1] * end[length - 1 :]
        found += [Place(int(i), int(i) + length - 1, float(score[i])) for i in np.flatnonzero(score > POSSIBLE)]
        run = run[: len(p) - length + 1] * inner[length - 1 :]
        if not (run > POSSIBLE).any():
            break
    return sorted(found)


def _rivals(
    places: Sequence[Place], best: Place, at_token: Sequence[Sequence[Place]]
) -> tuple[float, float, float, float]:
    """The likeliest span around the best place, within it, across its borders; weight of those around any."""
    covered = 0.0
    for place in places:
        covered += place.score * max(
            (
                other.score
                for other in at_token[place.first]
                if other.first <= place.first and other.last >= place.last and other[:2] != place[:2]
            ),
            default=0.0,
        )
    around = within = across = 0.0
    for t in range(best.first, best.last + 1):
        for other in at_token[t]:
            if other[:2] == best[:2]:
                continue
            if other.first <= best.first and other.last >= best.last:
                around = max(around, other.score)
            elif other.first >= best.first and other.last <= best.last:
                within = max(within, other.score)
            else:
                across = max(across, other.score)
    return around, within, across, covered


def _nested(
    candidates: Sequence[Candidate], highest: Sequence[float]
) -> tuple[list[float], list[float]]:
    """For each candidate the likeliest other one whose words hold all of its words in a row; and the reverse."""
    index = {candidate.key: i for i, candidate in enumerate(candidates)}
    wider = [0.0] * len(candidates)
    narrower = [0.0] * len(candidates)
    for i, candidate in enumerate(candidates):
        size = len(candidate.key)
        if size < 2:
            continue
        for length in range(1, size):
            for start in range(size - length + 1):
                j = index.get(candidate.key[start : start + length])
                if j is not None:
                    wider[j] = max(wider[j], highest[i])
                    narrower[i] = max(narrower[i], highest[j])
    return wider, narrower


def _static(key: Key, lexicon: Lexicon) -> Floats:
    """Static vectors of a phrase: the mean of its words and the last of them."""
    vectors = [lexicon.folded(word) for word in key]
    mean = vectors[0] if len(vectors) == 1 else sum(vectors) / len(vectors)
    return np.concatenate([mean, vectors[-1]])
