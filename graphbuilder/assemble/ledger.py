"""The acronym ledger: what short forms stand for, over the whole corpus.

Definitions found in any paper serve all of them. A short form with several long forms has several senses;
a paper's own definition decides, then the company that the short form keeps there, and what stays
undecided is left undecided.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from graphbuilder.names import key, words

#: A sense that holds this share of a short form's papers, and at least MAJORITY of them, needs no company.
DOMINANT_SHARE = 0.9
MAJORITY = 5
#: A long form that so many papers give is taken for granted inside longer names too.
SETTLED = 2
#: So many papers make an expansion of two letters known.
KNOWN = 3
#: One definition stands for so many papers that print the short form.
FAME = 25
#: Words of one acronym's expansions that are so long differ by a slip if by one letter.
TYPO = 6
#: The best sense must fit a paper's company so many times better than the next.
MARGIN = 2.0


@dataclass
class Sense:
    """One meaning of a short form: its long forms by key, the papers that define it, and their company."""

    longs: Counter[str] = field(default_factory=Counter)
    papers: set[str] = field(default_factory=set)
    company: Counter[str] = field(default_factory=Counter)

    @property
    def main(self) -> str:
        """The key of the commonest long form, the first among equals."""
        return max(self.longs, key=lambda k: self.longs[k])


class Ledger:
    """Senses of every short form of a corpus.

    ``definitions`` maps a paper's id to its pairs (short, long) as printed; ``company`` maps a paper's id
    to the keys of all the names that it holds.
    """

    def __init__(
        self,
        definitions: Mapping[str, Iterable[tuple[str, str]]],
        company: Mapping[str, frozenset[str]],
    ) -> None:
        self._company = company
        self._frequency: Counter[str] = Counter(k for keys in company.values() for k in keys)
        self._own: dict[tuple[str, str], str] = {}
        self._printed: dict[str, str] = {}
        self._written: dict[str, set[str]] = defaultdict(set)
        self.senses: dict[str, list[Sense]] = {}
        printed: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
        papers: dict[tuple[str, str], set[str]] = defaultdict(set)
        for paper in sorted(definitions):
            for short, long in definitions[paper]:
                s, whole = key(short), key(long)
                if _holds(words(long), s):  # "CIFAR-100-C" is no long form of "CIFAR-100"
                    continue
                spelled = printed[s].get(whole, words(long))
                printed[s][whole] = min(spelled, words(long), key=lambda w: (len(w), w))
                self._printed.setdefault(whole, long)
                papers[s, whole].add(paper)
                self._written[_singular(short)].add(whole)
                self._own.setdefault((paper, s), whole)
        for short, longs in sorted(printed.items()):
            self.senses[short] = self._group(short, longs, papers)
        self._sense_of = {
            (short, long): sense
            for short, senses in self.senses.items()
            for sense in senses
            for long in sense.longs
        }

    def resolve(self, short: str, paper: str, written: str = "") -> tuple[str | None, bool]:
        """The key of the long form that ``short`` (a key) stands for in ``paper`` (an id).

        ``written`` is the short form as printed: "mAP" is none of the senses that only "MAP" has been given.
        Returns the key with False; ``(None, False)`` for no acronym, ``(None, True)`` for one left undecided.
        """
        senses = self.senses.get(short)
        if not senses:
            return None, False
        own = self._own.get((paper, short))
        if own is not None:
            return self._sense_of[short, own].main, False
        cased = (
            [s for s in senses if not self._written[_singular(written)].isdisjoint(s.longs)]
            if written
            else []
        )
        return self._by_company(short, cased or senses, paper)

    def expansion(self, short: str, paper: str) -> str | None:
        """The key of the long form by which ``paper`` itself defines ``short``, if it does."""
        own = self._own.get((paper, short))
        return self._sense_of[short, own].main if own is not None else None

    def spelled(self, short: str, paper: str) -> str | None:
        """The long form, as printed, that ``short`` (a key) has in ``paper``, or else whoever writes it."""
        own = self.expansion(short, paper)
        return self._printed[own] if own is not None else self.settled(short)

    def settled(self, short: str) -> str | None:
        """The long form, as printed, that ``short`` (a key) has whoever writes it; None if in doubt."""
        senses = self.senses.get(short, [])
        total = sum(len(sense.papers) for sense in senses)
        for sense in senses:
            if len(sense.papers) >= SETTLED and len(sense.papers) >= DOMINANT_SHARE * total:
                return self._printed[sense.main]
        return None

    def merged(self) -> Iterable[tuple[str, str, str, int]]:
        """Long forms that are one sense: (long, main long, short, papers), in order."""
        for short, senses in sorted(self.senses.items()):
            for sense in senses:
                for long in sorted(sense.longs):
                    if long != sense.main:
                        yield long, sense.main, short, sense.longs[long]

    def _group(
        self, short: str, longs: Mapping[str, tuple[str, ...]], papers: Mapping[tuple[str, str], set[str]]
    ) -> list[Sense]:
        """Senses of one short form: long forms that differ in spelling alone are one."""
        senses: list[tuple[Sense, tuple[str, ...]]] = []
        for long in sorted(longs, key=lambda k: (-len(papers[short, k]), -self._frequency[k], len(k), k)):
            sense = next((s for s, first in senses if same_expansion(first, longs[long], short)), None)
            if sense is None:
                sense = Sense()
                senses.append((sense, longs[long]))
            sense.longs[long] = len(papers[short, long])
            sense.papers |= papers[short, long]
        for sense, _ in senses:
            for paper in sense.papers:
                sense.company.update(self._company.get(paper, ()))
        return [sense for sense, _ in senses]

    def _by_company(self, short: str, senses: list[Sense], paper: str) -> tuple[str | None, bool]:
        if sum(len(sense.papers) for sense in senses) * FAME < self._frequency[short]:
            return None, False  # what one paper calls "COCO" is not the COCO of a hundred others
        fits = []
        for sense in senses:
            own_words = {short, *sense.longs}
            fit = math.fsum(
                sense.company[k] / len(sense.papers) / self._frequency[k]
                for k in self._company.get(paper, ())
                if k not in own_words and k in sense.company
            )
            fits.append((fit, len(sense.papers), sense))
        fits.sort(key=lambda f: (-f[0], -f[1], f[2].main))
        if len(fits) == 1:
            fit, support, sense = fits[0]
            # two letters stand for too much to be taken from one stranger, unless all know what it says
            known = max(support, *(self._frequency[long] for long in sense.longs)) >= KNOWN
            sure = fit > 0 or known or sum(c.isalpha() for c in short) >= 3
            return (sense.main, False) if sure else (None, True)
        if fits[0][0] > 0 and fits[0][0] >= MARGIN * fits[1][0]:
            return fits[0][2].main, False
        total = sum(f[1] for f in fits)
        for _, support, sense in fits:
            if support >= MAJORITY and support >= DOMINANT_SHARE * total:
                return sense.main, False
        return None, True


def same_expansion(a: tuple[str, ...], b: tuple[str, ...], short: str = "") -> bool:
    """Whether two expansions of one acronym (folded words) are one, but for spelling or a class word behind.

    One that leaves out a word whose initial the acronym has is the same too ("multimodal language model").

    >>> same_expansion(("vision", "language", "model"), ("visual", "language", "model"))
    True
    >>> same_expansion(("sparse", "autoencoder"), ("stacked", "autoencoder"))
    False
    >>> same_expansion(("question", "answering"), ("question", "answer"))
    False
    """
    small = word_list("small")
    a = tuple(w for w in a if w not in small)
    b = tuple(w for w in b if w not in small)
    if len(a) > len(b):
        a, b = b, a
    if len(b) - len(a) > 1 or not a:
        return "".join(a) == "".join(b)
    if len(a) > 1 and len(b) > len(a) and "".join(w[0] for w in b) == short and _leaves_out(a, b):
        return True
    return "".join(a) == "".join(b) or all(_same_stem(x, y) for x, y in zip(a, b, strict=False))


def _holds(long: tuple[str, ...], short: str) -> bool:
    """Whether a name's words, or some of them in a row, are the short form itself."""
    return any("".join(long[i:j]) == short for i in range(len(long)) for j in range(i + 1, len(long) + 1))


def _singular(short: str) -> str:
    """A short form as printed, without a plural s."""
    return short[:-1] if short.endswith("s") and len(short) > 2 else short


def _leaves_out(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(a == b[:at] + b[at + 1 :] for at in range(len(b)))


def _same_stem(a: str, b: str) -> bool:
    if a == b:
        return True
    a, b = sorted((a, b), key=len)
    if b.endswith("ing") and b[:-3] in (a, a.removesuffix("e")):
        return (
            False  # "question answer" is no "question answering", a "language model" no "language modeling"
        )
    if len(a) >= TYPO and _one_slip(a, b):
        return True
    shared = 0
    while shared < min(len(a), len(b)) and a[shared] == b[shared]:
        shared += 1
    return shared >= 3 and 2 * shared >= max(len(a), len(b))


def _one_slip(a: str, b: str) -> bool:
    """Whether one letter is wrong, missing, or has changed places with the next ("decent" for "descent")."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) == len(b):
        swapped = a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :]
        return a[at + 1 :] == b[at + 1 :] or swapped
    return len(b) - len(a) == 1 and a[at:] == b[at + 1 :]


@cache
def word_list(kind: str) -> frozenset[str]:
    """The words of one kind in ``heads.tsv``."""
    text = files("graphbuilder.assemble").joinpath("heads.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for k, word in rows if k == kind)
