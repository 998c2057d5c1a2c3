"""Narrow the layers of a model's tagger: ``python -m training.narrow WORK MODEL_FOLDER``.

What a layer says varies in few directions: about a third of its principal components hold 98.5% of it. Its
matrix becomes a product of two, onto these and back, which takes half of the time. After Zhang et al. (2015),
"Accelerating very deep convolutional networks for classification and detection", for all layers at once and
without training anew.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract.model import Model
from graphbuilder.extract.tagger import Layer
from training import corpus

#: Unlabelled abstracts of which the components are those.
PAPERS = 600
#: The part of the variance that a layer may lose, and what the number of its components is a multiple of.
LOSS, STEP = 0.015, 8


def main(work: Path, folder: Path) -> None:
    """Read the model, narrow its layers, write it in place."""
    data = corpus.load(work)
    lines = sorted(data["keywords"])
    random.Random(5).shuffle(lines)
    texts = [data["texts"]["unlabelled"][line].text for line in lines[:PAPERS]]
    with np.load(folder / "weights.npz") as arrays:
        weights = dict(arrays)
    model = Model(folder)
    for layer, said in answers(model, texts).items():
        weights |= narrowed(layer.name, weights, said)
    np.savez(folder / "weights.npz", **weights)


def answers(model: Model, texts: Sequence[str]) -> dict[Layer, NDArray[np.float32]]:
    """What each layer of the tagger says of each token of the texts, before its bias."""
    said: dict[Layer, list[NDArray[np.float32]]] = {layer: [] for layer in model.tagger.layers}
    for layer, rows in said.items():
        _record(layer, rows)
    for text in texts:
        model.read(text)
    return {layer: np.concatenate(rows) for layer, rows in said.items()}


def narrowed(
    name: str, weights: dict[str, NDArray[Any]], said: NDArray[np.float32]
) -> dict[str, NDArray[Any]]:
    """The arrays of a layer in two factors, by the principal components of what it says."""
    mean = said.mean(axis=0, dtype=np.float64)
    sizes, directions = np.linalg.eigh(np.cov(said, rowvar=False, dtype=np.float64))
    lost = 1 - np.cumsum(sizes[::-1]) / sizes.sum()
    rank = -(-(int((lost > LOSS).sum()) + 1) // STEP) * STEP
    kept = directions[:, ::-1][:, :rank]
    print(f"{name}: {rank} components, {lost[rank - 1]:.2%} of the variance is lost")
    layer = weights[f"{name}.lin.weight"].astype(np.float64)
    bias = weights[f"{name}.lin.bias"].astype(np.float64)
    return {
        f"{name}.lin.weight": (kept.T @ layer).astype(np.float16),
        f"{name}.wide": kept.astype(np.float16),
        f"{name}.lin.bias": (bias + mean - kept @ (kept.T @ mean)).astype(np.float16),
    }


def _record(layer: Layer, rows: list[NDArray[np.float32]]) -> None:
    added = layer.added

    def recorded(x: Any, y: Any, *whole: Any) -> Any:
        rows.append(y.copy())
        return added(x, y, *whole)

    layer.added = recorded  # type: ignore[method-assign]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
