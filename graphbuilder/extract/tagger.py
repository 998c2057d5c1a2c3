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
from graphbuilder.extract.vectors import Floats, Lexicon, normed, windowed

#: Columns of a token's probabilities: outside, begin, inside, end, single; four types; seven roles.
TAGS = slice(0, 5)
TYPES = slice(5, 9)
ROLES = slice(9, 16)
#: The most tokens that are read at a time; a longer text is read in pieces of this many.
LONGEST = 4000
_SEGMENTS = 10
_PARTS = (TAGS, TYPES, ROLES)


class Tagger:
    """A spaCy component: leaves the probabilities of each token in ``doc.tensor``."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], settings: Mapping[str, Any]) -> None:
        """From the arrays of a model and its settings (``dilations``, ``after``, ``floret``)."""
        first, *before = (_Window(weights, f"convs.{i}", d) for i, d in enumerate(settings["dilations"]))
        self.lexicon = Lexicon(weights, settings["floret"], first.parts)
        self.width = self.lexicon.width
        self._segment = weights["seg.weight"].astype(np.float32)
        self._segment_parts = self._segment @ first.parts
        self._first = first
        self._before = before
        self._paper = _Paper(weights)
        self._after = [_Window(weights, f"post.{i}", d) for i, d in enumerate(settings["after"])]
        self.layers: tuple[Layer, ...] = (first, *before, self._paper, *self._after)
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
        rows, same = self.lexicon(words)
        title = words.index("\n") + 1 if "\n" in words else 0
        segments = _segments(len(words), title)
        x = self.lexicon.vectors[rows] + self._segment[segments]
        x = self._first.joined(x, self.lexicon.parts[rows] + self._segment_parts[segments])
        for window in self._before:
            x = window(x)
        x = self._paper(x, np.array(same), title)
        for window in self._after:
            x = window(x)
        out = x @ self._out + self._out_bias
        starts = [part.start for part in _PARTS]
        sizes = [part.stop - part.start for part in _PARTS]
        out -= np.maximum.reduceat(out, starts, axis=1).repeat(sizes, axis=1)
        np.exp(out, out=out)
        out /= np.add.reduceat(out, starts, axis=1).repeat(sizes, axis=1)
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


class Layer:
    """A residual layer that sees each token with something of its surroundings.

    Its matrix is the product of two narrow ones (:mod:`training.narrow`), which saves most of its time.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], name: str, parts: int) -> None:
        """``parts`` is how many rows it sees at a time: the token's own and others."""

        def array(part: str) -> Floats:
            return weights[f"{name}.{part}"].astype(np.float32)

        #: What a token gives to each row that sees it, side by side.
        self.parts = np.concatenate(np.split(array("lin.weight").T, parts), axis=1)
        # the bias is one more row, seen by all with a one: a sum less in the product
        self._wide = np.concatenate([array("lin.wide").T, array("lin.bias")[None]])
        self._gain, self._shift = array("ln.weight"), array("ln.bias")

    def added(self, x: Floats, seen: Floats, whole: Floats | None = None) -> Floats:
        """The layer's rows, from those before it, what they see (a one behind), and what all of them see."""
        width = x.shape[1]
        wide = self._wide
        if whole is not None:
            wide = wide.copy()
            wide[-1] += whole
        y = seen @ wide
        y = normed(np.maximum(y[:, :width], y[:, width:]), self._gain, self._shift)
        y += x
        return y


class _Window(Layer):
    """Sees the neighbours at a distance."""

    def __init__(self, weights: Mapping[str, NDArray[Any]], name: str, distance: int) -> None:
        super().__init__(weights, name, parts=3)
        self._distance = distance

    def __call__(self, x: Floats) -> Floats:
        return self.joined(x, x @ self.parts)

    def joined(self, x: Floats, parts: Floats) -> Floats:
        """The same where ``x @ self.parts`` is known."""
        return self.added(x, windowed(parts, self._distance, ones=1))


class _Paper(Layer):
    """Sees the places of the same word, the paper and its title."""

    def __init__(self, weights: Mapping[str, NDArray[Any]]) -> None:
        super().__init__(weights, "glob", parts=2)
        self._whole = np.ascontiguousarray(weights["glob.doc.weight"].astype(np.float32).T)

    def __call__(self, x: Floats, same: NDArray[np.intp], title: int) -> Floats:
        n, width = x.shape
        order = np.argsort(same, kind="stable")
        starts = np.flatnonzero(np.diff(same[order], prepend=-1))
        counts = np.diff(starts, append=n)
        itself, others = np.split(x @ self.parts, 2, axis=1)
        means: Floats = np.add.reduceat(others[order], starts, axis=0)
        means /= counts[:, None].astype(np.float32)
        seen = np.ones((n, means.shape[1] + 1), np.float32)
        seen[order, :-1] = np.repeat(means, counts, axis=0)
        seen[:, :-1] += itself
        whole = np.concatenate([x.mean(axis=0), x[:title].mean(axis=0) if title else np.zeros(width)])
        return self.added(x, seen, whole.astype(np.float32) @ self._whole)


def _segments(n: int, title: int) -> NDArray[np.intp]:
    """0 for the title, then 1 to 10 for the tenths of the abstract."""
    out = np.zeros(n, np.intp)
    body = n - title
    out[title:] = 1 + np.minimum(_SEGMENTS - 1, np.arange(body) * _SEGMENTS // max(1, body))
    return out
