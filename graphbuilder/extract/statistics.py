"""What the training texts say of a phrase and of its words: how often it is a name there, and of which type.

Tables of numbers under hashes of folded forms; no text is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import hash_string  # type: ignore[attr-defined]

from graphbuilder.extract.mentions import Key
from graphbuilder.extract.vectors import Floats

#: The tables, each with what its columns hold.
TABLES: dict[str, tuple[str, ...]] = {
    # of the automatically tagged abstracts: papers that have the phrase as a name (log), share of those that
    # print it, the same weighted by confidence, papers that print it (log), types, introduced, in passing
    "phrase": (
        "tagged",
        "share",
        "sure",
        "printed",
        "method",
        "dataset",
        "metric",
        "concept",
        "introduced",
        "passing",
    ),
    # the same for its last word: share, types, places (log)
    "head": ("share", "method", "dataset", "metric", "concept", "printed"),
    # of the annotated papers: candidates (log), share that are listed, types; by phrase, last and first word
    "read": ("seen", "share", "method", "dataset", "metric", "concept"),
    "read_head": ("seen", "share", "method", "dataset", "metric", "concept"),
    "read_first": ("seen", "share", "method", "dataset", "metric", "concept"),
    # papers whose authors give it as a keyword (log)
    "keyword": ("papers",),
    # papers that print a word (log)
    "word": ("papers",),
}
#: What stands for a phrase that a table does not know.
UNKNOWN: dict[str, tuple[float, ...]] = {
    "phrase": (0, -1, -1, 0, -1, -1, -1, -1, -1, -1),
    "head": (-1, -1, -1, -1, -1, 0),
    "read": (0, 0.4, 0, 0, 0, 0),
    "read_head": (0, 0.4, 0, 0, 0, 0),
    "read_first": (0, 0.4, 0, 0, 0, 0),
    "keyword": (0,),
    "word": (0,),
}


class Statistics:
    """The tables of a model, looked up by folded form."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        """From the arrays ``statistics.NAME.codes`` and ``statistics.NAME.values``."""
        self._rows: dict[str, dict[int, int]] = {}
        self._values: dict[str, Floats] = {}
        for name in TABLES:
            codes = weights[f"statistics.{name}.codes"]
            self._rows[name] = dict(zip(codes.tolist(), range(1, len(codes) + 1), strict=True))
            values = weights[f"statistics.{name}.values"].astype(np.float32)
            self._values[name] = np.concatenate([np.array([UNKNOWN[name]], np.float32), values])
        self._papers: dict[int, float] = dict(
            zip(self._rows["word"], self._values["word"][1:, 0].tolist(), strict=True)
        )

    def __call__(self, keys: Sequence[Key]) -> Floats:
        """A row for each phrase: the columns of all tables; rarest, commonest, first and last word."""
        phrases = [hash_string(" ".join(key)) for key in keys]
        last = [hash_string(key[-1]) for key in keys]
        first = [hash_string(key[0]) for key in keys]
        parts = [
            self._look("phrase", phrases),
            self._look("head", last),
            self._look("read", phrases),
            self._look("read_head", last),
            self._look("read_first", first),
            self._look("keyword", phrases),
        ]
        words = np.zeros((len(keys), 4), np.float32)
        for i, key in enumerate(keys):
            seen = [self.papers(word) for word in key]
            words[i] = min(seen), max(seen), seen[0], seen[-1]
        return np.concatenate([*parts, words], axis=1)

    def papers(self, word: str) -> float:
        """How many of the training papers print a word (log)."""
        return self._papers.get(hash_string(word), 0.0)

    def _look(self, table: str, codes: Sequence[int]) -> Floats:
        row_of = self._rows[table]
        return self._values[table][[row_of.get(code, 0) for code in codes]]
