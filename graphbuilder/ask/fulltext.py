"""The last resort: papers that merely have a question's words, the best by BM25 first.

Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009, as SQLite's FTS5
computes it over the stems of titles and abstracts. The index stands beside every graph, a file's or a
server's, so both find the same. What is found this way is never an answer: it says so (``by``).
"""

from __future__ import annotations

from graphbuilder.ask.answer import Evidence, Found
from graphbuilder.ask.index import Index, Text
from graphbuilder.ask.language import Token, is_filler, is_generic, tokens
from graphbuilder.ask.wording import phrases

#: What ``by`` says of a find.
BY = "full text"
#: Words of a question that are looked for, the rarest first; a very long one is read no further.
_WORDS = 12


def having_words(index: Index, question: str, limit: int) -> list[Found]:
    """Papers that have words of a question, each with the sentence that has most of them."""
    asking = frozenset(phrases("asking"))
    words = [t for t in tokens(question) if not is_filler(t.stem) and t.text.casefold() not in asking]
    rarity = {t.stem: index.rarity((t.stem,)) for t in words if index.papers_having(t.stem)}
    telling = [s for s in rarity if not is_generic(s)] or list(rarity)
    wanted = sorted(telling, key=lambda s: (-rarity[s], s))[:_WORDS]
    total = sum(rarity[s] for s in wanted)
    found = []
    for paper in index.search([(s,) for s in wanted], limit):
        text = index.paper(paper)
        if text is None:
            continue
        whole = "".join(text.stems)
        share = sum(rarity[s] for s in wanted if f" {s} " in whole) / total
        evidence = _fullest(text, {s: rarity[s] for s in wanted})
        note = f"has {', '.join(s.text for s in _said(words, whole))}"
        found.append(Found(paper, text.title, "Paper", 0.25 * share, (), (evidence,), note, by=BY))
    return found


def _fullest(text: Text, rarity: dict[str, float]) -> Evidence:
    """The sentence with most of the words, those marked; the title where no sentence has more."""
    said = [sum(r for s, r in rarity.items() if f" {s} " in unit) for unit in text.stems]
    unit = max(range(len(said)), key=lambda u: (said[u], u > 0, -u))
    marks = tuple((w.start, w.end) for w in text.words(unit) if w.stem in rarity)
    return Evidence(text.id, text.unit(unit), *text.units[unit], marks=marks)


def _said(words: list[Token], whole: str) -> list[Token]:
    """The words that a paper has, each once."""
    return list({w.stem: w for w in words if f" {w.stem} " in whole}.values())
