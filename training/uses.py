"""Train what finds used_for pairs: ``python training/uses.py train.jsonl``.

Writes ``graphbuilder/extract/data/uses.json`` (linear) and ``uses.npz`` (trees). Needs scikit-learn. Folds are
by paper, the seed is fixed; the trees learn from scores of linear models that have not seen the paper, and the
threshold is the best one for F1 in cross-validation.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from figures import gold_entities

from graphbuilder.extract import sentences, trees, uses
from graphbuilder.extract.linear import Linear

FOLDS = 5
RARE = 8


def main() -> None:
    """Train both steps, say how well they do in cross-validation, write them."""
    rows = [json.loads(line) for line in Path(sys.argv[1]).open(encoding="utf-8")]
    papers, features, labels, of_paper, wanted = [], [], [], [], 0
    for n, row in enumerate(rows):
        text = f"{row['title']}\n{row['abstract']}"
        entities = gold_entities(row, text)
        gold = {tuple(pair) for pair in row["used_for"]}
        wanted += len(gold)
        found = uses.pairs(text, sentences.split(row["title"], row["abstract"]), entities)
        papers.append(found)
        for pair in found:
            features.append(Counter([*pair.features, *(f for fs in pair.sentences.values() for f in fs)]))
            labels.append((entities[pair.user].name, entities[pair.purpose].name) in gold)
            of_paper.append(n)
    y, fold = np.array(labels), np.array(of_paper) % FOLDS
    vectors = DictVectorizer(dtype=np.float32)
    x = vectors.fit_transform(features)
    common = np.asarray((x != 0).sum(axis=0)).ravel() >= RARE
    x, names = x[:, common], vectors.get_feature_names_out()[common]

    def linear(rows: np.ndarray) -> LogisticRegression:
        return LogisticRegression(C=0.05, solver="liblinear", max_iter=300, random_state=0).fit(
            x[rows], y[rows]
        )

    scores = np.zeros(len(y))
    for k in range(FOLDS):
        scores[fold == k] = linear(fold != k).decision_function(x[fold == k])
    report("linear model alone", scores, y, wanted)
    dense, at = [], 0
    for found in papers:
        if found:
            dense.append(uses.with_rivals(found, list(scores[at : at + len(found)])))
        at += len(found)
    z = np.vstack(dense)

    def forest(rows: np.ndarray) -> HistGradientBoostingClassifier:
        return HistGradientBoostingClassifier(
            max_leaf_nodes=12,
            learning_rate=0.08,
            max_iter=120,
            l2_regularization=1.0,
            min_samples_leaf=40,
            random_state=0,
        ).fit(z[rows], y[rows])

    chances = np.zeros(len(y))
    for k in range(FOLDS):
        chances[fold == k] = forest(fold != k).predict_proba(z[fold == k])[:, 1]
    threshold = report("with trees", chances, y, wanted)
    everything = np.ones(len(y), bool)
    model = linear(everything)
    weights = {n: float(w) for n, w in zip(names, model.coef_[0], strict=True) if abs(w) >= 0.01}
    data = Path(uses.__file__).parent / "data"
    (data / "uses.json").write_text(Linear(weights, float(model.intercept_[0])).to_json(), encoding="utf-8")
    trees.save(data / "uses.npz", forest(everything), threshold)
    print(f"{len(y)} pairs, {y.sum()} right, {len(weights)} weights")
    for low in np.arange(0.1, 1.0, 0.1):
        inside = (chances >= low) & (chances < low + 0.1)
        if inside.any():
            print(
                f"  confidence {low:.1f}-{low + 0.1:.1f}: {inside.sum():5} pairs, {y[inside].mean():.2f} right"
            )


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
