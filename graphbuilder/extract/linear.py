"""A linear model over named features, for pairs and figures: small, and quick enough in plain Python."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import repeat


class Linear:
    """Logistic regression: a weight for each feature name, a bias, and a threshold to decide at.

    ``calibration`` is the slope and offset that make the log-odds of what is decided those of being right.
    """

    def __init__(
        self,
        weights: Mapping[str, float],
        bias: float = 0.0,
        threshold: float = 0.5,
        calibration: tuple[float, float] = (1.0, 0.0),
    ) -> None:
        self.weights = dict(weights)
        self.bias = bias
        self.threshold = threshold
        self.calibration = calibration

    def score(self, features: Iterable[str]) -> float:
        """The log-odds of some features; unknown ones count nothing, repeated ones again."""
        return self.bias + self.weigh(features)

    def weigh(self, features: Iterable[str]) -> float:
        """The sum of their weights."""
        return sum(map(self.weights.get, features, repeat(0.0)))

    def probability(self, features: Iterable[str]) -> float:
        """The probability (0..1) of a set of features."""
        return sigmoid(self.score(features))

    def confidence(self, score: float) -> float:
        """How likely (0..1) something with these log-odds is right, once it has been chosen."""
        slope, offset = self.calibration
        return sigmoid(slope * score + offset)

    def to_json(self) -> str:
        """One weight a line, in order of name, so that versions can be compared."""
        rows = ",\n".join(f"{json.dumps(k)}: {round(v, 3)}" for k, v in sorted(self.weights.items()))
        slope, offset = (round(x, 4) for x in self.calibration)
        head = (
            f'{{"bias": {round(self.bias, 4)}, "threshold": {round(self.threshold, 4)}, '
            f'"calibration": [{slope}, {offset}], "weights": {{\n'
        )
        return head + rows + "\n}}\n"


@cache
def load(name: str) -> Linear:
    """A model of ``data/NAME.json``."""
    row = json.loads(files("graphbuilder.extract").joinpath("data", f"{name}.json").read_text("utf-8"))
    slope, offset = row.get("calibration", (1.0, 0.0))
    return Linear(row["weights"], row["bias"], row["threshold"], (slope, offset))


def sigmoid(x: float) -> float:
    """The logistic function, without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else 1 - 1 / (1 + math.exp(x))
