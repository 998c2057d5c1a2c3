"""Train the tagger. Needs torch.

``python -m training.tagger base WORK``: on the automatically tagged papers, three passes.
``python -m training.tagger fresh WORK --labels FILE...``: on papers that ``training.relabel`` has labelled.
``python -m training.tagger gold WORK BASE``: on the annotated papers; besides the tagger that has seen all of
``train.jsonl`` one for each of four folds, so that the judge can learn from papers its tagger has not seen.
``--size 0.25`` and the like take a part of the annotated papers alone, for the learning curve.
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path
from typing import Any

import torch

from training import corpus
from training.network import Forms, Network, Paper, score, train

FOLDS = 4
EPOCHS = {"base": 3, "fresh": 1, "gold": 2}


def main() -> None:
    """Parse the command, train, write ``WORK/NAME.pt``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("step", choices=tuple(EPOCHS))
    parser.add_argument("work", type=Path)
    parser.add_argument("start", nargs="?", help="name of the tagger to go on from (gold)")
    parser.add_argument("--name", help="name of the result (default: the step)")
    parser.add_argument("--width", type=int, default=144)
    parser.add_argument("--before", type=int, nargs="+", default=[1, 1, 2, 4])
    parser.add_argument("--after", type=int, nargs="*", default=[1])
    parser.add_argument("--epochs", type=float, help=f"passes over the papers (default: {EPOCHS})")
    parser.add_argument("--labels", type=Path, nargs="*", default=[], help="files of training.relabel")
    parser.add_argument("--size", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    epochs = options.epochs or EPOCHS[options.step]
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    data = corpus.load(options.work)
    forms = Forms(options.work, data["forms"])
    dev = labelled(data, "dev")
    target = options.work / f"{options.name or options.step}.pt"
    if options.step == "gold":
        papers = labelled(data, "train")
        papers = papers[: round(options.size * len(papers))]
        states = []
        for fold in [*range(FOLDS), None]:
            seen = [p for i, p in enumerate(papers) if i % FOLDS != fold]
            seed = 0 if fold is None else fold + 1
            network = started(options.work, options.start, dropout=0.2)
            network = train(network, seen, forms, epochs=epochs, rate=5e-4, size=16, average=0.99, seed=seed)
            states.append(network.state_dict())
            print("all" if fold is None else f"fold {fold}", score(network, dev, forms), flush=True)
        torch.save((network.settings, states), target)
        return
    if options.step == "base":
        papers, average = silver(data), 0.999
    else:
        papers, average = [p for path in options.labels for p in pickle.loads(path.read_bytes())], 0.998
    network = Network(options.width, options.before, options.after)
    network = train(
        network, papers, forms, epochs=epochs, rate=2e-3, size=24, average=average, seed=options.seed
    )
    print(score(network, dev, forms))
    torch.save((network.settings, [network.state_dict()]), target)


def labelled(data: dict[str, Any], name: str) -> list[Paper]:
    """The annotated papers of a part."""
    pairs = zip(data["texts"][name], data["labels"][name], strict=True)
    return [(text.forms, text.offsets, *labels) for text, labels in pairs]


def silver(data: dict[str, Any]) -> list[Paper]:
    """The automatically tagged papers."""
    texts = data["texts"]["unlabelled"]
    return [(texts[i].forms, texts[i].offsets, *labels) for i, labels in data["silver"].items()]


def started(work: Path, name: str, dropout: float) -> Network:
    """The network that a step before has written."""
    settings, states = torch.load(work / f"{name}.pt")
    network = Network(**{**settings, "dropout": dropout})
    network.load_state_dict(states[-1])
    return network


if __name__ == "__main__":
    main()
