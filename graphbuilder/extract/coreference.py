"""Which candidates of a paper are one thing under two names: "shadow removal" and "single-image shadow removal".

Folding and definitions have already put together what is plainly the same. Here a small network looks at
two candidates that share a word or whose letters fit as an acronym: their words, what else each has, how
common those words are, where both stand, and what the judge thinks of each.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
import snowballstemmer
from numpy.typing import NDArray

from graphbuilder.extract.candidates import Candidate
from graphbuilder.extract.judge import Verdicts
from graphbuilder.extract.networks import Networks
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.vectors import Floats, Lexicon
from graphbuilder.records import Span

#: Candidates that are listed with at least this probability are compared.
CONSIDERED = 0.25
_stemmer = snowballstemmer.stemmer("english")


class Coreference:
    """Puts candidates of a paper together that are one thing."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], threshold: float) -> None:
        """From the arrays ``coreference.*`` of a model; pairs above ``threshold`` are one thing."""
        self._networks = Networks(weights, "coreference")
        self._threshold = threshold

    def __call__(self, pairs: Sequence[tuple[int, int]], rows: Floats, listed: Floats) -> dict[int, int]:
        """For each candidate that is the same as a surer one, the number of that one."""
        if not pairs:
            return {}
        odds = self._networks(rows)[:, 0]
        leader: dict[int, int] = {}
        for k in np.argsort(-odds, kind="stable").tolist():
            if odds[k] <= self._threshold:
                break
            i, j = (leader.get(x, x) for x in pairs[k])
            if i == j:
                continue
            keep, drop = (i, j) if listed[i] >= listed[j] else (j, i)
            for x in [drop, *(x for x, y in leader.items() if y == drop)]:
                leader[x] = keep
        return leader


def pairs(candidates: Sequence[Candidate], listed: Floats) -> list[tuple[int, int]]:
    """Pairs of candidates that may be one thing, the one of more words first."""
    likely = np.flatnonzero(listed >= CONSIDERED).tolist()
    stems = {i: set(map(stem, candidates[i].key)) for i in likely}
    found = []
    for i, j in combinations(likely, 2):
        a, b = candidates[i], candidates[j]
        if stems[i] & stems[j] or _acronym(a, b) or _acronym(b, a) or "".join(a.key) == "".join(b.key):
            longer = (len(a.key), len("".join(a.key))) >= (len(b.key), len("".join(b.key)))
            found.append((i, j) if longer else (j, i))
    return found


def describe(
    pairs: Sequence[tuple[int, int]],
    candidates: Sequence[Candidate],
    verdicts: Verdicts,
    tokens: NDArray[np.int32],
    title: int,
    sentences: Sequence[Span],
    statistics: Statistics,
    lexicon: Lexicon,
) -> Floats:
    """A row of numbers for each pair."""
    starts = [start for start, _ in sentences]
    offsets = tokens[:, 0].tolist()
    number = {i for pair in pairs for i in pair}
    where = {
        i: [bisect_right(starts, offsets[place.first]) for place in candidates[i].places] for i in number
    }
    rows = []
    for i, j in pairs:
        a, b = candidates[i], candidates[j]
        sa, sb = [stem(word) for word in a.key], [stem(word) for word in b.key]
        shared = set(sa) & set(sb)
        more = [word for word, s in zip(a.key, sa, strict=True) if s not in shared]
        other = [word for word, s in zip(b.key, sb, strict=True) if s not in shared]
        va, vb = lexicon.folded(a.key).mean(axis=0), lexicon.folded(b.key).mean(axis=0)
        covered = sum(any(x.first <= y.first and y.last <= x.last for x in a.places) for y in b.places) / len(
            b.places
        )
        rows.append(
            [
                set(sa) == set(sb),
                "".join(a.key) == "".join(b.key),
                "".join(sa) == "".join(sb),
                not other,
                len(sa),
                len(sb),
                len(shared) / len(set(sa) | set(sb)),
                len(more),
                len(other),
                sa[-1] == sb[-1],
                sa[0] == sb[0],
                sa[-len(sb) :] == sb,
                sa[: len(sb)] == sb,
                _acronym(b, a) or _acronym(a, b),
                *_commonness(more, statistics),
                *_commonness(other, statistics),
                *_commonness(b.key, statistics),
                _cosine(va, vb),
                _cosine(lexicon.folded(more).mean(axis=0), lexicon.folded(other).mean(axis=0))
                if more and other
                else 0.0,
                verdicts.listed[i],
                verdicts.listed[j],
                float(verdicts.types[i] @ verdicts.types[j]),
                float(verdicts.roles[i] @ verdicts.roles[j]),
                verdicts.roles[i][0],
                verdicts.roles[j][0],
                len(a.places),
                len(b.places),
                offsets[a.places[0].first] < title,
                offsets[b.places[0].first] < title,
                offsets[a.places[-1].first] < title,
                offsets[b.places[-1].first] < title,
                bool(set(where[i]) & set(where[j])),
                len(set(where[i]) & set(where[j])) / min(len(set(where[i])), len(set(where[j]))),
                min(5, min(abs(x - y) for x in where[i] for y in where[j])),
                min(30, min(abs(x.first - y.first) for x in a.places for y in b.places)),
                covered,
                any(map(str.isupper, "".join(list(b.forms)[:1])[1:])),
                any(map(str.isupper, "".join(list(a.forms)[:1])[1:])),
            ]
        )
    return np.array(rows, np.float32)


@cache
def stem(word: str) -> str:
    """The stem of a folded word."""
    return str(_stemmer.stemWord(word))


def _acronym(short: Candidate, long: Candidate) -> bool:
    """Whether a form of ``short`` is made of the initials of ``long``."""
    if len(short.key) != 1 or len(long.key) < 2:
        return False
    initials = "".join(word[0] for word in long.key)
    return short.key[0] in (initials, initials + "s")


def _commonness(words: Sequence[str], statistics: Statistics) -> tuple[float, float]:
    """In how many papers the rarest and the commonest of the words stand (log)."""
    counts = [statistics.papers(word) for word in words]
    return min(counts, default=-1.0), max(counts, default=-1.0)


def _cosine(a: Floats, b: Floats) -> float:
    return float(a @ b / (np.linalg.norm(a) * np.linalg.norm(b) + 1e-6))
