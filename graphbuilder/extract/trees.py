"""Boosted decision trees as plain arrays: what scikit-learn trained, evaluated with numpy alone."""

from __future__ import annotations

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Trees:
    """A sum of trees. Node ``n`` of tree ``t`` goes left where ``x[feature[t, n]] <= threshold[t, n]``.

    Nodes are renumbered so that the right child comes after the left one: a step is a comparison and a sum.
    Leaves point to themselves, so that every row takes the same number of steps.
    """

    def __init__(self, arrays: dict[str, NDArray[Any]]) -> None:
        trees, size = arrays["value"].shape
        left, right = arrays["left"].ravel().tolist(), arrays["right"].ravel().tolist()
        nodes = [tree * size for tree in range(trees)]  # in their new order, by their old numbers
        first: list[int] = []  # of each its left child's new number, or its own
        for new, old in enumerate(nodes):
            leaf = left[old] == old
            first.append(new if leaf else len(nodes))
            if not leaf:
                nodes += [left[old], right[old]]
        leaves = np.array(first) == np.arange(len(nodes))
        self.feature = arrays["feature"].ravel()[nodes].astype(np.intp)
        self.bound = np.where(leaves, np.inf, arrays["threshold"].ravel()[nodes])
        self.first = np.array(first, np.intp)
        self.value = arrays["value"].ravel()[nodes].astype(np.float64)
        self.bias = float(arrays["bias"])
        self.depth = int(arrays["depth"])
        self.threshold = float(arrays["decide"])
        self._roots = np.arange(trees, dtype=np.intp)

    def probability(self, rows: Floats) -> Floats:
        """The probability (0..1) of each row of numbers."""
        node = np.tile(self._roots, len(rows))
        numbers = rows.ravel()
        begin = np.repeat(np.arange(len(rows), dtype=np.intp) * rows.shape[1], len(self._roots))
        for _ in range(self.depth):
            goes_right = numbers.take(begin + self.feature.take(node)) > self.bound.take(node)
            node = self.first.take(node) + goes_right
        score = self.bias + self.value.take(node).reshape(len(rows), -1).sum(axis=1)
        return np.asarray(1 / (1 + np.exp(-score)))


@cache
def load(name: str) -> Trees:
    """The trees of ``data/NAME.npz``."""
    with (
        as_file(files("graphbuilder.extract").joinpath("data", f"{name}.npz")) as path,
        np.load(path) as arrays,
    ):
        return Trees(dict(arrays))


def save(path: Path, model: Any, decide: float) -> None:
    """Write a fitted ``HistGradientBoostingClassifier`` of two classes and its threshold."""
    trees = [row[0].nodes for row in model._predictors]
    size = max(map(len, trees))
    shape = (len(trees), size)
    arrays: dict[str, NDArray[Any]] = {
        "feature": np.zeros(shape, np.int16),
        "threshold": np.zeros(shape),
        "left": np.zeros(shape, np.int32),
        "right": np.zeros(shape, np.int32),
        "value": np.zeros(shape),
        "bias": np.array(float(np.ravel(model._baseline_prediction)[0])),
        "depth": np.array(max(int(t["depth"].max()) for t in trees)),
        "decide": np.array(decide),
    }
    for i, tree in enumerate(trees):
        n = len(tree)
        leaf = tree["is_leaf"].astype(bool)
        own = np.arange(n)
        arrays["feature"][i, :n] = np.where(leaf, 0, tree["feature_idx"])
        arrays["threshold"][i, :n] = np.where(leaf, 0.0, tree["num_threshold"])
        arrays["left"][i, :n] = i * size + np.where(leaf, own, tree["left"])
        arrays["right"][i, :n] = i * size + np.where(leaf, own, tree["right"])
        arrays["value"][i, :n] = np.where(leaf, tree["value"], 0.0)
    np.savez_compressed(path, allow_pickle=False, **arrays)
