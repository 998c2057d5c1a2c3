"""Words as the question compiler sees them: tokens, stems, and what stands for nothing.

Stems are those of the Snowball English stemmer (M. F. Porter, "Snowball: A language for stemming
algorithms", 2001) after British spelling is folded to American; ``words.toml`` adds the families that the
stemmer keeps apart (explain, explanation).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import snowballstemmer

_TOKEN = re.compile(r"[^\W_]+(?:[.,][0-9]+(?![^\W_]))*(?:[.][0-9]+[^\W_]*)*(?:%|\+\+|\+(?!\w))?")
_LETTERS_THEN_DIGITS = re.compile(r"^([^\W\d_]{2,})(\d.*)$")
#: COCOval, VOCtest: a part of a dataset.
_SPLIT_OF = re.compile(r"^([A-Z]{2,})(?:mini)?(?:val|test|dev|train)$")
_SIZE = re.compile(r"^(\d+)(?:times|[x×])(\d+)$")
_FOLDED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "})


class Token(NamedTuple):
    """A word with its place in the text; ``stem`` is what words are compared by."""

    text: str
    stem: str
    start: int
    end: int


def tokens(text: str, known: Sequence[str] | None = None) -> list[Token]:
    """The words of a text in order. ``CIFAR10``, ``CIFAR-10`` and ``cifar 10`` give the
    same two stems, and so do ``pretraining`` and ``pre-training``.

    ``known`` are the stems if they were kept from an earlier time; they save the stemming.
    """
    words = list(_words(text))
    if known is not None and len(known) == len(words):
        return [Token(word, one, start, end) for (word, start, end), one in zip(words, known, strict=True)]
    return [Token(word, _stem_of(word), start, end) for word, start, end in words]


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    for match in _TOKEN.finditer(text):
        word, start = match.group(), match.start()
        cut = _cut(word)
        if cut:
            yield word[:cut], start, start + cut
            yield word[cut:], start + cut, match.end()
        else:
            yield word, start, match.end()


@lru_cache(maxsize=200_000)
def _cut(word: str) -> int:
    """Where a word is taken apart (CIFAR|10, COCO|val, pre|training); 0 if it is not."""
    if _SIZE.match(word):
        return 0
    split = _LETTERS_THEN_DIGITS.match(word) or _SPLIT_OF.match(word) or _glued().match(word)
    return split.end(1) if split else 0


@lru_cache(maxsize=200_000)
def _stem_of(word: str) -> str:
    size = _SIZE.match(word)
    return stem(word) if size is None else f"{size[1]}x{size[2]}"


def stems(text: str) -> tuple[str, ...]:
    """The stems of a text's words, in order."""
    return tuple(token.stem for token in tokens(text))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """What is left of a word without its endings: quantise, quantized, quantization -> quantiz."""
    folded = fold(word)
    if not folded.isalpha() or len(folded) < 3:
        return folded
    for pattern, replacement in _spelling():
        folded = pattern.sub(replacement, folded)
    if folded.removesuffix("s") in vocabulary()["apart"]:
        return folded.removesuffix("s")
    cut: str = _stemmer().stemWord(folded)
    return _families().get(folded) or _families().get(cut) or cut


def fold(text: str) -> str:
    """Lower case, without accents, with plain quotes and dashes."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", text.translate(_FOLDED)).casefold()
    return "".join(c for c in text if not unicodedata.combining(c))


def is_filler(stem_: str) -> bool:
    """Whether a word carries no content of its own (the, of, which)."""
    return stem_ in _listed("fillers")


def is_generic(stem_: str) -> bool:
    """Whether a word names a kind of thing rather than a thing (method, model, task)."""
    return stem_ in _listed("generic")


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """The word lists of ``words.toml``."""
    with Path(__file__).with_name("words.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=8)
def _listed(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in vocabulary()[name])


@lru_cache(maxsize=1)
def _glued() -> re.Pattern[str]:
    return re.compile(vocabulary()["glued"], re.IGNORECASE)


@lru_cache(maxsize=1)
def _spelling() -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), replacement) for pattern, replacement in vocabulary()["spelling"]]


@lru_cache(maxsize=1)
def _families() -> dict[str, str]:
    """A word, or its stem, to the stem of the first word of its family."""
    families: dict[str, str] = {}
    for first, *others in vocabulary()["families"]:
        head = _stemmer().stemWord(first)
        for word in others:
            families[word] = head
            families[_stemmer().stemWord(word)] = head
    return families


@lru_cache(maxsize=1)
def _stemmer() -> Any:
    return snowballstemmer.stemmer("english")
