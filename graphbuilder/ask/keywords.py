"""Reads a question by its key words, in whatever order they stand, where no wording of the catalogue fits it.

What is asked for ("which datasets"), what is said of it ("released", "better than"), and the names and words
between them tell the query; the words between fill its slots. It knows less than a wording does, so it is
asked only where the best wording has left words of asking in a slot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from graphbuilder.ask.language import is_filler, stem, stems
from graphbuilder.ask.linking import Phrase, has_synonym
from graphbuilder.ask.wording import Question, SlotSpan, Words, class_of, keywords, phrases
from graphbuilder.records import ENTITY_TYPES

#: What may be asked for.
_ASKED = frozenset({"value", "datasets", "metrics", "methods", "tasks", "papers"})
_KINDS = frozenset({"datasets", "metrics", "methods", "tasks"})
#: Keys whose words have no place in a slot.
_SAID = frozenset({"beat", "compare", "relate", "propose", "evaluate", "use", "report", "study"})
_NO_SLOT = _SAID | {"asking", "papers", "value", "survey", "noise"}
#: What is asked about a paper or system that the question names: (what, said with one of, the query), "" and
#: no keys being any; the first that holds.
_OF_PAPER: tuple[tuple[str, set[str], str], ...] = (
    ("", {"relate"}, "papers-related-to-paper"),
    ("value", set(), "value-of"),
    ("datasets", {"propose", "new"}, "datasets-introduced-by-paper"),
    ("metrics", {"propose", "new"}, "metrics-introduced-by-paper"),
    ("datasets", set(), "datasets-of-paper"),
    ("metrics", set(), "metrics-of-paper"),
    ("", {"beat", "compare"}, "baselines-of-paper"),
    ("", {"propose", "new"}, "introduced-by-paper"),
    ("methods", set(), "methods-of-paper"),
    ("tasks", set(), "tasks-of-paper"),
    ("", {"evaluate"}, "datasets-of-paper"),
    ("", {"use"}, "methods-of-paper"),
)
#: Words of a name at most, and from how many on words without capitals may be a title.
_LONGEST, _TITLE = 6, 4
#: Papers that name a rare thing at most.
_RARE = 5


class Piece(NamedTuple):
    """Some words of a question with the key they are, "" for other words."""

    key: str
    first: int
    last: int


class Asked(NamedTuple):
    """A query's name with what fills its slots."""

    query: str
    slots: tuple[SlotSpan, ...]


class KeyWords:
    """The key words of a question.

    Parameters
    ----------
    question : Question
        Its words.
    link : callable
        What a span of words stands for.
    named : callable
        The papers that a name stands for.
    """

    def __init__(
        self, question: Question, link: Callable[[str], Phrase], named: Callable[[str], tuple[str, ...]]
    ) -> None:
        self._question = question
        self._link = link
        self._named = named
        self._folded: Words = tuple(word.folded for word in question.words)

    def residue(self, slots: Iterable[SlotSpan]) -> int:
        """How many words of asking stand in slots, outside of names: a wording that fits leaves none."""
        inside = [range(first, last) for name, first, last in slots if name != "rest"]
        return sum(p.key in _NO_SLOT and any(p.first in span for span in inside) for p in self.pieces)

    def read(self) -> Asked | None:
        """The query that the key words ask for; None if they say too little."""
        if not self._others:
            return None
        asked, own = self._asked, self.paper_in(self._others)
        if asked is None and own is not None:
            asked = next((p.key for p in reversed(self.pieces) if p.key in _ASKED), None)
        if asked == "papers" or (asked is None and own is None):
            return self._papers(own, sure=asked == "papers")
        if own is not None:
            return self._of_paper(asked, own)
        tried = "evaluate" in self._keys and any(self._is("Dataset", p) for p in self._others)
        if asked == "methods" and (tried or self._keys & {"beat", "compare"}):
            return self._papers(own, sure=False)
        if asked in ("datasets", "metrics") and ("propose" in self._keys or self._is_one(asked)):
            thing = next(p for p in self.pieces if p.key == asked)
            return Asked("papers-introducing-for", (*_slots("thing", [thing]), *self._all("concept")))
        return Asked(f"{asked}-for", self._all("concept")) if asked in _KINDS else None

    def paper_in(self, pieces: Sequence[Piece], titles: bool = True) -> Piece | None:
        """The paper or system that some words name: words written as a name, else many of its title."""
        spans = [
            (at, at + length)
            for piece in pieces
            for length in range(min(_LONGEST, piece.last - piece.first), 0, -1)
            for at in range(piece.first, piece.last - length + 1)
        ]
        written = [span for span in spans if self._is_name(self._said(*span))]
        long = [span for span in spans if titles and span[1] - span[0] >= _TITLE]
        return next((Piece("", *s) for s in (*written, *long) if self._named(self._said(*s))), None)

    def _is_name(self, said: str) -> bool:
        """Whether words are written as a name, or one just as the graph writes a rare one: Idioms."""
        if all(map(_is_written_as_name, said.split())):
            return True
        known = self._link(said).entities if said[0].isupper() and " " not in said else ()
        return any(
            said in (e.name, *e.aliases) and e.papers <= _RARE for e in known if e.label in ENTITY_TYPES
        )

    # What is asked --------------------------------------------------------------------------------------

    @cached_property
    def _asked(self) -> str | None:
        """What is asked for: a noun behind "which", one with nothing before it, else the last one."""
        first = next((p for p in self.pieces if p.key not in ("asking", "noise")), self.pieces[0])
        if not first.key and self._folded[first.first - 1 : first.first] in (("which",), ("what",)):
            after = next((p.key for p in self.pieces if p.first >= first.last), "")
            if after != "metrics" and self._is("Metric", first):
                return "value"
        asking = [p for p in self.pieces if p.key in _ASKED]
        for piece in asking:
            before = self._folded[max(0, piece.first - 3) : piece.first]
            if piece.key == "value" or {"which", "what", "whose"} & set(before):
                return piece.key
        words = self._others[0].first
        if asking and asking[0].first < words:
            return asking[0].key
        last = asking[-1] if asking else None
        if last is None or self._folded[last.first - 1] in phrases("open-ends"):
            return None  # "memorization of training data"
        return last.key if last.key in ("datasets", "metrics", "papers") else None

    def _is_one(self, asked: str) -> bool:
        """Whether one thing is looked for, and not asked about: "dataset of trained filters"."""
        word = next(p for p in self.pieces if p.key == asked)
        which = {"which", "what"} & set(self._folded)
        return not which and not self._folded[word.last - 1].endswith(("s", "data", "corpora"))

    def _of_paper(self, asked: str | None, own: Piece) -> Asked | None:
        """What is asked about a named paper."""
        rest = self._without(own)
        heads = [Piece("", p.first, end) for p in rest for end in range(p.first + 1, p.last + 1)]
        if asked is None and any(self._is("Metric", head) for head in heads):
            asked = "value"
        beaten = next((p.first for p in self.pieces if p.key == "beat"), own.first)
        if asked is None and beaten < own.first:
            return Asked("papers-beating", _slots("method", [own]))
        for what, keys, query in _OF_PAPER:
            if what in ("", asked) and (not keys or keys & self._keys):
                more = _slots("rest", rest[:1]) if query == "value-of" else ()
                return Asked(query, (*_slots("paper", [own]), *more))
        return None

    def _papers(self, own: Piece | None, sure: bool) -> Asked | None:
        """The papers that are asked for."""
        if "relate" in self._keys and own is not None:
            return Asked("papers-related-to-paper", _slots("paper", [own]))
        found = self._compared() or self._introduced() or self._tried() or self._using() or self._proposed()
        if found is None and (sure or "study" in self._keys):
            return Asked("papers-about", self._all("concept"))
        return found

    def _compared(self) -> Asked | None:
        for key, query in (("beat", "papers-beating"), ("compare", "papers-comparing-with")):
            method, topic = self._governed(key, split=False)
            if method is not None:
                return Asked(query, (*_slots("method", [method]), *_slots("topic", topic)))
        return None

    def _introduced(self) -> Asked | None:
        kinds = [p for p in self.pieces if p.key in ("survey", "datasets", "metrics")]
        if not kinds or not self._keys & {"propose", "new", "survey"}:
            return None
        return Asked("papers-introducing-for", (*_slots("thing", kinds[:1]), *self._all("concept")))

    def _tried(self) -> Asked | None:
        """Papers evaluated on a dataset, or reporting a metric."""
        alone = len(self._others) == 1 and "study" not in self._keys
        if not alone and not self._keys & {"evaluate", "use", "report", "datasets", "metrics"}:
            return None
        known = next((p for p in self._others if self._is("Dataset", p)), None)
        measured = next((p for p in self._others if self._is("Metric", p)), None)
        if known is None and measured is not None:
            return Asked("papers-reporting", self._all("topic", metric=measured))
        if known is None:
            known, _ = self._governed("evaluate", split=False)
        return None if known is None else Asked("papers-evaluated-on", self._all("topic", dataset=known))

    def _using(self) -> Asked | None:
        for key in ("means", "use"):
            method, concept = self._governed(key, split=True)
            if method is not None and concept:
                return Asked("papers-using-for", (*_slots("method", [method]), *_slots("concept", concept)))
        return None

    def _proposed(self) -> Asked | None:
        thing, concept = self._governed("propose", split=True)
        if thing is None or not concept:
            return None
        return Asked("papers-introducing-for", (*_slots("thing", [thing]), *_slots("concept", concept)))

    # The pieces -----------------------------------------------------------------------------------------

    @cached_property
    def pieces(self) -> list[Piece]:
        """The question cut into key words and the words between them; names are not cut."""
        found: list[Piece] = []
        at = 0
        while at < len(self._folded):
            key, end = self._key_or_name(at)
            if not key and found and not found[-1].key and found[-1].last == at:
                found[-1] = Piece("", found[-1].first, end)
            else:
                found.append(Piece(key, at, end))
            at = end
        return [bare for p in found if (bare := p if p.key else self._trimmed(p)) is not None]

    @cached_property
    def _keys(self) -> set[str]:
        return {piece.key for piece in self.pieces}

    @cached_property
    def _others(self) -> list[Piece]:
        return [piece for piece in self.pieces if not piece.key]

    def _key_or_name(self, at: int) -> tuple[str, int]:
        """The key there with its end, or "" with the end of the name or word there."""
        end = self._name(at)
        if end > at:
            return "", end
        key, end = _key(self._folded, at)
        alone = end == at + 1
        word = self._folded[at]
        singular = key in _KINDS and not word.endswith("s")
        if alone and (_is_written_as_name(self._said(at, end)) or (singular and self._heads(at))):
            return "", end
        if alone and key == "evaluate" and word.endswith("ed") and self._heads(at):
            return "", end
        return key, end

    def _name(self, at: int) -> int:
        """The end of the name of several words that begins there; ``at`` if none does."""
        for end in range(min(len(self._folded), at + _LONGEST), at + 1, -1):
            if has_synonym(stems(self._said(at, end))):
                return end
            if is_filler(stem(self._folded[at])) or is_filler(stem(self._folded[end - 1])):
                continue
            if all(_key(self._folded, n)[0] for n in range(at, end)):
                continue
            known = self._link(self._said(at, end)).entities
            if any(e.label in ENTITY_TYPES for e in known):
                # "speech recognition models" are models, "large language models" are one name
                kind = _key(self._folded, end - 1)[0] in _ASKED
                return end - 1 if kind and self._link(self._said(at, end - 1)).entities == known else end
        return at

    def _heads(self, at: int) -> bool:
        """Whether a word stands right in front of a noun: dataset distillation, trained filters."""
        if at + 1 >= len(self._folded):
            return False
        one, after = self._question.words[at], self._question.words[at + 1]
        joined = self._question.text[one.end : after.start] == " " and self._said(at + 1, at + 2).islower()
        return joined and not is_filler(stem(after.folded)) and not _key((after.folded,), 0)[0]

    def _governed(self, key: str, split: bool) -> tuple[Piece | None, list[Piece]]:
        """The words that a key governs, those behind it or else before it, and the other words.

        Of "CLIP at retrieval" the key governs what stands in front of "at", if that is a name or must be
        ``split``.
        """
        at = next((n for n, piece in enumerate(self.pieces) if piece.key == key), None)
        if at is None or not self._others:
            return None, []
        behind = [piece for piece in self.pieces[at + 1 :] if not piece.key]
        one = behind[0] if behind else self._others[-1]
        rest = [piece for piece in self._others if piece != one]
        head = self._head(one)
        if head != one and (split or self._link(self._said(*head[1:])).entities):
            tail = self._trimmed(Piece("", head.last, one.last))
            return self._trimmed(head), [*rest, *([tail] if tail else [])]
        return one, rest

    def _head(self, piece: Piece) -> Piece:
        """The words in front of the first preposition."""
        at = (n for n in range(piece.first + 1, piece.last - 1) if self._folded[n] in phrases("parts"))
        return Piece("", piece.first, next(at, piece.last))

    def _is(self, label: str, piece: Piece) -> bool:
        if label == "Metric" and self._folded[piece.first : piece.last] in class_of("metric-names"):
            return True
        return any(e.label == label for e in self._link(self._said(*piece[1:])).entities[:1])

    def _without(self, own: Piece) -> list[Piece]:
        """The other words without those of a name that stands among them."""
        rest: list[Piece] = []
        for piece in self._others:
            if piece.first <= own.first < piece.last:
                sides = (Piece("", piece.first, own.first), Piece("", own.last, piece.last))
                rest += [bare for side in sides if (bare := self._trimmed(side)) is not None]
            else:
                rest.append(piece)
        return rest

    def _all(self, slot: str, **others: Piece) -> tuple[SlotSpan, ...]:
        """All words in one slot, but for those that have a slot of their own."""
        rest = [piece for piece in self._others if piece not in others.values()]
        return (*((name, p.first, p.last) for name, p in others.items()), *_slots(slot, rest))

    def _trimmed(self, piece: Piece) -> Piece | None:
        """A piece without the empty words around it; None if it has no others."""
        first, last = piece.first, piece.last
        while first < last and self._is_empty(first):
            first += 1
        while first < last and self._is_empty(last - 1):
            last -= 1
        return Piece("", first, last) if first < last else None

    def _is_empty(self, at: int) -> bool:
        """Whether a word says nothing and is not written as a name (MoRE)."""
        filler = is_filler(stem(self._folded[at])) and not _is_written_as_name(self._said(at, at + 1))
        return filler or self._folded[at] == "'s"

    def _said(self, first: int, last: int) -> str:
        return self._question.said(first, last)


def _key(folded: Words, at: int) -> tuple[str, int]:
    """The longest key word there with its end."""
    for length in range(min(keywords().longest, len(folded) - at), 0, -1):
        key = keywords().keys.get(folded[at : at + length])
        if key is not None:
            return "" if key == "words" else key, at + length
    return "", at + 1


def _is_written_as_name(said: str) -> bool:
    """Whether a word has capitals or digits where an ordinary word has none; a number is no name."""
    return any(c.isupper() or c.isdigit() for c in said[1:]) and not said.isdigit()


def _slots(slot: str, pieces: Iterable[Piece]) -> tuple[SlotSpan, ...]:
    return tuple((slot, piece.first, piece.last) for piece in pieces)
