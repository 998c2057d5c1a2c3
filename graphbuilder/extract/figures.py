"""Figures that a paper reports: the value as printed, its metric, its dataset, and which way is better.

Values are found by their shape; a linear model decides for each value and each metric in its reach (an entity
of the paper, or a printed word such as "speedup") whether the paper reports that value of that metric. It is
trained by ``training/figures.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from graphbuilder.extract import linear
from graphbuilder.extract.sentences import sentence_of
from graphbuilder.records import Figure, PaperEntity, Span

_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_UNIT = r"(?:\s?\\?%|\s?×|\s?\\times(?![a-z])|[xX](?![\w])|\s?percent(?:age\spoints?)?(?!\w)|\s?pp(?!\w))"
_VALUE = re.compile(
    rf"(?<![\w.,\\/@^_-])(?<!\d[-–])(?P<sign>[+~<>≈±−]|-(?=\d)|\\sim\s?)?(?P<open>\$?)"
    rf"(?P<number>{_NUMBER}|\.\d+)(?P<inner>{_UNIT}?)\$?(?P<unit>{_UNIT}?)"
    rf"(?P<range>\s?(?:-|–|—|--|~|∼|\\sim|\$\\sim\$)\s?\$?{_NUMBER}{_UNIT}?\$?{_UNIT}?(?![\w-]))?"
    r"(?P<after>(?:\s|-)?(?:[A-Za-z]+|[^\s\w]))?"
)
_WORD = re.compile(r"[^\W_]+(?:[-'’.@][^\W_]+)*|[^\w\s]")
_SHIFTED = re.compile(
    r"\b(?:by|improv\w+|gains?|increas\w+|reduc\w+|decreas\w+|relative|faster|slower|higher|lower|fewer|less|more|"
    r"speed-?ups?|boosts?|drops?|savings?|outperform\w+|surpass\w+|better|smaller|larger|compar\w+|points?|exceed\w+)\b",
    re.IGNORECASE,
)
#: Entities whose mentions may be what is measured, beside those typed as metrics.
_REACH = 400


class Value(NamedTuple):
    """A printed number that may be a result: span of the value, the number read and its unit."""

    start: int
    end: int
    number: float | None
    unit: str | None
    ranged: bool


class Metric(NamedTuple):
    """What a value may be of: a name, where it stands, its type ("words" for a printed word), its entity."""

    name: str
    start: int
    end: int
    type: str
    entity: int


def find(text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]) -> tuple[Figure, ...]:
    """The results that the text reports, in order of place."""
    model = linear.load("figures")
    found = []
    for value, metric, features in candidates(text, sentences, entities):
        found.append((model.score(features), value, metric))
    best: dict[Span, tuple[float, Value, Metric]] = {}
    for score, value, metric in found:
        span = (value.start, value.end)
        if span not in best or score > best[span][0]:
            best[span] = (score, value, metric)
    results = {}
    for score, value, metric in best.values():
        if linear.sigmoid(score) < model.threshold:
            continue
        sentence = sentence_of(sentences, value.start)
        printed = text[value.start : value.end]
        figure = Figure(
            metric=metric.name,
            value=printed,
            sentence=sentence,
            dataset=_dataset(text, sentence, value, entities),
            number=value.number,
            unit=value.unit,
            better=_better(text, metric, value, sentence),
            relative=_relative(text, value, sentence),
        )
        results.setdefault((figure.metric, figure.value, figure.dataset), figure)
    return tuple(results.values())


def values(text: str) -> Iterator[Value]:
    """Numbers as printed with their sign and unit, in order of place; years and parts of names are not among them."""
    for match in _VALUE.finditer(text):
        unit = (match["inner"] or match["unit"] or "").strip()
        after = (match["after"] or "").strip()
        tight = match["after"] and not match["after"][0].isspace()
        if tight and (match["after"][0].isalpha()) and not match["range"]:
            continue  # "7B", "3D", "2nd"
        end = match.start("after") if match["after"] else match.end()
        start = match.start()
        if text[start] == "$" and text.count("$", start, end) % 2:
            start += 1
        elif text.count("$", start, end) % 2 and text[end - 1] == "$":
            end -= 1
        digits = match["number"].replace(",", "")
        if not unit and re.fullmatch(r"(?:19|20)\d\d", digits):
            continue
        named = _unit_name(unit) or (after.lower() if after.lower() in _UNITS else None)
        yield Value(start, end, float(digits), named, bool(match["range"]))


_UNITS = frozenset(
    (
        "points",
        "point",
        "seconds",
        "second",
        "ms",
        "hours",
        "hour",
        "minutes",
        "gb",
        "mb",
        "fps",
        "db",
        "times",
        "s",
        "bits",
        "bit",
    )
)


def _unit_name(unit: str) -> str | None:
    if not unit:
        return None
    if "%" in unit or unit == "percent":
        return "%"
    if unit.startswith(("pp", "percentage")):
        return "points"
    return "x"


def candidates(
    text: str, sentences: Sequence[Span], entities: Sequence[PaperEntity]
) -> Iterator[tuple[Value, Metric, list[str]]]:
    """Each value with each metric in its reach and the features of the two."""
    numbers = list(values(text))
    if not numbers:
        return
    words = [(m.start(), m.group().lower()) for m in _WORD.finditer(text)]
    starts = [start for start, _ in words]
    borders = [start for start, _ in sentences]
    named = [
        (bisect_right(borders, start) - 1, Metric(e.name, start, end, e.type, i))
        for i, e in enumerate(entities)
        for start, end in e.mentions
    ]
    by_sentence: dict[int, list[Metric]] = {}
    for s, metric in named:
        by_sentence.setdefault(s, []).append(metric)
    metrics_only = [(s, m) for s, m in named if m.type == "Metric"]
    in_sentence: dict[int, list[Value]] = {}
    for value in numbers:
        in_sentence.setdefault(bisect_right(borders, value.start) - 1, []).append(value)
    for s, group in in_sentence.items():
        if not 0 <= s < len(sentences):
            continue
        start, end = sentences[s]
        local = sorted(by_sentence.get(s, ()), key=lambda m: m.start)
        local = [m for m in local if not any(v.start < m.end and m.start < v.end for v in group)]
        printed = list(_printed(text, start, end, local))
        order = sorted({m.start for m in local if m.type == "Metric"})
        far = {}
        for t, metric in metrics_only:
            if t != s and (metric.entity not in far or abs(t - s) < abs(far[metric.entity][0] - s)):
                far[metric.entity] = (t, metric)
        near = {m.entity for m in local if m.type == "Metric"}
        common = [
            f"sv={min(6, len(group))}",
            f"sm={min(4, len(order))}",
            f"title={s == 0}",
            f"last={s == len(sentences) - 1}",
        ]
        respectively = "respectively" in text[start:end]
        for k, value in enumerate(group):
            about = common + _about(text, value, words, starts)
            unit = value.unit or "-"
            for metric in (*local, *printed):
                if value.start < metric.end and metric.start < value.end:
                    continue
                features = about + _between(value, metric, words, starts, local, unit)
                if metric.type == "Metric":
                    features.append(
                        f"match={order.index(metric.start) == k}{len(order) == len(group)}{respectively}"
                    )
                yield value, metric, features
            for entity, (t, metric) in far.items():
                if entity in near:
                    continue
                distance = max(-4, min(4, t - s))
                yield (
                    value,
                    metric,
                    [
                        *about,
                        f"far={distance}",
                        f"far={near != set()}",
                        f"farunit={unit}",
                        f"farn={len(far)}",
                    ],
                )


def _about(text: str, value: Value, words: Sequence[tuple[int, str]], starts: Sequence[int]) -> list[str]:
    printed = text[value.start : value.end]
    unit = value.unit or "-"
    number = value.number or 0.0
    shape = ("r" if value.ranged else "") + ("." if "." in printed else "i") + unit
    i, j = bisect_left(starts, value.start), bisect_left(starts, value.end)
    before = [w for _, w in words[max(0, i - 4) : i]]
    after = [w for _, w in words[j : j + 4]]
    size = (
        "0"
        if number == 0
        else "<1"
        if number < 1
        else "<10"
        if number < 10
        else "<100"
        if number <= 100
        else "big"
    )
    features = [
        f"shape={shape}",
        f"size={size}",
        f"us={unit}{size}",
        f"plus={printed[0]}" if not printed[0].isdigit() else "plus",
    ]
    features += [f"b={w}" for w in before] + [f"a={w}" for w in after]
    if before:
        features += [f"b1={before[-1]}", f"b1u={before[-1]}{unit}"]
    if len(before) > 1:
        features.append(f"b2={before[-2]} {before[-1]}")
    if after:
        features += [f"a1={after[0]}", f"a1u={after[0]}{unit}"]
    if len(after) > 1:
        features.append(f"a2={after[0]} {after[1]}")
    return features


def _between(
    value: Value,
    metric: Metric,
    words: Sequence[tuple[int, str]],
    starts: Sequence[int],
    local: Sequence[Metric],
    unit: str,
) -> list[str]:
    forward = metric.start >= value.end
    low, high = (value.end, metric.start) if forward else (metric.end, value.start)
    i, j = bisect_left(starts, low), bisect_left(starts, high)
    between = [w for _, w in words[i:j][:12]]
    way = ("W" if metric.type == "words" else metric.type[0]) + (">" if forward else "<")
    head = _WORD.findall(metric.name.lower())[-1:] or [""]
    crossed = sum(1 for m in local if m.type == "Metric" and m.start >= low and m.end <= high)
    features = [
        f"m={way}",
        f"d={way}{min(8, j - i)}",
        f"x={way}{min(3, crossed)}",
        f"h={head[0]}",
        f"hu={head[0]}{unit}",
    ]
    features += [f"w={way[1]}{w}" for w in set(between)]
    if between:
        features += [f"wf={way}{between[0]}", f"wl={way}{between[-1]}"]
    if j - i <= 3:
        features.append(f"seq={way}{' '.join(between)}")
    if metric.type == "words":
        features += [f"word={metric.name.lower()}", f"none={not any(m.type == 'Metric' for m in local)}"]
    return features


def _printed(text: str, start: int, end: int, local: Sequence[Metric]) -> Iterator[Metric]:
    for match in _measure_words().finditer(text, start, end):
        if not any(m.start <= match.start() and match.end() <= m.end for m in local if m.type == "Metric"):
            yield Metric(match.group(), match.start(), match.end(), "words", -1)


def _dataset(text: str, sentence: Span, value: Value, entities: Sequence[PaperEntity]) -> str | None:
    """The dataset that the value stands for: the nearest in its sentence, the k-th for the k-th value of as many."""
    near = sorted(
        (start, end, e.name)
        for e in entities
        if e.type == "Dataset"
        for start, end in e.mentions
        if sentence[0] <= start < sentence[1]
    )
    if near:
        after = [d for d in near if d[0] >= value.end]
        before = [d for d in near if d[1] <= value.start]
        if len({d[2] for d in near}) > 1:
            peers = [v for v in values(text[sentence[0] : sentence[1]]) if v.unit == value.unit]
            names = list(dict.fromkeys(d[2] for d in near))
            position = next((k for k, v in enumerate(peers) if v.start + sentence[0] == value.start), -1)
            if len(peers) == len(names) and 0 <= position:
                return names[position]
        return (after or before)[0 if after else -1][2] if after or before else near[0][2]
    datasets = [e for e in entities if e.type == "Dataset"]
    return (
        datasets[0].name
        if len(datasets) == 1 and datasets[0].role in ("evaluates_on", "introduces")
        else None
    )


def _better(text: str, metric: Metric, value: Value, sentence: Span) -> Literal["higher", "lower"] | None:
    words = [w.lower() for w in _WORD.findall(metric.name)]
    sections = _sections()
    for word in reversed(words):
        if word in sections["lower"]:
            return "lower"
        if word in sections["higher"]:
            return "higher"
    clause = text[max(sentence[0], value.start - 60) : min(sentence[1], value.end + 30)].lower()
    near = set(_WORD.findall(clause))
    up, down = near & sections["up"], near & sections["down"]
    if up and not down:
        return "higher"
    if down and not up:
        return "lower"
    return None


def _relative(text: str, value: Value, sentence: Span) -> bool:
    if value.unit == "x":
        return True
    before = text[max(sentence[0], value.start - 40) : value.start]
    after = text[value.end : min(sentence[1], value.end + 25)]
    cut = max(before.rfind(c) for c in ",;(")
    stop = min((i for i in map(after.find, ",;.)(") if i >= 0), default=len(after))
    return bool(
        _SHIFTED.search(before[cut + 1 :]) or _SHIFTED.search(after[:stop]) or text[value.start] == "+"
    )


@cache
def _sections() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in files("graphbuilder.extract").joinpath("data/measures.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), set())
        elif line and not line.startswith("#"):
            current.add(line)
    return {name: frozenset(words) for name, words in sections.items()}


@cache
def _measure_words() -> re.Pattern[str]:
    words = sorted(_sections()["words"], key=len, reverse=True)
    lead = (
        r"(?:(?:relative|absolute|average|zero-shot|percentage|performance|mean|win|point|accuracy)\s){0,2}"
    )
    return re.compile(rf"(?<![\w-]){lead}(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE)
