"""The words of a paper as features of its pairs of entities, for the teacher of the networks that ship.

Each ordered pair of entities gets features from every sentence that names both (the words between, before
and after, with other entities masked), from the places of each, and from their types and roles. A linear
model weighs them, and trees decide with what the linear model says of the paper's other pairs. That is
slower than the networks and no better, but errs elsewhere, so both together are better than either.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.mentions import key_of
from graphbuilder.records import ENTITY_TYPES, ROLES, PaperEntity, Span

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
#: What stands for the main thing that a paper introduces, where no name does.
_OURS = re.compile(
    r"\b(?:our|the proposed|the resulting|this|the presented|the new)\s(?:(?:proposed|new|novel|simple)\s)?"
    r"(?:method|approach|framework|model|system|algorithm|technique|architecture|work|paper|paradigm|strategy|pipeline)\b",
    re.IGNORECASE,
)
_MASK = {"Method": "#M", "Dataset": "#D", "Metric": "#Q", "Concept": "#C"}
_JOINTS = frozenset(
    line for line in Path(__file__).with_name("joints.txt").read_text("utf-8").splitlines() if line[0] != "#"
)
_TYPES = {name: float(n) for n, name in enumerate(ENTITY_TYPES)}
_ROLES = {name: float(n) for n, name in enumerate(ROLES)}
_NO_SENTENCE = 99
#: Mentions of an entity in a sentence that are looked at, so that no input takes quadratic time.
_ENOUGH = 8


@dataclass(slots=True)
class Pair:
    """An ordered pair of entities (indices) with its features.

    ``unary`` are those of each entity alone (lists that pairs share), ``own`` those of the pair, and
    ``sentences`` those of each sentence that names both.
    """

    user: int
    purpose: int
    unary: tuple[list[str], list[str], list[str]]
    own: list[str]
    sentences: dict[int, list[str]]
    distance: int
    ours: int  # the distance where words such as "our method" stand for the user

    def features(self) -> Iterator[str]:
        """All of them."""
        for features in (*self.unary, self.own, *self.sentences.values()):
            yield from features


class Pairs:
    """The ordered pairs of a paper's entities that may be meant, in ``found``, with their features."""

    def __init__(self, text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> None:
        self.entities = entities
        self._size = max(1, len(text))
        self._last = max(1, len(sentences) - 1)
        self._places: list[dict[int, list[int]]] = []  # of each entity: sentence -> indices of words
        self._as_user: list[list[str]] = []
        self._as_purpose: list[list[str]] = []
        self._for_role: list[dict[str, list[str]]] = []
        self._read(text, sentences)
        self._rank()
        self.found = [
            pair
            for i, user in enumerate(entities)
            for j, purpose in enumerate(entities)
            if i != j and (pair := self._pair(i, user, j, purpose))
        ]

    def numbers(self, scores: Sequence[float], chosen: Sequence[int]) -> NDArray[np.float64]:
        """What the trees see of each chosen pair: numbers, its score, and its place among its rivals.

        Rivals are the paper's other pairs, those with the same user, and those with the same purpose: for
        each of the three the rank (0 is best) and the distance to the best.
        """
        score = np.array(scores)
        everyone = np.zeros(len(score), dtype=np.intp)
        users = np.array([p.user for p in self.found])
        purposes = np.array([p.purpose for p in self.found])
        columns = [score]
        for group in (everyone, users, purposes):
            order = np.lexsort((-score, group))
            grouped = group[order]
            first = np.r_[True, grouped[1:] != grouped[:-1]]
            begin = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
            rank, behind = np.empty(len(order)), np.empty(len(order))
            rank[order] = np.arange(len(order)) - begin
            behind[order] = score[order] - score[order][begin]
            columns += [rank, behind]
        columns.append(np.full(len(score), (1 / (1 + np.exp(-score))).sum()))
        rivals = np.column_stack(columns)[list(chosen)]
        return np.column_stack([np.array([self._numbers(self.found[i]) for i in chosen]), rivals])

    def _read(self, text: str, sentences: Sequence[Span]) -> None:
        starts, self._words = _masked(text, self.entities)
        borders = [start for start, _ in sentences]
        words = self._words
        # sentences in which words such as "our method" stand for the main entity: index of the last of them
        self._ours: dict[int, int] = {}
        for match in _OURS.finditer(text):
            n = bisect_right(starts, match.end() - 1) - 1
            self._ours.setdefault(bisect_right(borders, match.start()) - 1, n)
        for entity in self.entities:
            places: dict[int, list[int]] = defaultdict(list)
            before, after = set(), set()
            for start, _ in entity.mentions:
                n = bisect_right(starts, start) - 1
                sentence = bisect_right(borders, start) - 1
                if len(places[sentence]) < _ENOUGH:
                    places[sentence].append(n)
                opens = n == 0 or (sentence >= 0 and starts[n - 1] < borders[sentence])
                one = "^" if opens else words[n - 1]
                two = words[n - 2] if n > 1 and not opens else "^"
                before |= {one, f"{two} {one}"}
                after.add(words[n + 1] if n + 1 < len(words) else "$")
            self._places.append(places)
            pre, post = sorted(before), sorted(after)
            name = _WORD.findall(entity.name.lower()) or [""]
            often = min(6, len(entity.mentions))
            self._as_user.append(
                [f"ap={w}" for w in pre]
                + [f"aq={w}" for w in post]
                + [f"ah={name[-1]}", f"af={name[0]}", f"na={often}"]
            )
            self._as_purpose.append(
                [f"bp={w}" for w in pre] + [f"bq={w}" for w in post] + [f"bh={name[-1]}", f"nb={often}"]
            )
            self._for_role.append(
                {role: [f"bpr={w}{role}" for w in pre] for role in {e.role for e in self.entities}}
            )

    def _rank(self) -> None:
        """Which entity is the paper's main one, and which concepts are its main subjects."""
        entities = self.entities
        self._keys = [frozenset(key_of(e.name)) for e in entities]
        introduced = [i for i, e in enumerate(entities) if e.role == "introduces"]
        self._introduced = len(introduced)
        self._first_new = min(introduced, key=self._first, default=-1)
        self._main = max(introduced, key=lambda i: (len(entities[i].mentions), -self._first(i)), default=-1)
        studied = [i for i, e in enumerate(entities) if e.type == "Concept" and e.role == "studies"]
        studied.sort(key=lambda i: (0 not in self._places[i], -len(entities[i].mentions), self._first(i)))
        self._studied = len(studied)
        self._subject = {i: min(9, n) for n, i in enumerate(studied)}

    def _first(self, i: int) -> int:
        return self.entities[i].mentions[0][0]

    def _pair(self, i: int, a: PaperEntity, j: int, b: PaperEntity) -> Pair | None:
        """The pair, or None where such a pair is hardly ever meant."""
        here, there = self._places[i], self._places[j]
        shared = here.keys() & there.keys()
        if not _plausible(a, b, bool(shared)):
            return None
        types = a.type[:2] + b.type[:2]
        roles = a.role[:3] + b.role[:3]
        subject = min(4, self._subject.get(j, 9))
        near = 0 if shared else min([6, *(abs(s - t) for s in here for t in there)])
        mine, yours = self._keys[i], self._keys[j]
        own = [
            f"t={types}",
            f"r={roles}",
            f"tr={types}{roles}",
            f"ti={0 in here}{0 in there}{roles}",
            f"cr={subject}{i == self._main}",
            f"sh={min(3, len(shared))}",
            f"shr={bool(shared)}{roles}",
            f"sd={near}",
            f"ov={min(1, len(mine & yours))}{mine <= yours}{yours <= mine}",
        ]
        sentences: dict[int, list[str]] = {}
        distance = _NO_SENTENCE
        for s in sorted(shared):
            x, y = _nearest(here[s], there[s])
            sentences[s] = self._between(x, y, s, types, roles)
            distance = min(distance, abs(x - y))
        ours = _NO_SENTENCE
        if i == self._main and a.type == "Method":
            for s in sorted(self._ours.keys() & there.keys() - shared):
                x, y = _nearest([self._ours[s]], there[s])
                if x != y:
                    sentences[s] = ["o" + f for f in self._between(x, y, s, types, roles)]
                    ours = min(ours, abs(x - y))
        unary = (self._as_user[i], self._as_purpose[j], self._for_role[j][a.role])
        return Pair(i, j, unary, own, sentences, distance, ours)

    def _between(self, x: int, y: int, sentence: int, types: str, roles: str) -> list[str]:
        """The features of two mentions (indices of words) in one sentence."""
        if x == y:
            return ["nest"]
        way = ">" if x < y else "<"
        low, high = (x, y) if x < y else (y, x)
        words = self._words
        between = words[low + 1 : high]
        n = len(between)
        both = way + types
        joints = [w for w in between if w in _JOINTS]
        last = joints[-1] if joints else ""
        masked = sum([w[0] == "#" for w in between])
        features = [f"m{way}{w}" for w in dict.fromkeys(between)]
        features += [
            f"d{way}{min(8, n // 2)}",
            f"e{way}{min(4, masked)}",
            f"dr{both}{roles[:3]}",
            f"j3{way}{' '.join(joints[-3:])}",
            f"j1{both}{last}",
            f"jr{way}{roles}{last}",
            f"jf{way}{joints[0] if joints else ''}",
        ]
        if sentence == 0:
            features.append(f"title{both}")
        if n <= 6:
            phrase = " ".join(between)
            features += [f"s{way}{phrase}", f"st{both}{phrase}"]
        if n <= 14:
            line = [w for w in between if w in _JOINTS or w == "," or w[0] == "#"]
            features.append(f"l{way}{' '.join(line)}")
        if between:
            features += [f"z{way}{between[-1]}", f"a{way}{between[0]}"]
            features += [f"zt{both}{between[-1]}", f"at{both}{between[0]}"]
        if n > 1:
            features += [f"z2{way}{between[-2]} {between[-1]}", f"a2{way}{between[0]} {between[1]}"]
        if n > 2:
            features.append(f"z3{way}{' '.join(between[-3:])}")
        before = words[max(0, low - 3) : low]
        features += [f"p{way}{w}" for w in before]
        if before:
            features.append(f"p1{way}{before[-1]}")
        if high + 1 < len(words):
            features.append(f"q{way}{words[high + 1]}")
        return features

    def _numbers(self, pair: Pair) -> list[float]:
        i, j = pair.user, pair.purpose
        a, b = self.entities[i], self.entities[j]
        here, there = self._places[i], self._places[j]
        near = min([6, *(abs(s - t) for s in here for t in there)])
        mine, yours = self._keys[i], self._keys[j]
        return [
            len(pair.sentences),
            len(here.keys() & there.keys()),
            near,
            0 in here,
            0 in there,
            0 in here and 0 in there,
            min(6, len(a.mentions)),
            min(6, len(b.mentions)),
            len(here),
            len(there),
            i == self._first_new,
            i == self._main,
            self._introduced,
            j == self._main,
            j == self._first_new,
            self._subject.get(j, 9),
            self._studied,
            len(self.entities),
            len(mine & yours),
            mine <= yours,
            yours <= mine,
            self._first(i) / self._size,
            self._first(j) / self._size,
            self._first(i) < self._first(j),
            pair.distance,
            pair.ours,
            min(pair.sentences) / self._last if pair.sentences else -1,
            _TYPES[a.type],
            _TYPES[b.type],
            _ROLES[a.role],
            _ROLES[b.role],
            a.confidence,
            b.confidence,
        ]


def _nearest(xs: Sequence[int], ys: Sequence[int]) -> tuple[int, int]:
    """The two that are nearest to each other."""
    if len(xs) == 1 and len(ys) == 1:
        return xs[0], ys[0]
    return min(((x, y) for x in xs for y in ys), key=lambda xy: abs(xy[0] - xy[1]))


def _masked(text: str, entities: Sequence[PaperEntity]) -> tuple[list[int], list[str]]:
    """Offsets and lower-case words of the text, each mention (of overlapping ones the first) one mask."""
    mentions = sorted((start, end, _MASK[e.type]) for e in entities for start, end in e.mentions)
    starts: list[int] = []
    words: list[str] = []
    at = 0
    for start, end, mask in [*mentions, (len(text), len(text), "")]:
        if start < at:
            continue
        for match in _WORD.finditer(text, at, start):
            starts.append(match.start())
            words.append(match.group().lower())
        if mask:
            starts.append(start)
            words.append(mask)
        at = end
    return starts, words


def _plausible(a: PaperEntity, b: PaperEntity, together: bool) -> bool:
    if b.type == "Metric" or (b.type == "Dataset" and a.type != "Method"):
        return False
    if a.type == "Metric":
        return together and b.type == "Concept"
    return together or (a.type != "Concept" and b.type != "Dataset" and a.role in ("introduces", "uses"))
