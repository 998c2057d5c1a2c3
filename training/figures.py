"""Train what decides which numbers are results.

Usage: ``python training/figures.py train.jsonl [predicted.jsonl ...]``.

Writes ``graphbuilder/extract/data/figures.json``. Needs scikit-learn. The seed is fixed; the threshold is
the best one for F1 in cross-validation over papers. With predicted files (the
extractor's output on the same papers, by models that have not seen them) it also learns from entities as
they are found, and is measured on those of the last file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import gold
import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from graphbuilder.extract import figures, sentences
from graphbuilder.extract.linear import Linear
from graphbuilder.names import key

FOLDS = 5


def main() -> None:
    """Train, say how well it does in cross-validation, write the model."""
    features, labels, papers, places, measured, wanted = [], [], [], [], [], 0
    sources = [None, *sys.argv[2:]]
    for source in sources:
        for n, paper in enumerate(gold.read(sys.argv[1], source)):
            text = paper.text
            spans = sentences.split(paper.title, paper.abstract)
            wanted += len(paper.results) * (source == sources[-1])
            for value, metric, found in figures.candidates(text, spans, paper.entities):
                features.append(dict.fromkeys(found, 1))
                labels.append((gold.digits(text[value.start : value.end]), key(metric.name)) in paper.results)
                papers.append(n)
                places.append((n, value.start))
                measured.append(source == sources[-1])
    y, group, judged = np.array(labels), np.array(papers), np.flatnonzero(measured)
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
    threshold, f1 = best_threshold(out[judged], y[judged], [places[i] for i in judged], wanted)
    calibration = calibrate(out[judged], y[judged], [places[i] for i in judged], threshold)
    model = fit(np.ones(len(y), bool))
    names = vectors.get_feature_names_out()[common]
    weights = {n: w for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
    target = Path(figures.__file__).parent / "data" / "figures.json"
    target.write_text(
        Linear(weights, model.intercept_[0], threshold, calibration).to_json(), encoding="utf-8"
    )
    print(f"{len(y)} candidates, {y.sum()} right, {len(weights)} weights")
    print(f"F1 {f1:.3f} at {threshold:.2f} (cross-validation)")


def calibrate(
    p: np.ndarray, y: np.ndarray, places: list[tuple[int, int]], threshold: float
) -> tuple[float, float]:
    """Slope and offset of the log-odds at which the best metric of each value is right (Platt 1999)."""
    chosen = best_metrics(p, places)
    chosen = chosen[p[chosen] >= threshold]
    odds = np.log(p[chosen] / (1 - p[chosen]))[:, None]
    fitted = LogisticRegression(C=1e6).fit(odds, y[chosen])
    share = fitted.predict_proba(odds)[:, 1]
    print("confidence   results   right")
    for low in np.unique(np.floor(share * 10)) / 10:
        rows = (share >= low) & (share < low + 0.1)
        print(f"{low:.1f} to {low + 0.1:.1f}   {rows.sum():7}   {y[chosen][rows].mean():5.3f}")
    return float(fitted.coef_[0, 0]), float(fitted.intercept_[0])


def best_metrics(p: np.ndarray, places: list[tuple[int, int]]) -> np.ndarray:
    """The candidate with the likeliest metric of each value."""
    best: dict[tuple[int, int], int] = {}
    for i, place in enumerate(places):
        if place not in best or p[i] > p[best[place]]:
            best[place] = i
    return np.array(list(best.values()))


def best_threshold(
    p: np.ndarray, y: np.ndarray, places: list[tuple[int, int]], wanted: int
) -> tuple[float, float]:
    """The threshold on the best metric of each value, and the F1 that it gives."""
    chosen = best_metrics(p, places)
    order = chosen[np.argsort(-p[chosen])]
    hits = np.cumsum(y[order])
    f1 = 2 * hits / (np.arange(1, len(order) + 1) + wanted)
    return float(p[order[f1.argmax()]]), float(f1.max())


if __name__ == "__main__":
    main()
