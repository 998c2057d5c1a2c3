"""Train the model that decides which numbers are results: ``python training/figures.py train.jsonl``.

Writes ``graphbuilder/extract/data/figures.json``. Needs scikit-learn. The seed is fixed; the threshold is
the best one for F1 by cross-validation over papers.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from graphbuilder.extract import figures, sentences
from graphbuilder.extract.linear import Linear
from graphbuilder.extract.mentions import Words
from graphbuilder.names import key
from graphbuilder.records import PaperEntity

FOLDS = 5


def main() -> None:
    """Train, say how well it does in cross-validation, write the model."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).open(encoding="utf-8")]
    features, labels, papers, places, wanted = [], [], [], [], 0
    for n, row in enumerate(rows):
        text = f"{row['title']}\n{row['abstract']}"
        spans = sentences.split(row["title"], row["abstract"])
        gold = {(digits(r["value"]), key(r["metric"])) for r in row["results"] if digits(r["value"])}
        wanted += len(gold)
        for value, metric, found in figures.candidates(text, spans, gold_entities(row, text)):
            features.append(dict.fromkeys(found, 1))
            labels.append((digits(text[value.start : value.end]), key(metric.name)) in gold)
            papers.append(n)
            places.append((n, value.start))
    y, group = np.array(labels), np.array(papers)
    vectors = DictVectorizer()
    x = vectors.fit_transform(features)
    common = np.asarray((x != 0).sum(axis=0)).ravel() >= 3
    x = x[:, common]

    def fit(rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=0.3, solver="liblinear", max_iter=500, random_state=0).fit(
            x[rows], y[rows]
        )

    out = np.zeros(len(y))
    for k in range(FOLDS):
        out[group % FOLDS == k] = fit(group % FOLDS != k).predict_proba(x[group % FOLDS == k])[:, 1]
    threshold, f1 = best_threshold(out, y, places, wanted)
    model = fit(np.ones(len(y), bool))
    names = vectors.get_feature_names_out()[common]
    weights = {n: w for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
    target = Path(figures.__file__).parent / "data" / "figures.json"
    target.write_text(Linear(weights, model.intercept_[0], threshold).to_json(), encoding="utf-8")
    print(
        f"{len(y)} candidates, {y.sum()} right, {len(weights)} weights, F1 {f1:.3f} at {threshold:.2f} (cross-validation)"
    )


def best_threshold(
    p: np.ndarray, y: np.ndarray, places: list[tuple[int, int]], wanted: int
) -> tuple[float, float]:
    """The threshold on the best metric of each value, and the F1 that it gives."""
    best: dict[tuple[int, int], int] = {}
    for i, place in enumerate(places):
        if place not in best or p[i] > p[best[place]]:
            best[place] = i
    chosen = np.array(list(best.values()))
    order = chosen[np.argsort(-p[chosen])]
    hits = np.cumsum(y[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted)
    return float(p[order[f1.argmax()]]), float(f1.max())


def digits(value: str) -> str:
    """What is compared of a printed value."""
    return re.sub(r"[^0-9.]", "", value).strip(".")


def gold_entities(row: dict, text: str) -> list[PaperEntity]:
    """The annotated entities with their places in the text."""
    words = Words(text)
    claimed = []
    for i, e in enumerate(row["entities"]):
        for form in (e["name"], *e["aliases"]):
            at = text.lower().find(form.lower())
            spans = words.find(form) or ([(at, at + len(form))] if at >= 0 else [])
            claimed += [(start, -end, i) for start, end in spans]
    places: dict[int, list[tuple[int, int]]] = {}
    reach = -1
    for start, end, i in sorted(set(claimed)):
        if -end > reach:
            places.setdefault(i, []).append((start, -end))
            reach = -end
    return [
        PaperEntity(e["name"], e["type"], e["role"], 1.0, tuple(places[i]), tuple(e["aliases"]))
        for i, e in enumerate(row["entities"])
        if i in places
    ]


if __name__ == "__main__":
    main()
