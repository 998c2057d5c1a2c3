"""Static vectors of words from unlabelled texts: ``python -m training.vectors WORK``. Needs ``floret``.

Continuous bag of words over subwords of 3 to 5 letters, 96 numbers, 50,000 rows with two hashes each, 5
passes. Writes ``static.npz``: the table, and the vector of each form that stands in the texts. With one
thread the table is the same at each run; more threads are quicker and give other numbers.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import floret
import numpy as np

from graphbuilder.extract.vectors import normal
from training import corpus

SETTINGS = {"hash_count": 2, "minn": 3, "maxn": 5, "hash_seed": 2166136261, "bow": "<", "eow": ">"}


def main(work: Path, threads: int = 1) -> None:
    """Train and write."""
    model = floret.train_unsupervised(
        str(work / "floret.txt"),
        model="cbow",
        mode="floret",
        hashCount=SETTINGS["hash_count"],
        minn=SETTINGS["minn"],
        maxn=SETTINGS["maxn"],
        bucket=50_000,
        dim=96,
        epoch=5,
        ws=5,
        neg=5,
        lr=0.05,
        minCount=3,
        thread=threads,
        verbose=0,
    )
    model.save_floret_vectors(str(work / "vectors.floret"))
    with (work / "vectors.floret").open(encoding="utf-8") as lines:
        next(lines)
        table = np.array([line.rstrip().split(" ")[1:] for line in lines], np.float32)
    data = corpus.load(work)
    counts: Counter[int] = Counter()
    for text in data["texts"]["unlabelled"]:
        counts.update(text.forms.tolist())
    cache: dict[str, np.ndarray] = {}
    rows = []
    for form in map(normal, data["forms"]):
        if form not in cache:
            cache[form] = model.get_word_vector(form)
        rows.append(cache[form])
    vectors = np.array(rows, np.float32)
    scale = vectors.std()
    np.savez(
        work / "static.npz",
        table=table / scale,
        vectors=vectors / scale,
        counts=np.array([counts[i] for i in range(len(data["forms"]))]),
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
