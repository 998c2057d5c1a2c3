"""Wordings: the shapes of questions that a query answers, and how a question is read by them.

A wording is written as one line of words:

``<use>``
    any form of a class of ``phrases.toml`` (uses, applied, employing);
``{method}``, ``{kind:dataset|benchmark}``
    a slot: any words, at least one; or one of some words;
``[that]``, ``(on|in)``
    words that may be missing, and alternatives.

``<papers> <use> {method} for {concept}`` reads "which papers use VIB for pruning".
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from graphbuilder.ask.language import fold
from graphbuilder.errors import GraphbuilderError

Words = tuple[str, ...]

_OWNER = re.compile(r"['’]s$")
_DOUBLED = re.compile(r"[^aeiou][aeiou][bdgmnprt]$")


class Word(NamedTuple):
    """A word of a question, folded, with its place in the question."""

    folded: str
    start: int
    end: int


class Choice(NamedTuple):
    """Words that may stand at a place; ``optional`` if none need to."""

    ways: frozenset[Words]
    lengths: tuple[int, ...]
    optional: bool


class Slot(NamedTuple):
    """A place in a wording that any words may fill, or only those of a choice."""

    name: str
    choice: Choice | None = None


SlotSpan = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which a wording covers a whole question.

    ``slots`` are the words (first, after the last) that fill each slot; ``literal`` counts the words that
    the wording itself says.
    """

    slots: tuple[SlotSpan, ...]
    literal: int


class Question:
    """The words of a question, and where the choices of wordings stand among them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self._folded = tuple(word.folded for word in self.words)
        self._spans: dict[int, dict[int, tuple[int, ...]]] = {}

    def said(self, first: int, last: int) -> str:
        """The question's own letters from a word up to another."""
        return self.text[self.words[first].start : self.words[last - 1].end]

    def spans(self, choice: Choice) -> dict[int, tuple[int, ...]]:
        """The ends of a choice's ways by the word they begin at, the longest first."""
        found = self._spans.get(id(choice))
        if found is None:
            found = {}
            for at in range(len(self._folded)):
                ends = tuple(at + n for n in choice.lengths if n and self._folded[at : at + n] in choice.ways)
                if ends:
                    found[at] = ends
            self._spans[id(choice)] = found
        return found


@dataclass(frozen=True, slots=True)
class Wording:
    """A shape of questions, compiled by :func:`parse`."""

    text: str
    pieces: tuple[Choice | Slot, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        """Names of the slots, in order."""
        return tuple(piece.name for piece in self.pieces if isinstance(piece, Slot))

    def read(self, question: Question, most: int = 24) -> list[Reading]:
        """The ways to read a question by this wording, at most ``most`` of them."""
        for piece in self.pieces:
            if isinstance(piece, Choice) and not piece.optional and not question.spans(piece):
                return []
        found = self._match(0, 0, question)
        return [Reading(slots, literal) for slots, literal in itertools.islice(found, most)]

    def _match(self, piece: int, at: int, question: Question) -> Iterator[tuple[tuple[SlotSpan, ...], int]]:
        length = len(question.words)
        if piece == len(self.pieces):
            if at == length:
                yield (), 0
            return
        here = self.pieces[piece]
        if isinstance(here, Slot):
            ends: Iterable[int] = range(at + 1, length + 1)
            if here.choice is not None:
                ends = question.spans(here.choice).get(at, ())
            elif piece + 1 == len(self.pieces):
                ends = (length,)
            for end in ends:
                if end > at:
                    for slots, literal in self._match(piece + 1, end, question):
                        said = end - at if here.choice is not None else 0
                        yield ((here.name, at, end), *slots), literal + said
            return
        for end in question.spans(here).get(at, ()):
            for slots, literal in self._match(piece + 1, end, question):
                yield slots, literal + end - at
        if here.optional:
            yield from self._match(piece + 1, at, question)


def parse(text: str) -> list[Wording]:
    """Compile a wording: one for each way to leave out what is optional and holds a slot.

    Raises
    ------
    GraphbuilderError
        If it names a class that ``phrases.toml`` lacks, or two slots stand side by side.
    """
    parts = _split(text)
    for number, part in enumerate(parts):
        if part.startswith("[") and "{" in part:
            before, after = " ".join(parts[:number]), " ".join(parts[number + 1 :])
            return [*parse(f"{before} {part[1:-1]} {after}"), *parse(f"{before} {after}")]
    pieces = tuple(map(_piece, parts))
    for one, two in itertools.pairwise(pieces):
        if isinstance(one, Slot) and isinstance(two, Slot) and not (one.choice or two.choice):
            raise GraphbuilderError(
                f"two slots side by side in the wording {text!r}: put a word between them"
            )
    return [Wording(text, pieces)]


def words_of(question: str) -> list[Word]:
    """The words of a question as wordings see them: folded, without the signs around them."""
    found = []
    for match in re.finditer(r"\S+", question):
        raw = match.group()
        left = len(raw) - len(raw.lstrip("\"'`([{“”‘’,;:?!."))
        right = len(raw.rstrip("\"'`)]}“”‘’,;:?!."))
        owner = _OWNER.search(raw, left, right)
        end = owner.start() if owner is not None and owner.start() > left else right
        if end > left:
            found.append(Word(fold(raw[left:end]), match.start() + left, match.start() + end))
        if right > end:
            found.append(Word("'s", match.start() + end, match.start() + right))
    return found


@lru_cache(maxsize=16)
def phrases(name: str) -> tuple[str, ...]:
    """A plain list of ``phrases.toml``, the longest first."""
    return tuple(sorted(_phrases()["lists"][name], key=lambda p: (-len(p), p)))


class Keywords(NamedTuple):
    """Key words with what each is a key for, and how many words the longest has."""

    keys: Mapping[Words, str]
    longest: int


@lru_cache(maxsize=1)
def keywords() -> Keywords:
    """The key words of ``phrases.toml``; one that stands in two lists belongs to the first."""
    keys: dict[Words, str] = {}
    for name, listed in _phrases()["keywords"].items():
        for option in listed:
            for way in _expand(option):
                keys.setdefault(way, name)
    return Keywords(keys, max(map(len, keys)))


@lru_cache(maxsize=1024)
def _piece(text: str) -> Choice | Slot:
    if text.startswith("{"):
        name, colon, words = text[1:-1].partition(":")
        choice = _piece(f"({words})") if colon else None
        return Slot(name, choice if isinstance(choice, Choice) else None)
    inner = text[1:-1] if text[0] in "[(" else text
    ways = frozenset(way for option in _options(inner) for way in _expand(option)) - {()}
    lengths = tuple(sorted({len(way) for way in ways}, reverse=True))
    return Choice(ways, lengths, optional=text.startswith("["))


def _split(text: str) -> list[str]:
    """The pieces of a wording: words, <classes>, {slots}, and what brackets hold together."""
    pieces, depth, start = [], 0, 0
    for at, sign in enumerate(f"{text} "):
        if sign in "[({<":
            if not depth:
                if text[start:at].strip():
                    pieces += text[start:at].split()
                start = at
            depth += 1
        elif sign in "])}>":
            depth -= 1
            if depth < 0:
                raise GraphbuilderError(f"a bracket closes that was never opened in {text!r}")
            if not depth:
                pieces.append(text[start : at + 1])
                start = at + 1
    if depth:
        raise GraphbuilderError(f"a bracket is never closed in {text!r}")
    return [*pieces, *text[start:].split()]


def _options(text: str) -> list[str]:
    """Split at the bars outside of brackets: ``a|[b|c] d`` are two options."""
    options, depth = [""], 0
    for sign in text:
        depth += (sign in "[(") - (sign in "])")
        if sign == "|" and not depth:
            options.append("")
        else:
            options[-1] += sign
    return options


def _expand(text: str) -> list[Words]:
    """Every way to say a phrase with its brackets and classes written out."""
    sequences: list[Words] = [()]
    for piece in _split(text):
        ways: list[Words]
        if piece.startswith("<"):
            ways = list(class_of(piece[1:-1]))
        elif piece[0] in "[(":
            ways = [way for option in _options(piece[1:-1]) for way in _expand(option)]
            ways += [()] if piece.startswith("[") else []
        elif piece.startswith("{"):
            raise GraphbuilderError(f"a choice of words cannot hold a slot: {text!r}")
        else:
            ways = [(fold(piece),)]
        sequences = [(*sequence, *way) for sequence in sequences for way in ways]
    return sequences


@lru_cache(maxsize=256)
def class_of(name: str) -> tuple[Words, ...]:
    """Every form of a class of ``phrases.toml``."""
    phrases = _phrases()
    if name in phrases["verbs"]:
        return tuple(dict.fromkeys(form for verb in phrases["verbs"][name] for form in _forms(verb)))
    if name in phrases["phrases"]:
        return tuple(dict.fromkeys(way for option in phrases["phrases"][name] for way in _expand(option)))
    raise GraphbuilderError(f"unknown class <{name}> in a wording: phrases.toml does not list it")


def _forms(verb: str) -> list[Words]:
    """The forms of a verb, its last words kept: "build on" gives "builds on", "building on"."""
    head, *rest = fold(verb).split()
    irregular = _phrases()["irregular"].get(head)
    stem = head[:-1] if head.endswith("e") else head
    if irregular is not None:
        forms = [head, *irregular]
    elif head.endswith("y") and head[-2] not in "aeiou":
        forms = [head, head[:-1] + "ies", head[:-1] + "ied", head + "ing"]
    elif len(head) < 5 and _DOUBLED.search(head):
        forms = [head, head + "s", head + head[-1] + "ed", head + head[-1] + "ing"]
    else:
        third = head + ("es" if head.endswith(("s", "sh", "ch", "x", "z")) else "s")
        forms = [head, third, stem + "ed", stem + "ing"]
    return [(form, *rest) for form in forms]


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, list[str]]]:
    with Path(__file__).with_name("phrases.toml").open("rb") as file:
        return tomllib.load(file)
