"""What the tagger knows of a word by itself: a vector of numbers for any printed form.

A form is described by a static vector learned from unlabelled abstracts (floret: subword vectors, so that
unseen words have one too), trained embeddings of its hash, of its beginning and endings, and its shape of
capitals, small letters and digits. One layer makes a word vector of these. It depends on the form alone and
is computed once for each form, which is what makes the tagger quick.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.strings import StringStore, hash_string  # type: ignore[attr-defined]
from spacy.vectors import Vectors

Floats = NDArray[np.float32]

#: Forms that are remembered; beyond it the memory is emptied and filled anew.
REMEMBERED = 60_000
#: Forms are computed in blocks of this many rows, so that a form's numbers never depend on its company.
_BLOCK = 8
_EMPTY = "\n"


def normal(word: str) -> str:
    """The form under which a word has its static vector: numbers are one, capitals of titles fall away."""
    if word.isspace():
        return _EMPTY
    if word[0].isdigit() or (word[0] in "+-" and word[1:2].isdigit()):
        if not any(c.isalpha() for c in word):
            return "0%" if "%" in word else "0"
    elif word.startswith("http"):
        return "http"
    elif word[0] == "$" and len(word) > 1:
        return "$"
    parts = word.split("-")
    return "-".join(_small(part, alone=len(parts) == 1) for part in parts)


def repeated(word: str) -> str:
    """The form by which two places of a paper count as the same word."""
    form = normal(word)
    return re.sub(r"s$", "", form.lower()) if len(form) > 3 else form


def shape(word: str) -> str:
    """The pattern of a word's characters: ``GPT-4`` is ``XXX-d``, ``LoRA`` is ``XxXX``; long runs are cut."""
    out: list[str] = []
    for char in word:
        kind = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if out[-2:] != [kind, kind] or len(out) < 3:
            out.append(kind)
    return "".join(out)[:12]


def rows(word: str, words: int, affixes: int, shapes: int) -> tuple[int, int, int, int, int, int]:
    """Rows of a word in its embedding tables, of the given sizes: word (twice), affixes (thrice), shape."""
    form = normal(word)
    small = form.lower()
    code = hash_string(form)
    return (
        code % words,
        (code >> 20) % words,
        hash_string("p" + small[:3]) % affixes,
        hash_string("s" + small[-4:]) % affixes,
        hash_string("t" + small[-2:]) % affixes,
        hash_string(shape(word)) % shapes,
    )


class Lexicon:
    """Vectors of words, remembered form by form.

    ``vectors`` has a row for each form, ``parts`` that row times the tagger's first layer.
    """

    def __init__(self, weights: Mapping[str, NDArray[Any]], floret: Mapping[str, Any], first: Floats) -> None:
        """From the arrays of a model, the settings of its subword vectors (``minn``, ``maxn``, ...), and the
        tagger's first layer, which sees nothing but forms.
        """
        self._first = first
        self._strings = StringStore()
        self._subwords = Vectors(
            strings=self._strings,
            mode="floret",
            data=weights["floret"].astype(np.float32) * weights["floret_scale"],
            **floret,
        )
        self._known = {int(code): row for row, code in enumerate(weights["static_codes"])}
        self._static = weights["static"]
        self._static_scale = weights["static_scale"].astype(np.float32)
        self._words = weights["lex.word.weight"].astype(np.float32) * weights["lex.word.scale"]
        self._affixes = weights["lex.aff.weight"].astype(np.float32)
        self._shapes = weights["lex.shape.weight"].astype(np.float32)
        self._layer = np.ascontiguousarray(weights["lex.lin.weight"].astype(np.float32).T)
        self._bias = weights["lex.lin.bias"].astype(np.float32)
        self._gain = weights["lex.ln.weight"].astype(np.float32)
        self._shift = weights["lex.ln.bias"].astype(np.float32)
        self.width = len(self._gain)
        self._folded: dict[str, int] = {}
        self._folded_vectors = np.zeros((1024, self._static.shape[1]), np.float32)
        self._forget()

    def __call__(self, words: Sequence[str]) -> tuple[list[int], list[int]]:
        """The number of each word's row, and for each word a number that two places of one word share."""
        row_of = self._row_of
        new = [word for word in dict.fromkeys(words) if word not in row_of]
        if new:
            if len(row_of) + len(new) > REMEMBERED:
                self._forget()
                new, row_of = list(dict.fromkeys(words)), self._row_of
            self._learn(new)
        at = [row_of[word] for word in words]
        return at, [self._same[row] for row in at]

    def static(self, words: Sequence[str]) -> Floats:
        """The static vector of each word."""
        codes = [(i, normal(word)) for i, word in enumerate(words)]
        out = np.zeros((len(words), self._static.shape[1]), np.float32)
        unknown = []
        for i, form in codes:
            row = self._known.get(hash_string(form))
            if row is None:
                unknown.append((i, self._strings.add(form)))
            else:
                out[i] = self._static[row] * self._static_scale[row]
        if unknown:
            out[[i for i, _ in unknown]] = self._subwords.get_batch([code for _, code in unknown])
        return out

    def folded(self, words: Sequence[str]) -> Floats:
        """The static vectors of words in their folded form, remembered; a row for each."""
        row_of = self._folded
        new = [word for word in dict.fromkeys(words) if word not in row_of]
        if new:
            if len(row_of) + len(new) > REMEMBERED:
                row_of.clear()
                new = list(dict.fromkeys(words))
            end = len(row_of) + len(new)
            self._folded_vectors = _grown(self._folded_vectors, len(row_of), end)
            self._folded_vectors[len(row_of) : end] = self.static(new)
            row_of.update(zip(new, range(len(row_of), end), strict=True))
        return self._folded_vectors[[row_of[word] for word in words]]

    def _forget(self) -> None:
        self._row_of: dict[str, int] = {}
        self._same: list[int] = []
        self._same_of: dict[str, int] = {}
        self.vectors = np.zeros((1024, self.width), np.float32)
        self.parts = np.zeros((1024, self._first.shape[1]), np.float32)

    def _learn(self, new: Sequence[str]) -> None:
        start = len(self._row_of)
        end = start + len(new)
        self.vectors, self.parts = _grown(self.vectors, start, end), _grown(self.parts, start, end)
        for i in range(0, len(new), _BLOCK):
            block = new[i : i + _BLOCK]
            rows = slice(start + i, start + i + len(block))
            encoded = self._encode(block)
            self.vectors[rows] = encoded[: len(block)]
            self.parts[rows] = (encoded @ self._first)[: len(block)]
        for row, word in enumerate(new, start):
            self._row_of[word] = row
            self._same.append(self._same_of.setdefault(repeated(word), len(self._same_of)))

    def _encode(self, block: Sequence[str]) -> Floats:
        at = np.zeros((_BLOCK, 6), np.intp)
        static = np.zeros((_BLOCK, self._static.shape[1]), np.float32)
        static[: len(block)] = self.static(block)
        for i, word in enumerate(block):
            at[i] = rows(word, len(self._words), len(self._affixes), len(self._shapes))
        affixes = self._affixes[at[:, 2:5]].reshape(_BLOCK, -1)
        known = self._words[at[:, 0]] + self._words[at[:, 1]]
        joined = np.concatenate([static, known, affixes, self._shapes[at[:, 5]]], axis=1)
        out = joined @ self._layer + self._bias
        return normed(np.maximum(out[:, : self.width], out[:, self.width :]), self._gain, self._shift)


def windowed(x: Floats, distance: int, ones: int = 0) -> Floats:
    """The sum of three thirds of the columns: of the row so far before, of the row, and of that after.

    Behind it stand so many columns of ``ones``.
    """
    width = x.shape[1] // 3
    out = np.ones((len(x), width + ones), np.float32)
    sums = out[:, :width]
    sums[:] = x[:, width : 2 * width]
    sums[distance:] += x[:-distance, :width]
    sums[:-distance] += x[distance:, 2 * width :]
    return out


def normed(x: Floats, gain: Floats, shift: Floats) -> Floats:
    """Layer normalisation of each row, in place."""
    width = x.shape[1]
    x -= (x @ np.full(width, 1 / width, np.float32))[:, None]
    variance = np.einsum("ij,ij->i", x, x) / np.float32(width)
    x *= (1 / np.sqrt(variance + np.float32(1e-5)))[:, None]
    x *= gain
    x += shift
    return x


def _grown(array: Floats, used: int, needed: int) -> Floats:
    """The array with room for ``needed`` rows, of which the first ``used`` are kept."""
    if needed <= len(array):
        return array
    grown = np.zeros((max(needed, 2 * len(array)), array.shape[1]), np.float32)
    grown[:used] = array[:used]
    return grown


def _small(part: str, alone: bool) -> str:
    if part[:1].isupper() and part[1:].islower():
        return part.lower()
    return part.lower() if len(part) == 1 and not alone else part
