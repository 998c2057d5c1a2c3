"""Which entity of a paper is used for which other: "VIB for pruning", "pruning with VIB", "VIB-based pruning".

Each ordered pair of entities gets features from every sentence that names both (the words between, before and
after, with other entities masked), from the places of each, and from their types and roles. A linear model
weighs them, and trees decide with what the linear model says of the paper's other pairs. Both are trained by
``training/uses.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract import linear, trees
from graphbuilder.extract.mentions import key_of
from graphbuilder.extract.sentences import sentence_of
from graphbuilder.records import ENTITY_TYPES, ROLES, PaperEntity, Span, Use

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_MASK = {"Method": "#M", "Dataset": "#D", "Metric": "#Q", "Concept": "#C"}
_JOINTS = frozenset(
    "for to in via using by with on of from through that which and or as into towards toward : — ( ) ; is are based than "
    "between over without against under across at while when where".split()
)
_TYPES = {name: n for n, name in enumerate(ENTITY_TYPES)}
_ROLES = {name: n for n, name in enumerate(ROLES)}
_NO_SENTENCE = 99
#: Pairs under this log-odds of the linear model are dropped before the trees see them.
_HOPELESS = -5.0


@dataclass(slots=True)
class Pair:
    """An ordered pair of entities (indices), its features, and the features of each sentence with both."""

    user: int
    purpose: int
    features: list[str]
    numbers: list[float]
    sentences: dict[int, list[str]] = field(default_factory=dict)


def find(text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> tuple[Use, ...]:
    """The pairs that the text states or plainly means, in the order of the entities."""
    found = pairs(text, sentences, entities)
    if not found:
        return ()
    model = linear.load("uses")
    by_sentence = [{s: model.weigh(words) for s, words in pair.sentences.items()} for pair in found]
    scores = [
        model.bias + model.weigh(p.features) + sum(w.values())
        for p, w in zip(found, by_sentence, strict=True)
    ]
    rows = with_rivals(found, scores)
    hopeful = [i for i, score in enumerate(scores) if score > _HOPELESS]
    if not hopeful:
        return ()
    judge = trees.load("uses")
    chances = judge.probability(rows[hopeful])
    uses = []
    for i, chance in zip(hopeful, chances, strict=True):
        if chance < judge.threshold:
            continue
        user, purpose = entities[found[i].user], entities[found[i].purpose]
        weights = by_sentence[i]
        if weights:
            span = sentences[max(weights, key=lambda s: (weights[s], -s))]
        else:  # the purpose stands elsewhere: where the text first says what the user is, title aside
            first = next(
                (start for start, _ in user.mentions if start > sentences[0][1]), user.mentions[0][0]
            )
            span = sentence_of(sentences, first)
        uses.append(Use(user.name, purpose.name, span, round(float(chance), 4)))
    return tuple(uses)


def pairs(text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> list[Pair]:
    """The ordered pairs that may be meant, with their features."""
    paper = _Paper(text, sentences, entities)
    found = []
    for i, user in enumerate(entities):
        for j, purpose in enumerate(entities):
            if i != j and (pair := paper.pair(i, user, j, purpose)):
                found.append(pair)
    return found


def with_rivals(found: Sequence[Pair], scores: Sequence[float]) -> NDArray[np.float64]:
    """What the trees see of each pair: its numbers, its score, and its place among the rivals' scores.

    Rivals are the paper's other pairs, those with the same user, and those with the same purpose: for each
    of the three the rank (0 is best) and the distance to the best.
    """
    score = np.array(scores)
    columns = [score]
    everyone = np.zeros(len(found), dtype=int)
    for group in (everyone, np.array([p.user for p in found]), np.array([p.purpose for p in found])):
        order = np.lexsort((-score, group))
        grouped = group[order]
        first = np.r_[True, grouped[1:] != grouped[:-1]]
        begin = np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))
        rank, behind = np.empty(len(order)), np.empty(len(order))
        rank[order] = np.arange(len(order)) - begin
        behind[order] = score[order] - score[order][begin]
        columns += [rank, behind]
    columns.append(np.full(len(found), (1 / (1 + np.exp(-score))).sum()))
    return np.column_stack([np.array([p.numbers for p in found]), *columns])


class _Paper:
    """The words of a text with each entity as one masked word, and what the features need of every entity."""

    def __init__(self, text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> None:
        self.size = max(1, len(text))
        self.last = max(1, len(sentences) - 1)
        self.entities = entities
        borders = [start for start, _ in sentences]
        starts, self.words = _masked(text, entities)
        # for each entity: its mentions as (sentence, index of word)
        self.places: list[dict[int, list[int]]] = []
        self.around: list[tuple[list[str], list[str], list[str], list[str]]] = []
        for entity in entities:
            places: dict[int, list[int]] = defaultdict(list)
            before, after = set(), set()
            for start, _ in entity.mentions:
                n = bisect_right(starts, start) - 1
                sentence = bisect_right(borders, start) - 1
                places[sentence].append(n)
                opens = n == 0 or (sentence >= 0 and starts[n - 1] < borders[sentence])
                one = "^" if opens else self.words[n - 1]
                two = self.words[n - 2] if n > 1 and not opens else "^"
                before |= {one, f"{two} {one}"}
                after.add(self.words[n + 1] if n + 1 < len(self.words) else "$")
            self.places.append(places)
            pre, post = sorted(before), sorted(after)
            self.around.append(
                (
                    pre,
                    post,
                    [f"ap={w}" for w in pre] + [f"aq={w}" for w in post],
                    [f"bp={w}" for w in pre] + [f"bq={w}" for w in post],
                )
            )
        self.keys = [frozenset(key_of(e.name)) for e in entities]
        self.heads = [_WORD.findall(e.name.lower()) or [""] for e in entities]
        introduced = [i for i, e in enumerate(entities) if e.role == "introduces"]
        self.introduced = len(introduced)
        self.first = min(introduced, key=self._first, default=-1)
        self.main = max(introduced, key=lambda i: (len(entities[i].mentions), -self._first(i)), default=-1)
        studied = [i for i, e in enumerate(entities) if e.type == "Concept" and e.role == "studies"]
        studied.sort(key=lambda i: (0 not in self.places[i], -len(entities[i].mentions), self._first(i)))
        self.studied = len(studied)
        self.rank = {i: n for n, i in enumerate(studied)}

    def _first(self, i: int) -> int:
        return self.entities[i].mentions[0][0]

    def pair(self, i: int, a: PaperEntity, j: int, b: PaperEntity) -> Pair | None:
        """The features of the pair, or None where such a pair is hardly ever meant."""
        here, there = self.places[i], self.places[j]
        shared = sorted(here.keys() & there.keys())
        if not _plausible(a, b, bool(shared)):
            return None
        types = a.type[:2] + b.type[:2]
        roles = a.role[:3] + b.role[:3]
        rank = min(9, self.rank.get(j, 9))
        in_title, there_in_title = 0 in here, 0 in there
        near = 0 if shared else min(6, min(abs(s - t) for s in here for t in there))
        features = [
            f"t={types}",
            f"r={roles}",
            f"tr={types}{roles}",
            f"ti={in_title}{there_in_title}{roles}",
            f"cr={min(4, rank)}{i == self.main}",
            f"sh={min(3, len(shared))}",
            f"shr={bool(shared)}{roles}",
            f"ah={self.heads[i][-1]}",
            f"af={self.heads[i][0]}",
            f"bh={self.heads[j][-1]}",
            f"sd={near}",
            f"ov={min(1, len(self.keys[i] & self.keys[j]))}{self.keys[i] <= self.keys[j]}{self.keys[j] <= self.keys[i]}",
            f"na={min(6, len(a.mentions))}",
            f"nb={min(6, len(b.mentions))}",
            f"ne={min(30, len(self.entities)) // 3}",
            *self.around[i][2],
            *self.around[j][3],
        ]
        features += [f"bpr={w}{a.role[:3]}" for w in self.around[j][0]]
        of_sentence: dict[int, list[str]] = {}
        distance = _NO_SENTENCE
        for s in shared:
            x, y = min(((x, y) for x in here[s] for y in there[s]), key=lambda xy: abs(xy[0] - xy[1]))
            of_sentence[s] = self._between(x, y, s, types, a.role[:3], roles)
            distance = min(distance, abs(x - y))
        numbers = [
            len(shared),
            near,
            in_title,
            there_in_title,
            0 in of_sentence,
            min(6, len(a.mentions)),
            min(6, len(b.mentions)),
            len(here),
            len(there),
            i == self.first,
            i == self.main,
            self.introduced,
            j == self.main,
            j == self.first,
            rank,
            self.studied,
            len(self.entities),
            len(self.keys[i] & self.keys[j]),
            self.keys[i] <= self.keys[j],
            self.keys[j] <= self.keys[i],
            self._first(i) / self.size,
            self._first(j) / self.size,
            self._first(i) < self._first(j),
            distance,
            shared[0] / self.last if shared else -1,
            _TYPES[a.type],
            _TYPES[b.type],
            _ROLES[a.role],
            _ROLES[b.role],
        ]
        return Pair(i, j, features, [float(n) for n in numbers], of_sentence)

    def _between(self, x: int, y: int, sentence: int, types: str, role: str, roles: str) -> list[str]:
        if x == y:
            return ["nest"]
        way = ">" if x < y else "<"
        low, high = (x, y) if x < y else (y, x)
        between = self.words[low + 1 : high]
        n = len(between)
        both = way + types
        joints = [w for w in between if w in _JOINTS]
        line = [w for w in between if w in _JOINTS or w == "," or w[0] == "#"]
        masked = sum(1 for w in between if w[0] == "#")
        features = [f"m{way}{w}" for w in set(between)]
        features += [
            f"d{way}{min(8, n // 2)}",
            f"e{way}{min(4, masked)}",
            f"dr{both}{role}",
            f"j3{way}{' '.join(joints[-3:])}",
            f"j1{both}{joints[-1] if joints else ''}",
            f"jr{way}{roles}{joints[-1] if joints else ''}",
            f"jf{way}{joints[0] if joints else ''}",
        ]
        if sentence == 0:
            features.append(f"title{both}")
        if n <= 6:
            phrase = " ".join(between)
            features += [f"s{way}{phrase}", f"st{both}{phrase}"]
        if n <= 14:
            features.append(f"l{way}{' '.join(line)}")
        if between:
            features += [
                f"z{way}{between[-1]}",
                f"a{way}{between[0]}",
                f"zt{both}{between[-1]}",
                f"at{both}{between[0]}",
            ]
        if n > 1:
            features += [f"z2{way}{between[-2]} {between[-1]}", f"a2{way}{between[0]} {between[1]}"]
        if n > 2:
            features.append(f"z3{way}{' '.join(between[-3:])}")
        before = self.words[max(0, low - 3) : low]
        features += [f"p{way}{w}" for w in before]
        if before:
            features.append(f"p1{way}{before[-1]}")
        if high + 1 < len(self.words):
            features.append(f"q{way}{self.words[high + 1]}")
        return features


def _masked(text: str, entities: Sequence[PaperEntity]) -> tuple[list[int], list[str]]:
    """Offsets and lower-case words of the text, each mention (of overlapping ones the first) one mask."""
    mentions = sorted((start, end, _MASK[e.type]) for e in entities for start, end in e.mentions)
    starts: list[int] = []
    words: list[str] = []
    at = 0
    for start, end, mask in mentions:
        if start < at:
            continue
        for match in _WORD.finditer(text, at, start):
            starts.append(match.start())
            words.append(match.group().lower())
        starts.append(start)
        words.append(mask)
        at = end
    for match in _WORD.finditer(text, at):
        starts.append(match.start())
        words.append(match.group().lower())
    return starts, words


def _plausible(a: PaperEntity, b: PaperEntity, together: bool) -> bool:
    if b.type == "Metric" or (b.type == "Dataset" and a.type != "Method"):
        return False
    if a.type == "Metric":
        return together and b.type == "Concept"
    return together or (a.type != "Concept" and b.type != "Dataset" and a.role in ("introduces", "uses"))
