"""What is read of a paper to tell which of its entities is used for which other.

The words of the text with each entity's places masked by its type and role, numbers of each entity, the
ordered pairs of entities that may be meant with numbers of each, and the joints: two places, one of each
entity of a pair, in one sentence. All are arrays that a small network (:mod:`graphbuilder.extract.uses`)
reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.lexicon import listed
from graphbuilder.extract.mentions import key_of
from graphbuilder.extract.vectors import Floats
from graphbuilder.records import ENTITY_TYPES, ROLES, PaperEntity, Span

Rows = NDArray[np.intp]

#: Rows of a vocabulary: unknown words, blanks beyond a text's ends, a mask for each type and role, words.
UNKNOWN, BLANK, MASKS, WORDS = 0, 1, 2, 2 + len(ENTITY_TYPES) * len(ROLES)
#: Numbers of an entity, of a pair, and of a joint.
ENTITY, PAIR, JOINT = 17, 13, 9
#: Only so many entities of a text, the first ones, make pairs, each with so many places in a sentence, so
#: that no input takes quadratic time.
MOST, _ENOUGH = 100, 8

WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*|[^\w\s]")
_METHOD, _DATASET, _METRIC, _CONCEPT = range(len(ENTITY_TYPES))
_TYPES = {name: n for n, name in enumerate(ENTITY_TYPES)}
_ROLES = {name: n for n, name in enumerate(ROLES)}
_INTRODUCES, _USES, _STUDIES = (_ROLES[role] for role in ("introduces", "uses", "studies"))


class Pairs(NamedTuple):
    """A paper with its pairs. Entities, words, pairs and joints are named by their numbers, from 0."""

    words: Rows  # of each word of the text: its row in the vocabulary
    opens: Floats  # 1 for a sentence's first word
    place_of: Rows  # of each place of an entity, ordered by entity: the entity
    places: Rows  # the word
    name_of: Rows  # of each word of an entity's name, ordered by entity: the entity
    name_words: Rows  # its row in the vocabulary
    heads: Rows  # of each entity: the row of its name's last word
    kinds: Rows  # its type and role
    entities: Floats  # its numbers
    users: Rows  # of each pair, ordered by user and purpose: what is used
    purposes: Rows  # what for
    back: Rows  # the pair the other way round, or -1
    pairs: Floats  # its numbers
    joint_of: Rows  # of each joint, ordered by pair and sentence: the pair
    user_at: Rows  # the word of the user
    purpose_at: Rows  # the word of the purpose
    sentence: Rows  # their sentence
    joints: Floats  # its numbers


class Vocabulary:
    """The rows of words, and which of them together stand for the main thing of a paper: "our", "method"."""

    def __init__(self, words: Sequence[str]) -> None:
        """With ``words`` in the order of their rows, from ``WORDS`` on."""
        self.rows = {word: row for row, word in enumerate(words, WORDS)}
        self.before = np.zeros(WORDS + len(words), bool)
        self.thing = np.zeros(WORDS + len(words), bool)
        for part, section in ((self.before, "before"), (self.thing, "thing")):
            part[[self.rows[word] for word in sorted(listed("ours", section)) if word in self.rows]] = True


def words_of(text: str) -> list[str]:
    """The words and signs of a text as the vocabulary holds them."""
    return [word.lower() for word in WORD.findall(text)]


def read(
    text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity], vocabulary: Vocabulary
) -> Pairs | None:
    """Read a paper; None if it has no pairs that may be meant."""
    entities = entities[:MOST]
    n = len(entities)
    if n < 2:
        return None
    types = np.array([_TYPES[e.type] for e in entities], np.intp)
    roles = np.array([_ROLES[e.role] for e in entities], np.intp)
    kinds = types * len(ROLES) + roles
    rows, counts, found = _masked(text, sentences, entities, kinds.tolist(), vocabulary)
    words = np.array(rows, np.intp)
    sentence_at = np.repeat(np.arange(len(counts)), counts)
    place_of, places = np.array(found, np.intp).T
    sentence = sentence_at[places]
    few = _rank(place_of * len(counts) + sentence) < _ENOUGH
    place_of, places, sentence = place_of[few], places[few], sentence[few]
    inside = np.zeros((n, len(counts)), np.float32)  # which entity stands in which sentence
    inside[place_of, sentence] = 1

    shared = inside @ inside.T
    users, purposes = np.nonzero(_plausible(types, roles, shared > 0))
    if not len(users):
        return None
    number = np.full((n, n), -1, np.intp)
    number[users, purposes] = np.arange(len(users))
    about, main = _entities(entities, types, roles, inside, len(text))
    ours = np.zeros(0, np.intp)
    if main >= 0 and types[main] == _METHOD:
        ours = _ours(words, vocabulary)
        ours = ours[inside[main, sentence_at[ours]] == 0]
        ours = ours[_rank(sentence_at[ours]) < _ENOUGH]
    joints = _joints(
        np.concatenate([place_of, np.full(len(ours), main)]),
        np.concatenate([places, ours]),
        np.concatenate([sentence, sentence_at[ours]]),
        len(places),
        number,
    )
    numbers = _pairs(entities, inside, shared, users, purposes)
    between = _joint_numbers(words, *joints[1:])
    first, _ = runs(joints[0])
    if len(joints[0]):
        numbers[joints[0][first], 9] = 1
        numbers[joints[0][first], 10] = 1 - joints[3][first] / len(counts)
        numbers[joints[0][first], 11] = 1 - np.minimum.reduceat(between[:, 2], first)
        numbers[joints[0][first], 12] = np.maximum.reduceat(between[:, 8], first)
    names = [words_of(e.name) or [""] for e in entities]
    opens = np.ones(len(words), np.float32)
    opens[1:] = sentence_at[1:] != sentence_at[:-1]
    return Pairs(
        words=words,
        opens=opens,
        place_of=place_of,
        places=places,
        name_of=np.repeat(np.arange(n), [len(name) for name in names]),
        name_words=np.array([vocabulary.rows.get(word, UNKNOWN) for name in names for word in name]),
        heads=np.array([vocabulary.rows.get(name[-1], UNKNOWN) for name in names]),
        kinds=kinds,
        entities=about,
        users=users,
        purposes=purposes,
        back=number[purposes, users],
        pairs=numbers,
        joint_of=joints[0],
        user_at=joints[1],
        purpose_at=joints[2],
        sentence=joints[3],
        joints=between,
    )


def _masked(
    text: str,
    sentences: Sequence[Span],
    entities: Sequence[PaperEntity],
    kinds: Sequence[int],
    vocabulary: Vocabulary,
) -> tuple[list[int], list[int], list[tuple[int, int]]]:
    """Rows of the words, how many each sentence has, and entity and word of each mention.

    Each mention (of overlapping ones the first and longest) is one word, its mask.
    """
    mentions = sorted((start, -end, i) for i, e in enumerate(entities) for start, end in e.mentions)
    words: list[int] = []
    counts: list[int] = []
    found: list[tuple[int, int]] = []
    row_of = vocabulary.rows.get
    at = before = 0

    def take(end: int) -> None:
        words.extend([row_of(word.lower(), UNKNOWN) for word in WORD.findall(text, at, end)])

    borders = [start for start, _ in sentences[1:]]
    for start, end, i in [*mentions, (len(text), 0, -1)]:
        if start >= at:
            while len(counts) < len(borders) and borders[len(counts)] <= start:
                take(borders[len(counts)])
                at = max(at, borders[len(counts)])
                counts.append(len(words) - before)
                before = len(words)
            take(start)
            at = -end
            if i >= 0:
                words.append(MASKS + kinds[i])
        found.append((i, len(words) - 1))
    return words, [*counts, len(words) - before], sorted(found[:-1])


def runs(groups: Rows) -> tuple[Rows, Rows]:
    """Where each run of equal rows begins, and how long it is."""
    n = len(groups)
    if not n:
        return groups, groups
    borders = np.empty(n + 1, bool)
    borders[0] = borders[n] = True
    np.not_equal(groups[1:], groups[:-1], out=borders[1:n])
    at = np.flatnonzero(borders)
    return at[:-1], at[1:] - at[:-1]


def _rank(groups: Rows) -> Rows:
    """The number of each row within its run of equal rows."""
    first, size = runs(groups)
    return np.arange(len(groups)) - np.repeat(first, size)


def _plausible(types: Rows, roles: Rows, together: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which ordered pairs may be meant: some types hardly ever are, others only within a sentence."""
    user, purpose = types[:, None], types[None, :]
    active = ((roles == _INTRODUCES) | (roles == _USES))[:, None]
    apart = active & (user != _CONCEPT) & (user != _METRIC) & (purpose != _DATASET)
    may_be: NDArray[np.bool_] = (purpose != _METRIC) & ((purpose != _DATASET) | (user == _METHOD))
    may_be &= (user != _METRIC) | (purpose == _CONCEPT)
    may_be &= together | apart
    np.fill_diagonal(may_be, False)
    return may_be


def _entities(
    entities: Sequence[PaperEntity], types: Rows, roles: Rows, inside: Floats, size: int
) -> tuple[Floats, int]:
    """Numbers of each entity, about 0 to 1, and which is the main one that the paper introduces (or -1)."""
    n = len(entities)
    times = [len(e.mentions) for e in entities]
    first = [e.mentions[0][0] for e in entities]
    title = inside[:, 0].tolist()
    new = np.flatnonzero(roles == _INTRODUCES).tolist()
    main = max(new, key=lambda i: (times[i], -first[i]), default=-1)
    earliest = min(new, key=lambda i: first[i], default=-1)
    subjects = np.flatnonzero((roles == _STUDIES) & (types == _CONCEPT)).tolist()
    subjects.sort(key=lambda i: (-title[i], -times[i], first[i]))
    rank = {i: min(r, 9) / 9 for r, i in enumerate(subjects)}
    common = (min(4, len(new)) / 4, min(8, len(subjects)) / 8, min(30, n) / 30)
    several = np.minimum(8, inside.sum(axis=1) - 1).tolist()
    last = inside[:, -1].tolist()
    rows = [
        (
            title[i],
            last[i],
            min(6, times[i]) / 6,
            several[i] / 8,
            i == earliest,
            i == main,
            rank.get(i, 1.0),
            rank.get(i) == 0,
            e.confidence,
            e.confidence > 0.8,
            first[i] / size,
            min(5, e.name.count(" ") + e.name.count("-")) / 5,
            e.name.isupper() or (e.name[1:] != e.name[1:].lower() and " " not in e.name),
            min(3, len(e.aliases)) / 3,
            *common,
        )
        for i, e in enumerate(entities)
    ]
    return np.array(rows, np.float32), main


def _pairs(
    entities: Sequence[PaperEntity], inside: Floats, shared: Floats, users: Rows, purposes: Rows
) -> Floats:
    """Numbers of each pair, about 0 to 1."""
    one = inside.copy()  # which entity stands in or beside which sentence
    one[:, 1:] += inside[:, :-1]
    one[:, :-1] += inside[:, 1:]
    keys = [set(key_of(e.name)) for e in entities]
    rows = {word: row for row, word in enumerate(dict.fromkeys(w for key in keys for w in sorted(key)))}
    named = np.zeros((len(keys), max(1, len(rows))), np.float32)
    for i, key in enumerate(keys):
        named[i, [rows[word] for word in key]] = 1
    same = (named @ named.T)[users, purposes]
    length = named.sum(axis=1)
    together = shared[users, purposes]
    first = np.array([e.mentions[0][0] for e in entities])
    numbers = np.zeros((len(users), PAIR), np.float32)  # the last four are those of its joints
    numbers[:, 0] = np.minimum(4, together) / 4
    numbers[:, 1] = together > 0
    numbers[:, 2] = (one @ inside.T)[users, purposes] > 0
    numbers[:, 3] = (one @ one.T)[users, purposes] > 0
    numbers[:, 4] = np.minimum(2, same) / 2
    numbers[:, 5] = same == length[users]
    numbers[:, 6] = same == length[purposes]
    numbers[:, 7] = first[users] < first[purposes]
    numbers[:, 8] = inside[users, 0] * inside[purposes, 0]
    return numbers


def _ours(words: Rows, vocabulary: Vocabulary) -> Rows:
    """Words such as "method" in "our method", "the proposed framework"."""
    return 1 + np.flatnonzero(vocabulary.before[words[:-1]] & vocabulary.thing[words[1:]])


def _joints(place_of: Rows, places: Rows, sentence: Rows, real: int, number: Rows) -> Rows:
    """Of each joint the pair, the word of the user and of the purpose, the sentence, whether "ours"; by row.

    Of two entities' places in a sentence the nearest make the joint. Places from ``real`` on are words such
    as "our method" and stand for a user alone.
    """
    ours = np.arange(len(places)) >= real
    order = np.lexsort((places, sentence))
    place_of, places, sentence, ours = place_of[order], places[order], sentence[order], ours[order]
    first, sizes = runs(sentence)
    size = np.repeat(sizes, sizes)  # each place with each one of its sentence
    a = np.repeat(np.arange(len(places)), size)
    b = np.arange(len(a)) - np.repeat(np.cumsum(size) - size - np.repeat(first, sizes), size)
    pair = number[place_of[a], place_of[b]]
    kept = (pair >= 0) & ~ours[b] & ~(ours[a] & (places[a] == places[b]))
    a, b, pair = a[kept], b[kept], pair[kept]
    x, y, s = places[a], places[b], sentence[a]
    order = np.lexsort((y, x, np.abs(x - y), s, pair))
    nearest = order[_rank(pair[order] * (len(sentence) + int(s.max(initial=0)) + 1) + s[order]) == 0]
    return np.stack([pair, x, y, s, ours[a]])[:, nearest]


def _joint_numbers(words: Rows, x: Rows, y: Rows, sentence: Rows, ours: Rows) -> Floats:
    """Numbers of each joint, about 0 to 1."""
    masks = np.concatenate([[0], np.cumsum((words >= MASKS) & (words < WORDS))])
    low, high = np.minimum(x, y), np.maximum(x, y)
    distance = high - low
    between = masks[high] - masks[np.minimum(low + 1, high)]
    numbers = np.empty((len(x), JOINT), np.float32)
    numbers[:, 0] = x < y
    numbers[:, 1] = distance == 0
    numbers[:, 2] = np.log1p(distance) / 4
    numbers[:, 3] = np.minimum(1, distance / 10)
    numbers[:, 4] = distance <= 3
    numbers[:, 5] = np.minimum(6, between) / 6
    numbers[:, 6] = between == 0
    numbers[:, 7] = sentence == 0
    numbers[:, 8] = ours
    return numbers
