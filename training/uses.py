"""Train what finds used_for pairs: ``python training/uses.py train.jsonl [predicted.jsonl ...]``.

Writes ``graphbuilder/extract/data/uses.json`` (linear) and ``uses.npz`` (trees). Needs scikit-learn. Folds
are by paper, the seed is fixed; the trees learn from scores of linear models that have not seen the paper,
and the threshold is the best one for F1 in cross-validation. With predicted files (the
extractor's output on the same papers, by models that have not seen them) it also learns from entities as
they are found, and is measured on those of the last file.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import gold
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from graphbuilder.extract import sentences, trees, uses
from graphbuilder.extract.linear import Linear

FOLDS = 5
RARE = 12


def main() -> None:
    """Train both steps, say how well they do in cross-validation, write them."""
    papers, features, labels, of_paper, measured, wanted = [], [], [], [], [], 0
    sources = [None, *sys.argv[2:]]
    for source in sources:
        for n, paper in enumerate(gold.read(sys.argv[1], source)):
            pairs = uses.Pairs(paper.text, sentences.split(paper.title, paper.abstract), paper.entities)
            wanted += paper.all_pairs * (source == sources[-1])
            papers.append(pairs)
            for pair in pairs.found:
                features.append(Counter(pair.features()))
                labels.append((pair.user, pair.purpose) in paper.pairs)
                of_paper.append(n)
                measured.append(source == sources[-1])
    y, fold, judged = np.array(labels), np.array(of_paper) % FOLDS, np.array(measured)
    vectors = DictVectorizer(dtype=np.float32)
    x = vectors.fit_transform(features)
    common = np.asarray((x != 0).sum(axis=0)).ravel() >= RARE
    x, names = x[:, common], vectors.get_feature_names_out()[common]

    def linear(rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=0.04, solver="liblinear", max_iter=300, random_state=0).fit(
            x[rows], y[rows]
        )

    scores = np.zeros(len(y))
    for k in range(FOLDS):
        scores[fold == k] = linear(fold != k).decision_function(x[fold == k])
    report("linear model alone", scores[judged], y[judged], wanted)
    z = with_rivals(papers, scores)

    def forest(rows: np.ndarray) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_leaf_nodes=16,
            learning_rate=0.07,
            max_iter=140,
            max_features=0.3,
            l2_regularization=1.0,
            min_samples_leaf=50,
            random_state=0,
        ).fit(z[rows], y[rows])

    chances = np.zeros(len(y))
    for k in range(FOLDS):
        chances[fold == k] = forest(fold != k).predict_proba(z[fold == k])[:, 1]
    threshold = report("with trees", chances[judged], y[judged], wanted)
    everything = np.ones(len(y), bool)
    model = linear(everything)
    weights = {n: float(w) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
    data = Path(uses.__file__).parent / "data"
    (data / "uses.json").write_text(Linear(weights, float(model.intercept_[0])).to_json(), encoding="utf-8")
    trees.save(data / "uses.npz", forest(everything), threshold)
    print(f"{len(y)} pairs, {y[judged].sum()} of {wanted} in reach, {len(weights)} weights")
    for low in np.arange(0.1, 1.0, 0.1):
        inside = judged & (chances >= low) & (chances < low + 0.1)
        if inside.any():
            right = y[inside].mean()
            print(f"  confidence {low:.1f}-{low + 0.1:.1f}: {inside.sum():5} pairs, {right:.2f} right")


def with_rivals(papers: list[uses.Pairs], scores: np.ndarray) -> np.ndarray:
    """The rows that the trees see, of all papers."""
    rows, at = [], 0
    for pairs in papers:
        n = len(pairs.found)
        if n:
            rows.append(pairs.numbers(list(scores[at : at + n]), range(n)))
        at += n
    return np.vstack(rows)


def report(what: str, scores: np.ndarray, y: np.ndarray, wanted: int) -> float:
    """Print the best F1 over all thresholds; the threshold."""
    order = np.argsort(-scores, kind="stable")
    hits, number = np.cumsum(y[order]), np.arange(1, len(order) + 1)
    f1 = 2 * hits / (number + wanted)
    best = int(f1.argmax())
    precision, recall = hits[best] / number[best], hits[best] / wanted
    print(f"{what}: P {precision:.3f} R {recall:.3f} F1 {f1[best]:.3f} (cross-validation)")
    return float(scores[order[best]])


if __name__ == "__main__":
    main()
