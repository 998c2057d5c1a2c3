"""How alike two papers are by their words: the cosine of their tf-idf vectors over stems.

Salton and Buckley, "Term-weighting approaches in automatic text retrieval", 1988, with logarithmic term
frequency and a title that counts three times. It supplements the graph's RELATED edges, which rest on what
the extractor found.
"""

from __future__ import annotations

import math
from collections import Counter

from graphbuilder.ask.index import Index, Text
from graphbuilder.ask.language import is_filler

#: How much a word of the title counts beside one of the abstract.
_TITLE = 3
#: The most telling words of a paper by which others are looked for.
_WORDS = 12
#: Papers that are compared with one.
_CANDIDATES = 60


def alike(index: Index, paper: str, limit: int) -> list[tuple[str, float]]:
    """The papers most like one, with their cosine in 0..1, best first."""
    text = index.paper(paper)
    if text is None:
        return []
    own = _vector(index, text)
    telling = sorted(own, key=lambda stem: (-own[stem], stem))[:_WORDS]
    found = []
    for other in index.search([(stem,) for stem in telling], _CANDIDATES):
        other_text = index.paper(other)
        if other != paper and other_text is not None:
            found.append((other, _cosine(own, _vector(index, other_text))))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _vector(index: Index, text: Text) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for number, unit in enumerate(text.stems):
        for stem in unit.split():
            if len(stem) > 1 and not is_filler(stem):
                counts[stem] += _TITLE if number == 0 else 1
    return {s: (1 + math.log(n)) * weight for s, n in counts.items() if (weight := _weight(index, s)) > 0}


def _weight(index: Index, stem: str) -> float:
    """Rarity; a word that nobody else has tells nothing, nor one that a fifth of all papers have."""
    having = index.papers_having(stem)
    if not 2 <= having <= max(4, index.size // 5):
        return 0.0
    return math.log((index.size + 1) / (having + 0.5))


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    shared = sum(weight * b[stem] for stem, weight in a.items() if stem in b)
    lengths = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return shared / lengths if lengths else 0.0
