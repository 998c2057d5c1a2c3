"""Finds the figure that a question asks for among those that a paper prints."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphbuilder.ask.index import Text
from graphbuilder.ask.language import is_filler, stem, tokens, vocabulary
from graphbuilder.ask.linking import Phrase

_NUMBER = re.compile(
    r"(?<![\w.])(?P<value>[-+~≈<>]?\$?\d+(?:[.,]\d+)*(?:[-–]\d+(?:\.\d+)?(?![\w-]))?(?:\s?(?:\\?%|[x×](?!\w)|[KMBGT](?![\w])|"
    r"(?:percent|points?|times|pp|ms|seconds?|hours?|minutes?|days?|FPS|GB|MB|dB|million|billion|trillion)\b))?)"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_FROM = re.compile(r"\bfrom (?:about |around |roughly )?\$?$", re.IGNORECASE)
_AFTER_FROM = re.compile(r"\bfrom\b(?:[^.;,]|[.,](?=\d))*\d(?:[^.;]|\.(?=\d)){0,60}$", re.IGNORECASE)
_BEFORE_TO = re.compile(r"[^.;\d]{0,60}\bto (?:about |around |roughly |only )?\$?\d", re.IGNORECASE)
_TO = re.compile(
    r"\bfrom\b(?:[^.;]|\.(?=\d)){3,80}\bto (?:about |around |roughly |only )?\$?$", re.IGNORECASE
)
_NAMED = re.compile(r"\w[-/]$|\dtimes$")


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure as printed, in a unit of a paper; ``also`` are other ways to print it."""

    value: str
    also: tuple[str, ...]
    unit: int
    mark: tuple[int, int]
    score: float


def figures(
    text: Text,
    question: str,
    metric: Sequence[Phrase],
    dataset: Sequence[Phrase],
    subject: Sequence[Phrase],
    rows: Sequence[Mapping[str, Any]],
    names: Sequence[str] = (),
) -> list[FoundFigure]:
    """Figures of a paper, the one that fits the question best first.

    A figure fits by the words of the question near it, most of all the metric and the dataset, and by
    being a result that the graph holds. ``rows`` are those results (value, metric, dataset, sentence). Years,
    and the numbers in ``names`` ("CoRe 50"), are no figures.
    """
    wanted = [t.stem for t in tokens(question) if not is_filler(t.stem)]
    asked = set(wanted)
    found = []
    held = {re.sub(r"\s|\\", "", str(row["value"])): row for row in rows}
    on = [p.strengths(text) for p in dataset]
    beside = [p.strengths(text) for p in subject]
    wide = [p.strengths(text) for p in metric if len(p.parts) > 1]
    for unit in range(len(text.units)):
        printed = text.unit(unit)
        words = tokens(printed)
        named = [m.span() for name in names for m in re.finditer(re.escape(name), printed)]
        for match in _NUMBER.finditer(printed):
            start, end = match.span("value")
            value = match["value"].strip()
            if _part_of_name(printed, start, end) or value in question or _YEAR.fullmatch(value):
                continue
            if any(a <= start and end <= b for a, b in named):
                continue
            value = value.rstrip(".,")
            near = _nearness(words, start, end, asked)
            score = near + sum(_distance(printed, words, start, p) for p in metric) * 1.5
            score += sum(1.5 * said[unit] for said in wide) + sum(
                _distance(printed, words, start, p) for p in dataset
            )
            score += sum(1.5 * said[unit] ** 2 for said in on) + sum(said[unit] ** 2 for said in beside)
            score += sum(_distance(printed, words, start, p) for p in subject)
            key = re.sub(r"\s|\\", "", value)
            counted = re.match(r"[\s~]*([A-Za-z]+)", printed[end:])
            if counted and stem(counted[1]) in _counted() - asked:
                score -= 1.5
            if _FROM.search(printed[:start]) or (
                _AFTER_FROM.search(printed[:start]) and _BEFORE_TO.match(printed[end:])
            ):
                score -= 0.8  # what it was before
            elif _TO.search(printed[:start]):
                score += 0.3
            row = held.get(key)
            if row is not None:
                score += 0.5
                if any(_says(p, str(row["metric"])) for p in metric):
                    score += 0.7
                if row.get("dataset") and any(_says(p, str(row["dataset"])) for p in dataset):
                    score += 0.7
            ends = re.split(r"[-–](?=\d)", value)
            also = tuple(
                dict.fromkeys([value.replace("\\", ""), *(re.sub(r"[^\d.,%x×]", "", e) for e in ends)])
            )
            found.append(FoundFigure(value, also, unit, (start, end), score))
    return sorted(found, key=lambda f: (-f.score, f.unit, f.mark))


@lru_cache(maxsize=1)
def _counted() -> frozenset[str]:
    return frozenset(map(stem, vocabulary()["counted"]))


def _part_of_name(printed: str, start: int, end: int) -> bool:
    """Whether digits belong to a name or a size: DDT-XL/2, top-1, 512x512."""
    before, after = printed[:start], printed[end:]
    return bool(_NAMED.search(before)) or bool(re.match(r"-[^\W\d]|times\d|[x×]\d|/\d", after))


def _nearness(words: Sequence[Any], start: int, end: int, asked: set[str]) -> float:
    """The question's words in the sentence, those near the figure counting more."""
    at = next((n for n, w in enumerate(words) if w.end > start), len(words))
    seen: dict[str, float] = {}
    for n, word in enumerate(words):
        if word.stem in asked:
            seen[word.stem] = max(seen.get(word.stem, 0.0), 0.25 + 0.75 / (1 + 0.25 * abs(n - at)))
    return sum(seen.values()) / max(3, len(asked)) * 2.0


def _distance(printed: str, words: Sequence[Any], start: int, phrase: Phrase) -> float:
    """1 next to the phrase, less the further away, 0 where the sentence does not have it."""
    at = next((n for n, w in enumerate(words) if w.end > start), len(words))
    best = 0.0
    stems = [w.stem for w in words]
    for part in phrase.parts:
        for form in part.forms:
            for n in range(len(stems) - len(form) + 1):
                if tuple(stems[n : n + len(form)]) == form:
                    gap = min(abs(n - at), abs(n + len(form) - 1 - at))
                    best = max(best, 1.0 / (1 + 0.15 * gap) + (0.3 if n == at + 1 else 0.0))
    return best


def _says(phrase: Phrase, name: str) -> bool:
    stems = {stem(t.text) for t in tokens(name)}
    return any(set(form) <= stems or stems <= set(form) for part in phrase.parts for form in part.forms)
