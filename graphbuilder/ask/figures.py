"""Finds the figure that a question asks for among those that a paper prints."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from graphbuilder.ask.index import Text
from graphbuilder.ask.language import is_filler, stem, tokens, vocabulary
from graphbuilder.ask.linking import Phrase

_NUMBER = re.compile(
    r"(?<![\w.])(?P<value>[-+~≈<>]?\$?\d+(?:[.,]\d+)*(?:[-–]\d+(?:\.\d+)?(?![\w-]))?(?:\s?(?:\\?%|[x×](?!\w)|[KMBGT](?![\w])|"
    r"(?:percent|points?|times|pp|ms|seconds?|hours?|minutes?|days?|FPS|GB|MB|dB|million|billion|trillion)\b))?"
    r"|\b(?i:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b(?= \w))"
)
_BIG = re.compile(r"\s?([mbt])(?:illion|rillion)$")
_SPELLED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_YEAR = re.compile(r"(?:19|20)\d\d")
_FROM = re.compile(r"\bfrom (?:about |around |roughly )?\$?$", re.IGNORECASE)
_AFTER_FROM = re.compile(r"\bfrom\b(?:[^.;,]|[.,](?=\d))*\d(?:[^.;]|\.(?=\d)){0,60}$", re.IGNORECASE)
_BEFORE_TO = re.compile(r"[^.;\d]{0,60}\bto (?:about |around |roughly |only )?\$?\d", re.IGNORECASE)
_TO = re.compile(
    r"\bfrom\b(?:[^.;]|\.(?=\d)){3,80}\bto (?:about |around |roughly |only )?\$?$", re.IGNORECASE
)
#: Where a sentence may be cut between two figures, and what stands between two that make a list.
_CUT = re.compile(r",? (?:and|while|but|or|whereas) |[;,] ")
_JOINED = re.compile(r"\s*(?:\([^()]*\)\s*)?(?:,|,? and|/)\s*(?:about |around |only )?")
_WITHOUT = re.compile(r"\b(?:without|w/o|no|not|excluding) [\w-]+", re.IGNORECASE)
#: What a word of the question counts that a figure has to itself.
_OWN = 0.7
#: What a gain ("+2.2") loses where the question asks for the value itself.
_GAIN = 2.0
#: What it counts that a number in words, "two minutes", is one of what is asked.
_COUNTED = 1.5
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
    gain = re.search(vocabulary()["gains"], question, re.IGNORECASE) is not None
    units = [pattern for words, pattern in _units() if words.search(question)]
    for unit in range(len(text.units)):
        printed = text.unit(unit)
        words = tokens(printed)
        beside_it = _beside(printed, asked)
        named = [m.span() for name in names for m in re.finditer(re.escape(name), printed)]
        for match in _NUMBER.finditer(printed):
            start, end = match.span("value")
            value = match["value"].strip()
            if _part_of_name(printed, start, end) or _is_said(value, question) or _YEAR.fullmatch(value):
                continue
            if value.isalpha() and not _counts(printed[end:], asked):
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
            score += _OWN * beside_it.get(start, 0) + sum(p.search(value) is not None for p in units)
            key = re.sub(r"\s|\\", "", value)
            counted = re.match(r"[\s~]*([A-Za-z]+)", printed[end:])
            if counted and stem(counted[1]) in _counted() - asked:
                score -= 1.5
            score -= _GAIN * (value.startswith("+") and not gain)
            if _FROM.search(printed[:start]) or (
                _AFTER_FROM.search(printed[:start]) and _BEFORE_TO.match(printed[end:])
            ):
                score -= 0.8  # what it was before
            elif _TO.search(printed[:start]):
                score += 0.3
            row = held.get(key)
            if value.isalpha():
                score += _COUNTED
            if row is not None:
                score += 0.5
                if any(_says(p, str(row["metric"])) for p in metric):
                    score += 0.7
                if row.get("dataset") and any(_says(p, str(row["dataset"])) for p in dataset):
                    score += 0.7
            found.append(FoundFigure(value, _also(value), unit, (start, end), score))
    return sorted(found, key=lambda f: (-f.score, f.unit, f.mark))


def _also(value: str) -> tuple[str, ...]:
    """Other ways to print a figure."""
    if value.isalpha():
        return (str(_SPELLED.index(value.casefold()) + 2),)
    ends = re.split(r"[-–](?=\d)", value)
    return tuple(dict.fromkeys([value.replace("\\", ""), *(re.sub(r"[^\d.,%x×]", "", e) for e in ends)]))


def _is_said(value: str, question: str) -> bool:
    """Whether a question holds the figure itself: "a 175B model" of "175 billion"."""
    return value in question or _BIG.sub(lambda match: match[1].upper(), value) in question


def _counts(behind: str, asked: Set[str]) -> bool:
    """Whether a number in words counts what is asked: the "four" of "four GPU hours"."""
    counted = tokens(behind[:40])
    return bool(counted) and counted[0].stem in asked


@lru_cache(maxsize=1)
def _units() -> list[tuple[re.Pattern[str], re.Pattern[str]]]:
    """Words of a question, and what a figure looks like that they ask for."""
    return [(re.compile(words, re.I), re.compile(figure, re.I)) for words, figure in vocabulary()["units"]]


def _beside(printed: str, asked: set[str]) -> dict[int, int]:
    """How many words of the question each figure of a sentence has to itself, by where it begins.

    "latency by 2x and throughput by 3x" is cut between its figures; "on A and B by 2x and 3x, respectively"
    gives each figure the item at its place in the list before.
    """
    found = list(_NUMBER.finditer(printed))
    if len(found) < 2:
        return {}
    cuts = [_cut_before(printed, 0, found[0].start("value"))]
    if "from" in printed[cuts[0] : found[0].start("value")].split():
        cuts = [found[0].start("value")]  # what stands there is said of all
    cuts += [_cut_before(printed, a.end(), b.start("value")) for a, b in itertools.pairwise(found)]
    after = _CUT.search(printed, found[-1].end())
    cuts.append(after.start() if after else len(printed))
    own = [printed[a:b] for a, b in itertools.pairwise(cuts)]
    for first, last in _runs(printed, found):
        own[first:last] = _labels(printed, found[first:last])
    held = [asked & {t.stem for t in tokens(_WITHOUT.sub("", said))} for said in own]
    shared = set.intersection(*held)
    return {m.start("value"): len(h - shared) for m, h in zip(found, held, strict=True)}


def _cut_before(printed: str, first: int, last: int) -> int:
    """The last place to cut a sentence between two offsets, else the second of them."""
    return max((m.start() for m in _CUT.finditer(printed, first, last)), default=last)


def _runs(printed: str, found: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """The runs of figures that make a list: "2x, 3x (with cache) and 4x"."""
    first = 0
    for n in range(1, len(found) + 1):
        between = printed[found[n - 1].end() : found[n].start("value")] if n < len(found) else "."
        if _JOINED.fullmatch(between) is None:
            if n - first > 1:
                yield first, n
            first = n


def _labels(printed: str, run: Sequence[re.Match[str]]) -> list[str]:
    """For each figure of a run the item at its place in the list in front of it, or else behind it."""
    if "respectively" in printed:
        items = _CUT.split(printed[: run[0].start("value")])[-len(run) :]
        longest = max(len(item.split()) for item in items[1:] or items)
        items = [" ".join(item.split()[-longest:]) for item in items]
    else:
        items = _CUT.split(re.split(r"[;.] ", printed[run[-1].end() :])[0])[: len(run)]
    glosses = [re.match(r"\s*\(([^()]*)\)", printed[m.end() :]) for m in run]
    if any(glosses):
        items = [gloss[1] if gloss else "" for gloss in glosses]
    return items if len(items) == len(run) else [""] * len(run)


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
                if tuple(stems[n : n + len(form)]) == form and part.is_written(words[n]):
                    gap = min(abs(n - at), abs(n + len(form) - 1 - at))
                    best = max(best, 1.0 / (1 + 0.15 * gap) + (0.3 if n == at + 1 else 0.0))
    return best


def _says(phrase: Phrase, name: str) -> bool:
    stems = {stem(t.text) for t in tokens(name)}
    return any(set(form) <= stems or stems <= set(form) for part in phrase.parts for form in part.forms)
