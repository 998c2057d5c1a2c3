"""Which candidates of a paper are one thing: "shadow removal" and "single-image shadow removal".

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
from graphbuilder.extract.mentions import Key
from graphbuilder.extract.networks import Networks
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.vectors import Floats, Lexicon
from graphbuilder.records import Span

#: Candidates that are listed with at least this probability are compared.
CONSIDERED = 0.25
#: Only so many of a text, the first ones, are compared, so that no input takes quadratic time.
_MOST = 200
#: Pairs whose vectors are in memory at a time.
_AT_ONCE = 4096
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
        return leaders(pairs, self._networks(rows)[:, 0], listed, self._threshold)


def leaders(
    pairs: Sequence[tuple[int, int]], odds: Floats, listed: Floats, threshold: float
) -> dict[int, int]:
    """For each candidate that is the same as a surer one, the number of that one; likeliest pairs first."""
    leader: dict[int, int] = {}
    for k in np.argsort(-odds, kind="stable").tolist():
        if odds[k] <= threshold:
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
    likely = np.flatnonzero(listed >= CONSIDERED)[:_MOST].tolist()
    # what two of them must share: a stem, the letters, or the initials of one that are the other
    signs = {i: _signs(candidates[i].key) for i in likely}
    found = []
    for i, j in combinations(likely, 2):
        if not signs[i].isdisjoint(signs[j]):
            a, b = candidates[i].key, candidates[j].key
            longer = (len(a), len("".join(a))) >= (len(b), len("".join(b)))
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
    sides = {
        i: _Side(candidates[i], offsets, starts, title, verdicts, i, statistics)
        for i in dict.fromkeys(i for pair in pairs for i in pair)
    }
    alike = np.array([[i for i, _ in pairs], [j for _, j in pairs]])
    types = np.einsum("ij,ij->i", verdicts.types[alike[0]], verdicts.types[alike[1]]).tolist()
    roles = np.einsum("ij,ij->i", verdicts.roles[alike[0]], verdicts.roles[alike[1]]).tolist()
    rests = [(_without(sides[i], sides[j]), _without(sides[j], sides[i])) for i, j in pairs]
    whole = _cosines([(sides[i].key, sides[j].key) for i, j in pairs], lexicon)
    apart = _cosines(rests, lexicon)
    rows = [
        [*_words(sides[i], sides[j], *rest, statistics), *cosines, *_context(sides[i], sides[j], *same)]
        for (i, j), rest, cosines, same in zip(
            pairs, rests, zip(whole, apart, strict=True), zip(types, roles, strict=True), strict=True
        )
    ]
    return np.array(rows, np.float32)


class _Side:
    """What is needed of one candidate for all pairs that it is in."""

    def __init__(
        self,
        candidate: Candidate,
        offsets: Sequence[int],
        starts: Sequence[int],
        title: int,
        verdicts: Verdicts,
        number: int,
        statistics: Statistics,
    ) -> None:
        self.key = candidate.key
        self.letters = "".join(candidate.key)
        self.stems = [stem(word) for word in candidate.key]
        self.stem_set = set(self.stems)
        self.places = candidate.places
        self.common = _commonness(candidate.key, statistics)
        self.sentences = {bisect_right(starts, offsets[place.first]) for place in self.places}
        self.in_title = offsets[self.places[0].first] < title
        self.only_title = offsets[self.places[-1].first] < title
        self.listed = float(verdicts.listed[number])
        self.introduced = float(verdicts.roles[number, 0])
        self.capital = any(map(str.isupper, next(iter(candidate.forms))[1:]))


def _without(a: _Side, b: _Side) -> list[str]:
    """The words of one that the other lacks."""
    return [word for word, stem in zip(a.key, a.stems, strict=True) if stem not in b.stem_set]


def _words(
    a: _Side, b: _Side, more: Sequence[str], other: Sequence[str], statistics: Statistics
) -> list[float]:
    """What the two share in words, and what else each has (``more`` and ``other``)."""
    return [
        a.stem_set == b.stem_set,
        a.letters == b.letters,
        "".join(a.stems) == "".join(b.stems),
        not other,
        len(a.stems),
        len(b.stems),
        len(a.stem_set & b.stem_set) / len(a.stem_set | b.stem_set),
        len(more),
        len(other),
        a.stems[-1] == b.stems[-1],
        a.stems[0] == b.stems[0],
        a.stems[-len(b.stems) :] == b.stems,
        a.stems[: len(b.stems)] == b.stems,
        _acronym(b.key, a.key) or _acronym(a.key, b.key),
        *_commonness(more, statistics),
        *_commonness(other, statistics),
        *b.common,
    ]


def _context(a: _Side, b: _Side, types: float, roles: float) -> list[float]:
    """Where the two stand, and what the judge thinks of each."""
    both = len(a.sentences & b.sentences)
    inside = sum(any(x.first <= y.first and y.last <= x.last for x in a.places) for y in b.places)
    sentences_apart = min(abs(x - y) for x in a.sentences for y in b.sentences)
    tokens_apart = min(abs(x.first - y.first) for x in a.places for y in b.places)
    return [
        a.listed,
        b.listed,
        types,
        roles,
        a.introduced,
        b.introduced,
        len(a.places),
        len(b.places),
        a.in_title,
        b.in_title,
        a.only_title,
        b.only_title,
        bool(both),
        both / min(len(a.sentences), len(b.sentences)),
        min(5, sentences_apart),
        min(30, tokens_apart),
        inside / len(b.places),
        b.capital,
        a.capital,
    ]


@cache
def stem(word: str) -> str:
    """The stem of a folded word."""
    return str(_stemmer.stemWord(word))


def _signs(key: Key) -> set[str]:
    """The stems of a phrase, its letters, and its initials with and without a plural s."""
    signs = {stem(word) for word in key}
    signs.add("".join(key))
    if len(key) > 1:
        initials = "".join(word[0] for word in key)
        signs |= {f"={initials}", f"={initials}s"}
    else:
        signs.add(f"={key[0]}")
    return signs


def _acronym(short: Key, long: Key) -> bool:
    """Whether the one word of ``short`` is made of the initials of ``long``."""
    if len(short) != 1 or len(long) < 2:
        return False
    initials = "".join(word[0] for word in long)
    return short[0] in (initials, initials + "s")


def _commonness(words: Sequence[str], statistics: Statistics) -> tuple[float, float]:
    """In how many papers the rarest and the commonest of the words stand (log)."""
    counts = [statistics.papers(word) for word in words]
    return min(counts, default=-1.0), max(counts, default=-1.0)


def _cosines(pairs: Sequence[tuple[Sequence[str], Sequence[str]]], lexicon: Lexicon) -> list[float]:
    """How alike the static vectors of two phrases are, for each pair; 0 where one has no words."""
    cosines = np.zeros(len(pairs), np.float32)
    full = [i for i, (a, b) in enumerate(pairs) if a and b]
    for start in range(0, len(full), _AT_ONCE):
        some = full[start : start + _AT_ONCE]
        phrases = [phrase for i in some for phrase in pairs[i]]
        sizes = np.array([len(phrase) for phrase in phrases])
        vectors = lexicon.folded([word for phrase in phrases for word in phrase])
        sums = np.add.reduceat(vectors, np.cumsum(sizes) - sizes, axis=0)
        sums /= np.sqrt(np.einsum("ij,ij->i", sums, sums))[:, None] + np.float32(1e-6)
        cosines[some] = np.einsum("ij,ij->i", sums[::2], sums[1::2])
    return cosines.tolist()
