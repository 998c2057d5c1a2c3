"""What is read of a paper to tell which entity is used for which other."""

from __future__ import annotations

import numpy as np

from graphbuilder.extract import pairs, sentences
from graphbuilder.records import PaperEntity

TITLE = "TrimNet for Pruning"
ABSTRACT = "We present TrimNet. Our method uses distillation for pruning. Accuracy rises."
TEXT = f"{TITLE}\n{ABSTRACT}"


def entity(name: str, kind: str, role: str) -> PaperEntity:
    spans, at = [], TEXT.lower().find(name.lower())
    while at >= 0:
        spans.append((at, at + len(name)))
        at = TEXT.lower().find(name.lower(), at + 1)
    return PaperEntity(name, kind, role, 0.9, tuple(spans))  # type: ignore[arg-type]


ENTITIES = [
    entity("TrimNet", "Method", "introduces"),
    entity("pruning", "Concept", "studies"),
    entity("distillation", "Method", "uses"),
    entity("accuracy", "Metric", "measures"),
]


def read(*words: str) -> pairs.Pairs:
    found = pairs.read(TEXT, sentences.split(TITLE, ABSTRACT), ENTITIES, pairs.Vocabulary(words))
    assert found
    return found


def test_entities_are_masked_and_words_known_or_not() -> None:
    found = read("we", "for")
    masks = [int(pairs.MASKS + kind) for kind in found.kinds]
    assert found.words[:3].tolist() == [masks[0], pairs.WORDS + 1, masks[1]]
    assert found.words[3:5].tolist() == [pairs.WORDS, pairs.UNKNOWN]
    assert found.words[found.places].tolist() == [masks[i] for i in found.place_of]


def test_each_sentence_begins_once() -> None:
    found = read("we")
    assert found.opens.sum() == 4
    assert found.opens[0] == 1


def test_pairs_are_those_that_may_be_meant_and_know_their_reverse() -> None:
    found = read("we")
    ends = list(zip(found.users.tolist(), found.purposes.tolist(), strict=True))
    assert (0, 1) in ends
    assert (2, 1) in ends
    assert all(ENTITIES[purpose].type != "Metric" and user != purpose for user, purpose in ends)
    for (user, purpose), back in zip(ends, found.back.tolist(), strict=True):
        assert (ends[back] == (purpose, user)) if back >= 0 else (purpose, user) not in ends


def test_joints_are_the_nearest_places_of_a_sentence_and_our_method_is_the_main_entity() -> None:
    found = read("our", "method")
    ends = list(zip(found.users.tolist(), found.purposes.tolist(), strict=True))
    said = {
        (ends[pair], sentence) for pair, sentence in zip(found.joint_of, found.sentence.tolist(), strict=True)
    }
    assert ((0, 1), 0) in said  # "TrimNet for Pruning"
    assert ((2, 1), 2) in said  # "distillation for pruning"
    assert ((0, 1), 2) in said  # "Our method ... pruning"
    assert found.joints.shape == (len(found.joint_of), pairs.JOINT)
    assert np.all(np.diff(found.joint_of) >= 0)


def test_one_entity_makes_no_pair() -> None:
    assert pairs.read(TEXT, sentences.split(TITLE, ABSTRACT), ENTITIES[:1], pairs.Vocabulary([])) is None
    assert pairs.read(TEXT, sentences.split(TITLE, ABSTRACT), ENTITIES[3:], pairs.Vocabulary([])) is None
