"""How alike two papers are by their words: the cosine of their tf-idf vectors over stems and pairs of stems.

Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988. A word that a paper keeps
saying is what it is about, so frequency counts nearly in full, and a title counts as two sentences; pairs
("model merging") tell topics apart that share a word. It supplements the graph's RELATED edges, which rest
on what the extractor found. The constants below were chosen on 28 topics that titles of the five pages name
("unlearning", "concept bottleneck"), by the share of a paper's five nearest that have its topic, and on 20
questions for the papers near one.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping

from graphbuilder.ask.index import Index, Text
from graphbuilder.ask.language import is_filler

#: How much a word of the title counts beside one of the abstract.
_TITLE = 2
#: Exponent of a word's frequency.
_OFTEN = 0.7
#: How much a pair of words counts beside a word.
_PAIR = 0.7
#: The most telling words of a paper by which others are looked for.
_WORDS = 30
#: Papers that are compared with one.
_CANDIDATES = 100

Stems = tuple[str, ...]


def alike(index: Index, paper: str, limit: int) -> list[tuple[str, float]]:
    """The papers most like one, with their likeness (about 0..1), best first."""
    text = index.paper(paper)
    if text is None:
        return []
    counts = _counts(text)
    own = _vector(index, counts)
    telling = sorted(own, key=lambda stem: (-own[stem], stem))[:_WORDS]
    pairs = _pairs(text)
    found = []
    for other in index.search([(stem,) for stem in telling], _CANDIDATES):
        other_text = index.paper(other)
        if other == paper or other_text is None:
            continue
        theirs = _vector(index, _counts(other_text))
        shared = sum(weight * theirs[stem] for stem, weight in own.items() if stem in theirs)
        other_pairs = _pairs(other_text)
        for pair in pairs.keys() & other_pairs.keys():
            both = (pairs[pair] * other_pairs[pair]) ** _OFTEN
            shared += both * (_PAIR * _telling(index, len(index.papers_with(pair)))) ** 2
        found.append((other, shared / (_length(own) * _length(theirs) or 1.0)))
    return sorted(found, key=lambda each: (-each[1], each[0]))[:limit]


def _counts(text: Text) -> Counter[str]:
    counts: Counter[str] = Counter()
    for number, unit in enumerate(text.stems):
        for stem in unit.split():
            if len(stem) > 1 and not is_filler(stem):
                counts[stem] += _TITLE if number == 0 else 1
    return counts


def _pairs(text: Text) -> Counter[Stems]:
    counts: Counter[Stems] = Counter()
    for number, unit in enumerate(text.stems):
        words = unit.split()
        for pair in itertools.pairwise(words):
            if len(pair[0]) > 1 and not any(map(is_filler, pair)):
                counts[pair] += _TITLE if number == 0 else 1
    return counts


def _vector(index: Index, counts: Mapping[str, int]) -> dict[str, float]:
    weights = ((s, n, _telling(index, index.papers_having(s))) for s, n in counts.items())
    return {s: n**_OFTEN * weight for s, n, weight in weights if weight > 0}


def _telling(index: Index, having: int) -> float:
    """Rarity; a word that nobody else has tells nothing, nor one that a fifth of all papers have."""
    if not 2 <= having <= max(4, index.size // 5):
        return 0.0
    return math.log((index.size + 1) / (having + 0.5))


def _length(vector: Mapping[str, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))
