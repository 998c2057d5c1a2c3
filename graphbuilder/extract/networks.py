"""Several small networks of two hidden layers whose answers are averaged."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.vectors import Floats

#: Rows are answered in blocks of this many, so that a row's numbers never depend on how many there are.
_BLOCK = 16


class Networks:
    """Rows of numbers to rows of answers (unbounded)."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], name: str) -> None:
        """From the arrays of a model whose names begin with ``name``."""

        def array(part: str) -> Floats:
            return weights[f"{name}.{part}"].astype(np.float32)

        self._low, self._high = array("low"), array("high")
        self._mean, self._scale = array("mean"), array("scale")
        # side by side: (networks, in, out) and (networks, 1, out)
        self._layers = [(array(f"{x}.weight"), array(f"{x}.bias")[:, None]) for x in ("a", "b", "o")]

    def __call__(self, rows: Floats) -> Floats:
        """The mean answer of the networks to each row."""
        n = len(rows)
        padded = np.zeros((-(-n // _BLOCK) * _BLOCK, rows.shape[1]), np.float32)
        padded[:n] = rows
        x = (np.minimum(np.maximum(padded, self._low), self._high) - self._mean) / self._scale
        return np.concatenate([self._block(x[i : i + _BLOCK]) for i in range(0, len(x), _BLOCK)])[:n]

    def _block(self, x: Floats) -> Floats:
        (a, a0), (b, b0), (o, o0) = self._layers
        h = np.maximum(x @ a + a0, 0)
        h = np.maximum(h @ b + b0, 0)
        answers: Floats = (h @ o + o0).mean(axis=0)
        return answers
