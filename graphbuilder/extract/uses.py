"""Which entity of a paper is used for which other: "VIB for pruning", "pruning with VIB".

A small network reads the words of the paper, with its entities masked, and the numbers that
:mod:`graphbuilder.extract.pairs` has of each entity, of each ordered pair, and of each sentence that names
both; it decides on each pair with a view of the paper's other ones. It is trained by ``training/uses.py``. A
paper is computed by itself, so that its numbers never depend on others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract import pairs
from graphbuilder.extract.pairs import Pairs, Rows, Vocabulary, runs
from graphbuilder.extract.sentences import sentence_of
from graphbuilder.extract.vectors import Floats, windowed
from graphbuilder.records import PaperEntity, Span, Use

_NO_WEIGHTS = ("vocabulary", "threshold", "calibration")


def find(text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> tuple[Use, ...]:
    """The pairs that the text states or plainly means, in the order of the entities."""
    network = _load()
    read = pairs.read(text, sentences, entities, network.vocabulary)
    if not read:
        return ()
    sure, says = network(read)
    other = np.where(read.back >= 0, sure[read.back], 0)
    uses = []
    for pair in np.flatnonzero((sure >= network.threshold) & (sure >= other)).tolist():  # not both ways
        user, purpose = entities[read.users[pair]], entities[read.purposes[pair]]
        joints = np.flatnonzero(read.joint_of == pair)
        if len(joints):
            span = sentences[read.sentence[joints[says[joints].argmax()]]]
        else:  # no sentence names both: the one that first says, title aside, what the user is
            starts = [start for start, _ in user.mentions]
            span = sentence_of(sentences, next((s for s in starts if s > sentences[0][1]), starts[0]))
        uses.append(Use(user.name, purpose.name, span, round(float(sure[pair]), 4)))
    return tuple(uses)


class Network:
    """The trained network and what it decides at."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        """From the arrays that :func:`save` wrote."""
        self.vocabulary = Vocabulary(arrays["vocabulary"].tobytes().decode().split("\n"))
        self.threshold = float(arrays["threshold"])
        self._slope, self._offset = (float(v) for v in arrays["calibration"])
        self._weights = {n: v.astype(np.float32) for n, v in arrays.items() if n not in _NO_WEIGHTS}
        # the first layer sees a word by itself, so it is computed once for each word of the vocabulary
        self._near = self._layer("near", self._weights["words.weight"])

    def __call__(self, read: Pairs) -> tuple[Floats, Floats]:
        """How probable each pair is (0..1), and how much each joint says that it is meant (log-odds)."""
        w, users, purposes = self._weights, read.users, read.purposes
        x = windowed(self._near[read.words], 1)
        x += read.opens[:, None] * w["opens"]
        np.maximum(x, 0, out=x)
        x += np.maximum(windowed(self._layer("far", x), 2), 0)
        kind, table = w["kind.weight"][read.kinds], w["words.weight"]
        names = [_mean(table[read.name_words], read.name_of), table[read.heads]]
        name = np.maximum(self._layer("name", np.concatenate(names, 1)), 0)
        entity = [_mean(x[read.places], read.place_of), name, kind, read.entities]
        entities = np.concatenate(entity, 1)
        z = self._layer("user", entities)[users] + self._layer("purpose", entities)[purposes]
        z += self._layer("numbers", read.pairs)
        z += w["kinds.weight"][read.kinds[users] * len(w["kind.weight"]) + read.kinds[purposes]]
        joints = self._joints(read, x, kind)
        z += self._layer("pooled", _pooled(joints, read.joint_of, len(users)))
        np.maximum(z, 0, out=z)
        z = np.maximum(self._layer("pair", z), 0)
        back = z[read.back] * (read.back >= 0)[:, None]
        whole = np.broadcast_to(z.max(axis=0), z.shape)
        rivals = [_highest(z, users), _highest(z, purposes), whole, back]
        z += np.maximum(self._layer("rivals", np.concatenate(rivals, 1)), 0)
        odds = self._layer("out", z)[:, 0]
        return 1 / (1 + np.exp(-(self._slope * odds + self._offset))), self._layer("says", joints)[:, 0]

    def _joints(self, read: Pairs, x: Floats, kind: Floats) -> Floats:
        """What the places of a pair in a sentence and the words between them say."""
        low = np.minimum(read.user_at, read.purpose_at)
        high = np.maximum(read.user_at, read.purpose_at)
        sums = np.zeros((len(x) + 1, x.shape[1]), np.float32)
        np.cumsum(x, axis=0, out=sums[1:])
        between = sums[high] - sums[np.minimum(low + 1, high)]
        between /= np.sqrt(np.maximum(1, high - low - 1))[:, None].astype(np.float32)
        joint = [x[read.user_at], x[read.purpose_at], between]
        joint += [kind[read.users[read.joint_of]], kind[read.purposes[read.joint_of]], read.joints]
        return np.maximum(self._layer("joint", np.concatenate(joint, 1)), 0)

    def _layer(self, name: str, x: Floats) -> Floats:
        out: Floats = x @ self._weights[f"{name}.weight"]
        out += self._weights[f"{name}.bias"]
        return out


def save(
    path: Path,
    words: Sequence[str],
    weights: Mapping[str, NDArray[Any]],
    calibration: Sequence[float],
    threshold: float,
) -> None:
    """Write a network: its words, its weights, Platt calibration (slope, offset), and the threshold."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        vocabulary=np.frombuffer("\n".join(words).encode(), np.uint8),
        calibration=np.array(calibration),
        threshold=np.array(threshold),
        **weights,
    )


@cache
def _load() -> Network:
    with as_file(files("graphbuilder.extract").joinpath("data", "uses.npz")) as path, np.load(path) as arrays:
        return Network(dict(arrays))


def _pooled(x: Floats, groups: Rows, n: int) -> Floats:
    """For each of ``n`` groups the sum of its rows and the highest of them; 0 where it has none."""
    out = np.zeros((n, 2 * x.shape[1]), np.float32)
    if len(x):
        first, _ = runs(groups)
        out[groups[first], : x.shape[1]] = np.add.reduceat(x, first, axis=0)
        out[groups[first], x.shape[1] :] = np.maximum.reduceat(x, first, axis=0)
    return out


def _mean(x: Floats, groups: Rows) -> Floats:
    """The mean of each run's rows."""
    first, sizes = runs(groups)
    mean: Floats = np.add.reduceat(x, first, axis=0)
    mean /= sizes[:, None]
    return mean


def _highest(x: Floats, groups: Rows) -> Floats:
    """For each row the highest of its group's rows."""
    order = np.argsort(groups, kind="stable")
    first, sizes = runs(groups[order])
    out = np.empty_like(x)
    out[order] = np.repeat(np.maximum.reduceat(x[order], first, axis=0), sizes, axis=0)
    return out
