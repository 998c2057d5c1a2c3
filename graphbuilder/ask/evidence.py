"""What a paper says of a phrase: where, how fully, and in which role.

The graph's edges say it for what the extractor found; the sentences that they stand on say it for all, so a
clause that plainly states something counts even where no edge was drawn.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from graphbuilder.ask.answer import apart
from graphbuilder.ask.index import Text
from graphbuilder.ask.language import Token, fold
from graphbuilder.ask.linking import Phrase

#: How surely an edge of the graph says that a thing stands in a role.
_EDGES: dict[str, dict[str, float]] = {
    "used": {"USES": 1.0, "INTRODUCES": 0.95, "STUDIES": 0.85, "COMPARES": 0.5, "MENTIONS": 0.5},
    "studied": {"STUDIES": 0.9, "INTRODUCES": 0.9, "USES": 0.85, "MEASURES": 0.6, "MENTIONS": 0.4},
    "introduced": {"INTRODUCES": 1.0},
    "evaluated": {"EVALUATES_ON": 1.0, "INTRODUCES": 0.8},
    "compared": {"COMPARES": 1.0},
    "beaten": {"COMPARES": 0.5},
    "replaced": {"COMPARES": 0.5},
    "measured": {"MEASURES": 1.0},
}
#: Words in front of a thing among which a verb of making governs it.
_REACH = 12
#: A unit says a phrase when this much of it stands there.
SAID = 0.8


@dataclass(frozen=True, slots=True)
class Support:
    """How a paper supports a phrase in a role.

    ``score`` is in 0..1; ``units`` holds how fully the title (0) and each sentence say the phrase, and
    ``role`` how surely each says it in the role; ``best`` is the unit to show.
    """

    score: float
    units: tuple[float, ...]
    role: tuple[float, ...]
    edges: tuple[str, ...]

    @property
    def best(self) -> int | None:
        """The unit that says it most fully, sentences before the title; None if none does."""
        ranked = sorted(range(len(self.role)), key=lambda u: (-self.role[u], -self.units[u], u == 0, u))
        return ranked[0] if ranked and self.units[ranked[0]] > 0.3 else None


def support(text: Text, phrase: Phrase, role: str, edges: Sequence[str]) -> Support:
    """What a paper's text and its edges to the phrase's entities say of it in a role.

    Parameters
    ----------
    text : Text
        The paper.
    phrase : Phrase
        What is asked for.
    role : str
        used, studied, introduced, evaluated, compared, beaten, replaced or measured.
    edges : sequence of str
        Types of the paper's edges to the phrase's entities.
    """
    units = tuple(phrase.strengths(text))
    edge = max((_EDGES[role].get(e, 0.0) for e in edges), default=0.0)
    said = tuple(_in_role(text, phrase, role, n, s) for n, s in enumerate(units))
    if role == "evaluated" and "Dataset" in phrase.labels and not _is_dataset(phrase):
        said = tuple(
            s if s and _named_dataset(_marked(text, phrase, n)) else 0.5 * s for n, s in enumerate(said)
        )
        edge = 0.0
    if role == "studied":
        score = min(1.0, max(_subject(text, units), _spread(text, phrase)) + 0.15 * edge)
    elif role == "used":
        score = min(1.0, max(_subject(text, units), 0.75 * max(said)) + 0.15 * edge)
    else:
        score = max((*said, edge))
    return Support(score, units, said, tuple(edges))


def _subject(text: Text, units: Sequence[float]) -> float:
    """How central a phrase is to a paper: in the title, in what the paper says of itself, how often."""
    title, sentences = units[0], units[1:]
    said = [s for s in sentences if s >= SAID]
    own = max((s for n, s in enumerate(sentences, start=1) if is_own_voice(text, n)), default=0.0)
    often = min(0.85, 0.5 + 0.12 * (len(said) - 1)) if said else 0.0
    best = max(sentences, default=0.0)
    return max(title, 0.85 * own, often, 0.55 * best)


def _spread(text: Text, phrase: Phrase) -> float:
    """How surely a paper is about a phrase whose parts it names in different sentences."""
    if phrase.options:
        return max(_spread(text, option) for option in phrase.options)
    if len(phrase.parts) < 2:
        return 0.0
    total = sum(part.weight for part in phrase.parts)
    score = 0.0
    for part in phrase.parts:
        score += part.weight / total * _subject(text, part.strengths(text, phrase.rarity))
    return float(0.92 * score**1.3)


def _is_dataset(phrase: Phrase) -> bool:
    return any(e.label == "Dataset" for e in phrase.entities)


def _named_dataset(marked: str) -> bool:
    """Whether a sentence itself calls the thing a dataset: "the § dataset", "benchmarks such as §"."""
    return (
        re.search(r"§ (?:[\w-]+ ){0,3}(?:data ?set|benchmark|corpus|test set)s?\b", marked, re.I) is not None
    )


@lru_cache(maxsize=100_000)
def is_own_voice(text: Text, unit: int) -> bool:
    """Whether the paper speaks of itself there: "we", "this paper", or by the name of what it introduces."""
    printed = text.unit(unit)
    if _own_voice().search(fold(printed)) is not None:
        return True
    names = (own_name(text), *text.own)
    return any(name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", printed) for name in names)


@lru_cache(maxsize=50_000)
def own_name(text: Text) -> str:
    """The name that a title gives its work: "VTrans: Accelerating ..."."""
    head, colon, _ = text.title.partition(":")
    name = head.strip()
    return name if colon and len(name.split()) <= 2 and any(c.isupper() for c in name) else ""


def _in_role(text: Text, phrase: Phrase, role: str, unit: int, strength: float) -> float:
    if strength < 0.5:
        return 0.0
    cues = _cues()[role]
    marked = _marked(text, phrase, unit)
    if role == "introduced":
        said = _object_of(marked, cues["says"])
        if unit == 0 and not said and phrase.text.islower():
            return 0.7 * strength  # "A Preserving Loss for Compression": a title names what is new
    elif role == "evaluated":
        said = _listed_after(marked, _heads()) or any(p.search(marked) for p in cues["says"])
    else:
        said = any(pattern.search(marked) for pattern in cues["says"])
    if not said:
        return 0.4 * strength
    if any(p.search(marked) for p in cues.get("against", ())):
        return 0.5 * strength
    if not all(p.search(marked) for p in cues.get("needs", ())):
        return 0.5 * strength
    return 0.9 * strength


def _object_of(marked: str, verbs: Sequence[re.Pattern[str]]) -> bool:
    """Whether the thing ends a noun phrase that a verb of making governs."""
    words = re.findall(r"§|[\w'./+-]+|[,():;&]", marked)
    for at, word in enumerate(words):
        if word != "§" or (at and words[at - 1].endswith("-")):
            continue
        for before in reversed(words[max(0, at - _REACH) : at]):
            if any(verb.fullmatch(before) for verb in verbs):
                return True
            if before.casefold() in _stops():
                break
    return False


def _listed_after(marked: str, heads: frozenset[str]) -> bool:
    """Whether the thing follows a word such as "on", itself or as an item of the list that follows it."""
    words = re.findall(r"§|[\w'./+-]+|[,():;&]", marked)
    for at, word in enumerate(words):
        if word != "§":
            continue
        for before in reversed(words[max(0, at - 40) : at]):
            folded = before.casefold()
            if folded in heads:
                return True
            item = before[0].isupper() or before[0].isdigit() or before[0] in "§,():&" or folded in _between()
            if not item and not folded.endswith(("ed", "al", "ic", "ive", "ous", "ing", "-scale", "-world")):
                break
    return False


@lru_cache(maxsize=1)
def _heads() -> frozenset[str]:
    return frozenset(_raw_cues()["list_heads"])


@lru_cache(maxsize=1)
def _between() -> frozenset[str]:
    return frozenset(_raw_cues()["list_words"])


@lru_cache(maxsize=1)
def _stops() -> frozenset[str]:
    return frozenset(_raw_cues()["phrase_stops"])


def is_survey(text: Text) -> int | None:
    """The unit in which a paper says that it is a survey, None if it does not."""
    cues = _cues()["survey"]
    for unit in range(len(text.units)):
        patterns = cues["title"] if unit == 0 else cues["says"]
        if any(pattern.search(text.unit(unit)) for pattern in patterns):
            return unit
    return None


def spans(words: Sequence[Token], phrase: Phrase) -> list[tuple[int, int]]:
    """Where words say the phrase's names, else its own words: spans in order, none overlapping."""
    stems = tuple(w.stem for w in words)
    places: dict[str, list[int]] = {}
    for at, one in enumerate(stems):
        places.setdefault(one, []).append(at)
    found: list[tuple[int, int]] = []
    for part in phrase.parts:
        hit = False
        for form in part.forms:
            for at in places.get(form[0], ()):
                if stems[at : at + len(form)] == form and part.is_written(words[at]):
                    found.append((words[at].start, words[at + len(form) - 1].end))
                    hit = True
        if not hit:
            loose = {s for form in part.forms for s in form if len(s) > 2}
            found += [(w.start, w.end) for w in words if w.stem in loose and part.is_written(w)]
    return list(apart(found))


def _marked(text: Text, phrase: Phrase, unit: int) -> str:
    """A unit in lower case with the phrase as "§"."""
    printed = text.unit(unit)
    pieces, at = [], 0
    for start, end in spans(text.words(unit), phrase):
        pieces += [printed[at:start], "§"]
        at = end
    return "".join([*pieces, printed[at:]]).replace("\n", " ")


@lru_cache(maxsize=1)
def _own_voice() -> re.Pattern[str]:
    return re.compile(_raw_cues()["own_voice"])


@lru_cache(maxsize=1)
def _raw_cues() -> dict[str, Any]:
    with Path(__file__).with_name("cues.toml").open("rb") as file:
        return tomllib.load(file)


@lru_cache(maxsize=1)
def _cues() -> dict[str, dict[str, list[re.Pattern[str]]]]:
    return {
        role: {
            name: [re.compile(p, re.IGNORECASE) for p in ([value] if isinstance(value, str) else value)]
            for name, value in cues.items()
        }
        for role, cues in _raw_cues().items()
        if isinstance(cues, dict)
    }
