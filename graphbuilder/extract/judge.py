"""The judge: which candidates of a paper a careful reader would list, as what, and in which role.

Several small networks of two hidden layers look at the numbers that describe a candidate; the mean of
their answers decides. The probability that a candidate belongs on the list is calibrated on papers that
the networks had not seen, so it can be read as a confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.vectors import Floats
from graphbuilder.records import ENTITY_TYPES

#: Columns that are probabilities and are also given as log-odds.
LOG_ODDS = tuple(range(10))
#: Rows are judged in blocks of this many, so that a row's numbers never depend on how many there are.
_BLOCK = 16


class Verdicts(NamedTuple):
    """For each candidate the probability that it is listed, of each type, and of each role."""

    listed: Floats
    types: Floats
    roles: Floats


class Judge:
    """Networks that decide on candidates."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """From the arrays ``judge.*`` of a model."""
        self._low = weights["judge.low"].astype(np.float32)
        self._high = weights["judge.high"].astype(np.float32)
        self._mean = weights["judge.mean"].astype(np.float32)
        self._scale = weights["judge.scale"].astype(np.float32)
        # networks side by side: (networks, in, out)
        self._layers = [
            (
                weights[f"judge.{name}.weight"].astype(np.float32),
                weights[f"judge.{name}.bias"].astype(np.float32),
            )
            for name in ("a", "b", "o")
        ]
        self._slope, self._offset = (float(v) for v in weights["judge.calibration"])

    def __call__(self, rows: Floats) -> Verdicts:
        """Judge the candidates that ``rows`` describe."""
        n = len(rows)
        padded = np.zeros((-(-max(1, n) // _BLOCK) * _BLOCK, rows.shape[1]), np.float32)
        padded[:n] = rows
        x = (np.clip(widened(padded), self._low, self._high) - self._mean) / self._scale
        out = np.concatenate([self._score(x[i : i + _BLOCK]) for i in range(0, len(x), _BLOCK)])[:n]
        listed = 1 / (1 + np.exp(-(self._slope * out[:, 0] + self._offset)))
        types, roles = out[:, 1 : 1 + len(ENTITY_TYPES)], out[:, 1 + len(ENTITY_TYPES) :]
        return Verdicts(listed.astype(np.float32), _softmax(types), _softmax(roles))

    def _score(self, x: Floats) -> Floats:
        (a, a0), (b, b0), (o, o0) = self._layers
        h = np.maximum(x @ a + a0[:, None], 0)
        h = np.maximum(h @ b + b0[:, None], 0)
        answers: Floats = (h @ o + o0[:, None]).mean(axis=0)
        return answers


def widened(rows: Floats) -> Floats:
    """The rows with the log-odds of their probabilities at the end."""
    odds = np.clip(rows[:, LOG_ODDS], 1e-3, 1 - 1e-3)
    return np.concatenate([rows, np.log(odds / (1 - odds))], axis=1)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]
