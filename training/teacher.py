"""The teacher of the networks for used_for pairs: a linear model over words, and trees over its answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from training.lexical import Pairs

_FOLDS = 5
#: A feature is known if so many pairs have it.
_FEWEST = 12


class Teacher:
    """Learns from annotated papers; the seed is fixed."""

    def __init__(
        self, papers: Sequence[Pairs], right: Sequence[set[tuple[int, int]]], numbers: Sequence[int]
    ) -> None:
        """With the right pairs of each paper; papers of one number are the same text.

        The trees learn from scores of linear models that have not seen the paper.
        """
        self._columns: dict[str, int] = {}
        x = self._matrix((list(p.features()) for paper in papers for p in paper.found), learn=True)
        common = np.flatnonzero(np.bincount(x.indices, minlength=x.shape[1]) >= _FEWEST)
        x = x[:, common]
        known = set(common.tolist())
        names = [name for name, column in self._columns.items() if column in known]
        self._columns = {name: column for column, name in enumerate(names)}
        y = np.array(
            [(p.user, p.purpose) in r for paper, r in zip(papers, right, strict=True) for p in paper.found]
        )
        # not the parts by which the whole is measured: one of those is missing here
        part = np.repeat(numbers, [len(paper.found) for paper in papers]) // _FOLDS % _FOLDS
        scores = np.zeros(len(y))
        for fold in range(_FOLDS):
            rest = part != fold
            scores[~rest] = _linear().fit(x[rest], y[rest]).decision_function(x[~rest])
        self._trees = HistGradientBoostingClassifier(
            max_leaf_nodes=16,
            learning_rate=0.07,
            max_iter=140,
            max_features=0.3,
            l2_regularization=1.0,
            min_samples_leaf=50,
            random_state=0,
        ).fit(_rows(papers, scores), y)
        self._linear = _linear().fit(x, y)

    def __call__(self, papers: Sequence[Pairs]) -> list[dict[tuple[int, int], float]]:
        """The log-odds of each pair of each paper."""
        x = self._matrix((p.features() for paper in papers for p in paper.found), learn=False)
        odds = self._trees.decision_function(_rows(papers, self._linear.decision_function(x))).tolist()
        ends = np.cumsum([0, *(len(paper.found) for paper in papers)]).tolist()
        return [
            {(p.user, p.purpose): o for p, o in zip(paper.found, odds[start:end], strict=True)}
            for paper, (start, end) in zip(papers, pairwise(ends), strict=True)
        ]

    def _matrix(self, features: Iterable[Iterable[str]], learn: bool) -> csr_matrix:
        columns, at, ends = self._columns, [], [0]
        for names in features:
            if learn:
                at += [columns.setdefault(name, len(columns)) for name in names]
            else:
                at += [columns[name] for name in names if name in columns]
            ends.append(len(at))
        ones = np.ones(len(at), np.float32)
        x = csr_matrix((ones, np.array(at, np.int32), np.array(ends)), shape=(len(ends) - 1, len(columns)))
        x.sum_duplicates()
        return x


def _linear() -> LogisticRegression:
    return LogisticRegression(C=0.04, solver="liblinear", max_iter=300, random_state=0)


def _rows(papers: Sequence[Pairs], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """What the trees see of each pair."""
    ends = np.cumsum([0, *(len(paper.found) for paper in papers)])
    return np.vstack(
        [
            paper.numbers(scores[start:end].tolist(), range(end - start))
            for paper, (start, end) in zip(papers, pairwise(ends), strict=True)
            if end > start
        ]
    )
