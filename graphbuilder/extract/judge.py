"""The judge: which candidates of a paper a careful reader would list, as what, and in which role.

Small networks look at the numbers that describe a candidate. The probability that a candidate belongs on
the list is calibrated on papers that the networks had not seen, so it can be read as a confidence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.networks import Networks
from graphbuilder.extract.vectors import Floats
from graphbuilder.records import ENTITY_TYPES

#: Columns that are probabilities and are also given as log-odds.
LOG_ODDS = tuple(range(10))


class Verdicts(NamedTuple):
    """For each candidate the probability that it is listed, of each type, and of each role."""

    listed: Floats
    types: Floats
    roles: Floats


class Judge:
    """Decides on candidates."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """From the arrays ``judge.*`` of a model."""
        self._networks = Networks(weights, "judge")
        self._slope, self._offset = (float(v) for v in weights["judge.calibration"])

    def __call__(self, rows: Floats) -> Verdicts:
        """Judge the candidates that ``rows`` describe."""
        out = self._networks(widened(rows))
        listed = 1 / (1 + np.exp(-(self._slope * out[:, 0] + self._offset)))
        types, roles = out[:, 1 : 1 + len(ENTITY_TYPES)], out[:, 1 + len(ENTITY_TYPES) :]
        return Verdicts(listed.astype(np.float32), _softmax(types), _softmax(roles))


def widened(rows: Floats) -> Floats:
    """The rows with the log-odds of their probabilities at the end."""
    odds = np.minimum(np.maximum(rows[:, LOG_ODDS], 1e-3), 1 - 1e-3)
    return np.concatenate([rows, np.log(odds / (1 - odds))], axis=1)


def _softmax(x: Floats) -> Floats:
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)  # type: ignore[no-any-return]
