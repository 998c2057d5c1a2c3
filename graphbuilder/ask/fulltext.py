"""The last resort: papers that merely have a question's words, the best by BM25 first.

Candidates come from the full-text index of the store, where it has one of its own (Neo4j), else from SQLite's
FTS5 over the same words (:mod:`graphbuilder.ask.index`). What they say is weighed here, so that both stores
find the same papers in the same order: by BM25 over the stems of title and abstract (Robertson and Zaragoza,
"The Probabilistic Relevance Framework: BM25 and Beyond", 2009), without its allowance for length, as
abstracts are of one length. What is found this way is never an answer: it says so (``by``).
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from graphbuilder.ask.answer import Evidence, Found
from graphbuilder.ask.index import Index, Text
from graphbuilder.ask.language import Token, is_filler, is_generic, tokens
from graphbuilder.ask.wording import phrases

if TYPE_CHECKING:
    from graphbuilder.stores import Store

#: What ``by`` says of a find.
BY = "full text"
#: Words of a question that are looked for, the rarest first; a very long one is read no further.
_WORDS = 12
#: Ways to write a word that are looked for, the most used first.
_SPELLINGS = 40
#: Papers that are weighed: so many that what another index thinks of lengths and titles hardly matters.
_CANDIDATES = 2_000
#: How little a word adds when it is said again (k1 of BM25).
_AGAIN = 1.2


def having_words(index: Index, store: Store, question: str, limit: int) -> list[Found]:
    """Papers that have words of a question, each with the sentence that has most of them."""
    asking = frozenset(phrases("asking"))
    words = [t for t in tokens(question) if not is_filler(t.stem) and t.text.casefold() not in asking]
    rarity = {t.stem: index.rarity((t.stem,)) for t in words if index.papers_having(t.stem)}
    telling = [s for s in rarity if not is_generic(s)] or list(rarity)
    wanted = {s: rarity[s] for s in sorted(telling, key=lambda s: (-rarity[s], s))[:_WORDS]}
    candidates = _candidates(index, store, list(wanted))
    weighed = ((_weight(stems, wanted), id_) for id_, stems in index.stems_of(candidates))
    best = heapq.nsmallest(limit, ((-weight, id_) for weight, id_ in weighed if weight))
    most = (_AGAIN + 1) * sum(wanted.values())
    found = []
    for weight, id_ in best:
        if (text := index.paper(id_)) is not None:
            evidence = _fullest(text, wanted)
            note = f"has {', '.join(word.text for word in _had(words, text))}"
            found.append(Found(id_, text.title, "Paper", -0.25 * weight / most, (), (evidence,), note, by=BY))
    return found


def _candidates(index: Index, store: Store, stems: Sequence[str]) -> Sequence[str]:
    """Ids of papers that have any of the stems, by whichever index there is."""
    if not stems:
        return ()
    words = [word for stem in stems for word in index.spellings(stem, _SPELLINGS)]
    found = store.search(list(dict.fromkeys(words)), _CANDIDATES)
    return index.search([(stem,) for stem in stems], _CANDIDATES) if found is None else found


def _weight(stems: list[str], rarity: dict[str, float]) -> float:
    """BM25 of a paper; 0 if it has none of the words."""
    times = Counter(stems)
    return sum(r * times[s] * (_AGAIN + 1) / (times[s] + _AGAIN) for s, r in rarity.items())


def _fullest(text: Text, rarity: dict[str, float]) -> Evidence:
    """The sentence with most of the words, those marked; the title where no sentence has more."""
    said = [sum(r for s, r in rarity.items() if f" {s} " in unit) for unit in text.stems]
    unit = max(range(len(said)), key=lambda u: (said[u], u > 0, -u))
    marks = tuple((w.start, w.end) for w in text.words(unit) if w.stem in rarity)
    return Evidence(text.id, text.unit(unit), *text.units[unit], marks=marks)


def _had(words: Sequence[Token], text: Text) -> list[Token]:
    """The words that a paper has, each once."""
    whole = "".join(text.stems)
    return list({w.stem: w for w in words if f" {w.stem} " in whole}.values())
