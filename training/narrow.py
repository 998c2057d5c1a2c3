"""Narrow the layers of a tagger: ``python -m training.narrow WORK WIDE NAME``. Needs torch.

What a layer says varies in few directions: about a third of its principal components hold 97% of it. Its
matrix becomes a product of two, onto these and back, which takes half of the time (after Zhang et al., 2015,
"Accelerating very deep convolutional networks for classification and detection", for all layers at once).
Then the narrow tagger learns to answer as the wide one does, on papers that nobody has tagged (Hinton et al.,
2015, "Distilling the knowledge in a neural network"). Each of WIDE's taggers, that of each fold, gets a
narrow one of its own.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from training import corpus
from training.network import Forms, Network, Paper, score, train
from training.tagger import labelled

#: Unlabelled abstracts of which the components are those, and how many are read at a time.
PAPERS, BATCH = 600, 24
#: How much of the variance a layer may lose, and what the number of its components is a multiple of.
LOSS, STEP = 0.08, 8
#: Unlabelled abstracts that the narrow tagger learns on.
LESSONS = 12_000


def main() -> None:
    """Read WORK/WIDE.pt, narrow each of its taggers, write WORK/NAME.pt."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("wide")
    parser.add_argument("name")
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = corpus.load(options.work)
    forms, dev = Forms(options.work, data["forms"]), labelled(data, "dev")
    lines = sorted(data["keywords"])
    random.Random(5).shuffle(lines)
    texts = [data["texts"]["unlabelled"][line] for line in lines[:LESSONS]]
    papers = [(text.forms, text.offsets) for text in texts]
    settings, states = torch.load(options.work / f"{options.wide}.pt")
    ranks: dict[str, int] = {}
    written = []
    for number, state in reversed(list(enumerate(states))):  # the one that has seen all tells the ranks
        wide = Network(**settings)
        wide.load_state_dict(state)
        network = narrowed(wide, ranks, papers, forms)
        print(number, "wide", score(wide, dev, forms), "narrowed", score(network, dev, forms), flush=True)
        network = train(
            network, papers, forms, epochs=1, rate=5e-4, size=16, average=0.99, seed=number, teacher=wide
        )
        print(number, "taught", score(network, dev, forms), flush=True)
        written.append(network.state_dict())
    torch.save((network.settings, written[::-1]), options.work / f"{options.name}.pt")


def narrowed(wide: Network, ranks: dict[str, int], papers: Sequence[Paper], forms: Forms) -> Network:
    """The network with narrow layers, of the given ranks; those that are not given yet are filled in."""
    state = wide.state_dict()
    for name, said in answers(wide, papers[:PAPERS], forms).items():
        kept = components(said, ranks.get(name))
        ranks[name] = kept.shape[1]
        state |= factors(name, state, kept, said.mean(axis=0, dtype=np.float64))
    network = Network(**{**wide.settings, "dropout": 0.0, "ranks": ranks})
    network.load_state_dict(state)
    return network


@torch.no_grad()
def answers(network: Network, papers: Sequence[Paper], forms: Forms) -> dict[str, NDArray[np.float32]]:
    """What each residual layer says of each token of the papers, before its bias."""
    said: dict[str, list[NDArray[np.float32]]] = {}
    network.eval()
    mask: Any = None
    hooks = []
    for name, layer in network.residual().items():
        said[name] = []

        def record(_: Any, __: Any, y: torch.Tensor, layer: Any = layer, rows: Any = said[name]) -> None:
            rows.append((y - layer.lin.bias)[mask].numpy())

        hooks.append(layer.lin.register_forward_hook(record))
    for i in range(0, len(papers), BATCH):
        batch = forms.batch(papers[i : i + BATCH])
        mask = batch["mask"][:, 0] > 0
        network(batch)
    for hook in hooks:
        hook.remove()
    return {name: np.concatenate(rows) for name, rows in said.items()}


def components(said: NDArray[np.float32], rank: int | None) -> NDArray[np.float64]:
    """The principal components, in columns: so many, or those that hold all but ``LOSS`` of the variance."""
    sizes, directions = np.linalg.eigh(np.cov(said, rowvar=False, dtype=np.float64))
    lost = 1 - np.cumsum(sizes[::-1]) / sizes.sum()
    rank = rank or -(-(int((lost > LOSS).sum()) + 1) // STEP) * STEP
    return np.ascontiguousarray(directions[:, ::-1][:, :rank])


def factors(
    name: str, state: Mapping[str, torch.Tensor], kept: NDArray[np.float64], mean: NDArray[np.float64]
) -> dict[str, torch.Tensor]:
    """The arrays of a :class:`~training.network.Narrow` in the place of a layer's matrix."""
    matrix, bias = (state[f"{name}.lin.{part}"].double().numpy() for part in ("weight", "bias"))
    arrays = {
        "weight": kept.T @ matrix,
        "wide": kept,
        "bias": bias + mean - kept @ (kept.T @ mean),
    }
    return {f"{name}.lin.{part}": torch.from_numpy(array).float() for part, array in arrays.items()}


if __name__ == "__main__":
    main()
