"""The tagger: for each token how likely it begins, continues or ends a name, of which type, in which role.

A small convolutional network over a whole paper, evaluated with numpy. Five layers see seven tokens to
each side; one layer in between sees, for each token, the mean over the other places of the same word, over
the title and over the paper. Each paper is computed by itself, so that its numbers never depend on others.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract.vectors import Floats, Lexicon, normed

#: Columns of a token's probabilities: outside, begin, inside, end, single; four types; seven roles.
TAGS = slice(0, 5)
TYPES = slice(5, 9)
ROLES = slice(9, 16)
#: The most tokens that are read at a time; a longer text is read in pieces of this many.
LONGEST = 4000
_SEGMENTS = 10


class Tagger:
    """A spaCy component: leaves the probabilities of each token in ``doc.tensor``."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> None:
        """From the arrays of a model and its settings (``dilations``, ``after``, ``floret``)."""
        self.lexicon = Lexicon(weights, settings["floret"])
        self.width = self.lexicon.width
        self._segment = weights["seg.weight"].astype(np.float32)
        self._before = [_Window(weights, f"convs.{i}", d) for i, d in enumerate(settings["dilations"])]
        self._paper = _Paper(weights)
        self._after = [_Window(weights, f"post.{i}", d) for i, d in enumerate(settings["after"])]
        self._out = np.ascontiguousarray(weights["out.weight"].astype(np.float32).T)
        self._out_bias = weights["out.bias"].astype(np.float32)

    def __call__(self, doc: Doc) -> Doc:
        """Tag one paper: its text is title, line break, abstract."""
        words = [token.text for token in doc]
        # blanks are no words, line breaks are all one
        kept = [i for i, word in enumerate(words) if not word.isspace() or "\n" in word]
        read = self.probabilities(["\n" if words[i].isspace() else words[i] for i in kept])
        doc.tensor = read
        if len(kept) < len(words):
            doc.tensor = np.zeros((len(words), ROLES.stop), np.float32)
            doc.tensor[:, 0] = 1
            doc.tensor[kept] = read
        return doc

    def probabilities(self, words: list[str]) -> Floats:
        """One row for each word, with the columns ``TAGS``, ``TYPES`` and ``ROLES``, each summing to 1."""
        pieces = [self._piece(words[i : i + LONGEST]) for i in range(0, len(words), LONGEST)]
        return np.concatenate(pieces) if pieces else np.zeros((0, ROLES.stop), np.float32)

    def _piece(self, words: list[str]) -> Floats:
        x, same = self.lexicon(words)
        title = words.index("\n") + 1 if "\n" in words else 0
        x = x + self._segment[_segments(len(words), title)]
        for window in self._before:
            x = window(x)
        x = self._paper(x, np.array(same), title)
        for window in self._after:
            x = window(x)
        out = x @ self._out + self._out_bias
        for columns in (TAGS, TYPES, ROLES):
            part = out[:, columns]
            part -= part.max(axis=1, keepdims=True)
            np.exp(part, out=part)
            part /= part.sum(axis=1, keepdims=True)
        return out


def offsets(doc: Doc) -> NDArray[np.int32]:
    """Start and end offset of each token."""
    starts = doc.to_array("IDX").astype(np.int64)
    return np.stack([starts, starts + doc.to_array("LENGTH").astype(np.int64)], axis=1).astype(np.int32)


@Language.factory("graphbuilder_tagger")  # type: ignore[untyped-decorator]
def create(nlp: Language, name: str, model: str = "") -> Tagger:
    """For ``nlp.add_pipe("graphbuilder_tagger")``; ``model`` is a folder, by default the shipped one."""
    from graphbuilder.extract.model import Model, load

    loaded = load(model or None)
    if not isinstance(loaded, Model):
        raise GraphbuilderError(f"{model} has no tagger of this kind")
    return loaded.tagger


class _Window:
    """A residual layer over each token and its neighbours at a distance."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], name: str, distance: int) -> None:
        self.distance = distance
        layer = weights[f"{name}.lin.weight"].astype(np.float32)
        self.bias = weights[f"{name}.lin.bias"].astype(np.float32)
        self.layer = np.ascontiguousarray(layer.T)
        self.gain = weights[f"{name}.ln.weight"].astype(np.float32)
        self.shift = weights[f"{name}.ln.bias"].astype(np.float32)

    def __call__(self, x: Floats) -> Floats:
        n, width = x.shape
        d = self.distance
        seen = np.zeros((n, 3 * width), np.float32)
        if n > d:
            seen[d:, :width] = x[:-d]
            seen[:-d, 2 * width :] = x[d:]
        seen[:, width : 2 * width] = x
        y = seen @ self.layer
        y += self.bias
        return x + normed(np.maximum(y[:, :width], y[:, width:]), self.gain, self.shift)


class _Paper:
    """A residual layer over each token, the places of the same word, the paper and its title."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        layer = weights["glob.lin.weight"].astype(np.float32)
        self.bias = weights["glob.lin.bias"].astype(np.float32)
        self.layer = np.ascontiguousarray(layer.T)
        self.whole = np.ascontiguousarray(weights["glob.doc.weight"].astype(np.float32).T)
        self.gain = weights["glob.ln.weight"].astype(np.float32)
        self.shift = weights["glob.ln.bias"].astype(np.float32)

    def __call__(self, x: Floats, same: NDArray[np.intp], title: int) -> Floats:
        n, width = x.shape
        order = np.argsort(same, kind="stable")
        starts = np.flatnonzero(np.diff(same[order], prepend=-1))
        counts = np.diff(starts, append=n)
        means = np.add.reduceat(x[order], starts, axis=0) / counts[:, None].astype(np.float32)
        group = np.empty(n, np.intp)
        group[order] = np.repeat(np.arange(len(starts)), counts)
        both = np.empty((n, 2 * width), np.float32)
        both[:, :width] = x
        both[:, width:] = means[group]
        whole = np.concatenate([x.mean(axis=0), x[:title].mean(axis=0) if title else np.zeros(width)])
        y = both @ self.layer
        y += self.bias + whole.astype(np.float32) @ self.whole
        return x + normed(np.maximum(y[:, :width], y[:, width:]), self.gain, self.shift)


def _segments(n: int, title: int) -> NDArray[np.intp]:
    """0 for the title, then 1 to 10 for the tenths of the abstract."""
    out = np.zeros(n, np.intp)
    body = n - title
    out[title:] = 1 + np.minimum(_SEGMENTS - 1, np.arange(body) * _SEGMENTS // max(1, body))
    return out
