"""Figures that a paper reports: the value as printed, its metric, its dataset, and which way is better.

Values are found by their shape; a linear model decides for each value and each metric in its reach (an entity
of the paper, or a printed word such as "speedup") whether the paper reports that value of that metric. It is
trained by ``training/figures.py``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from graphbuilder.extract import linear
from graphbuilder.extract.lexicon import listed
from graphbuilder.extract.sentences import sentence_of
from graphbuilder.records import Figure, PaperEntity, Span

_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,12})?(?!\d)"
_UNIT = (
    r"(?:\s?\\?%|\s?×|\s?\\times(?![a-z])|times(?!\w)|[xX](?![\w])"
    r"|\s?percent(?:age\spoints?)?(?!\w)|\s?pp(?!\w))"
)
_VALUE = re.compile(
    rf"(?<![\w.,\\/@^_-])(?<!\d[-–])(?P<sign>[+~<>≈±−]|-(?=\d)|\\sim\s?)?(?P<open>\$?)"
    rf"(?P<number>{_NUMBER}|\.\d{1, 12}(?!\d))(?P<inner>{_UNIT}?)\$?(?P<unit>{_UNIT}?)"
    rf"(?P<range>\s?(?:-|–|—|--|~|∼|\\sim|\$\\sim\$)\s?\$?{_NUMBER}(?!\.\d){_UNIT}?\$?{_UNIT}?(?![\w-]))?"
    r"(?P<after>(?:\s|-)?(?:[A-Za-z]+|[^\s\w]))?"
)
_RANGE_UNIT = re.compile(rf"{_UNIT}?\$?\Z")
#: What follows a version that is no value: "Llama 3.1 8B".
_SIZE = re.compile(r"[\s-]\d+(?:\.\d+)?[BMK]\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+(?:[-'’.@][^\W_]+)*|[^\w\s]")
_SHIFTED = re.compile(
    r"\b(?:by|improv\w+|gains?|increas\w+|reduc\w+|decreas\w+|relative|faster|slower|higher|lower|fewer|less|more|"
    r"speed-?ups?|boosts?|drops?|savings?|outperform\w+|surpass\w+|better|smaller|larger|compar\w+|points?|exceed\w+)\b",
    re.IGNORECASE,
)
#: Between a value and the dataset behind it that it is reported on: "78.5 AP on the CrowdPose".
_LINK = re.compile(r"\s*|[^;:,()]{0,80}(?:\)\s*)?\b(?:on|for|in|over|across|under)\s+(?:[Tt]he\s+|both\s+)?")
_TRAINED = re.compile(r"train(?:ed|ing)\s+on\b", re.IGNORECASE)
#: Between the datasets of one list, and between the values of one: "of 92.1% and 90.4% on the A and the B".
_NEXT = re.compile(
    r"(?:[\s,/&]|\b(?:and|or|the|from|to|data\s?-?sets?|benchmarks?|tasks?|sets?|scores?|accuracy)\b"
    r"|\b[A-Z][a-z]*-[A-Z][a-z]*\b)*"
)
#: A dataset that goes on with what was not found to be one: "VOC 2007 and 2012", "GTA5 -> Cityscapes".
_MORE = re.compile(r"\s*(?:,|/|&|,?\s*\band\b)\s*(?=[A-Z\d])(?!We\b|It\b|Our\b)")
_BOTH = re.compile(r"\s*(?:/|&|,?\s*\band\b)\s*(?=[A-Z])")
_ONTO = re.compile(r"-+>|→|\\(?:right|to|longright)\w*")
#: Two datasets under one name ("CIFAR-10/100"), and what is no name of one ("val set").
_NO_NAME = re.compile(
    r".*\d\s*/\s*\d.*|(?:the\s+)?(?:val|validation|dev|development|test|train|training)[-\s](?:set|split|data)s?"
    r"|[CGTN]PUs?|(?:NVIDIA|GeForce|RTX|GTX|Titan|Jetson|Snapdragon|iPhone).*",
    re.IGNORECASE,
)
#: What such words come before is a change: "by a large margin (6.3% mAP)", "by large margins, i.e., 6% mAP".
_MARGIN = re.compile(
    r"\b(?:by|margins?|advantages?|gaps?|improv\w+|gains?|increas\w+)\b[^;,(]{0,30}"
    r"(?:\(|,\s*i\.e\.,?|,\s*e\.g\.,?)\s*\Z",
    re.IGNORECASE,
)
#: What such words come before is a deviation, a value in other circumstances ("47.9% (68.3% at half)"), one
#: of something else ("93.4% vs the best previous 74%"), or one that was set ("the time to reach 95%").
_ASIDE = re.compile(
    r"(?:±|\\pm\$?|\+/-)\s*\$?\Z|\d\)?\s*(?:\\?%)?\s*\(\s*\Z|\bto\s+reach\s+\Z|\d\S*\s+(?:at|@)\s+\Z"
    r"|\b(?:although|though|whereas)\b[^,;]*\Z"
    r"|\b(?:vs|versus|than|previous\w*|prior|baselines?|compared\s+(?:to|with|against))\b[^,;()]{0,30}\Z",
    re.IGNORECASE,
)
#: What others have done: "CLIP has shown much, e.g. 76.3% accuracy", "existing methods reach 76.3%".
_OTHERS = re.compile(
    r"\b(?:ha(?:s|ve)\s+(?:\w+ly\s+)?(?:demonstrated|achieved|shown|attained|reached)"
    r"|existing\b.{0,60}\b(?:methods|models|approaches|systems|techniques)|best[-\s]performing\s+\w+)\b",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?:we|our|ours|it|this|proposed)\b", re.IGNORECASE)
#: Words that make another metric of the one behind them: "top-5 accuracy" is no accuracy.
_NARROWED = re.compile(r"\b(?:top-?\s?(?:[2-9]|\d\d+)%?\s+\S+|average\s+precision)\Z", re.IGNORECASE)
#: How sure a value of those kinds is one of the paper's own of the metric at the most.
_UNSURE = 0.5
#: Words so many characters before a value may say that it is one of those.
_LINKED = 80
#: Values that stand so close, in characters, are a list.
_LISTED = 25
_BORDER = re.compile(r"[;:]|\b(?:while|whereas|but)\b")
#: How often a dataset is right by the way that it was found, counted on 1,450 annotated papers.
_SURE = {"paired": 0.95, "linked": 0.95, "before": 0.7, "near": 0.45, "only": 0.65}
#: What a value is raised or cut to is no change: "increases mAP to 57.1%", but not "up to 57.1%".
_LEVEL = re.compile(r"(?:\bfrom\s+\S{1,20}|(?<!\bup)(?<!\d)(?<!%))\s+to\s+(?:only\s+|just\s+|about\s+)?\Z")
#: The lower end of a range: "by 48% to 69%".
_SPANNED = re.compile(r"\S{1,20}\s+to\s+\Z")
_THAN = re.compile(r"\bthan\b")
_START = re.compile(r"\s*(?:to|→|->)\s*\d")
_JOINT = re.compile(r"[^;:.]{0,80}(?:,|\band)\s+(?:by\s+)?")
#: So many values that are joined are followed back.
_JOINED = 8
_RANGE = re.compile(r"\bto\b|→|->|\b(?:achiev|attain|obtain|reach|yield)\w*")
#: A metric of the same sentence is in reach of a value within so many characters.
_REACH = 400
#: So many metrics of other sentences are tried.
_FAR = 12


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
    best: dict[Value, tuple[float, Metric]] = {}
    for value, metric, features in candidates(text, sentences, entities):
        score = model.score(features)
        if value not in best or score > best[value][0]:
            best[value] = (score, metric)
    chosen = {v: m for v, (score, m) in best.items() if linear.sigmoid(score) >= model.threshold}
    numbers: dict[Span, list[Value]] = {}
    for value in values(text) if chosen else ():
        numbers.setdefault(sentence_of(sentences, value.start), []).append(value)
    figures: dict[tuple[str, str, str | None], Figure] = {}
    for value, metric in chosen.items():
        sentence = sentence_of(sentences, value.start)
        dataset, how = _dataset(text, sentence, value, numbers[sentence], entities)
        figure = Figure(
            metric=metric.name,
            value=text[value.start : value.end],
            sentence=sentence,
            dataset=dataset,
            number=value.number,
            unit=value.unit,
            better=_better(text, metric, value, sentence),
            relative=_is_change(metric, value) or _relative(text, value, sentence, numbers[sentence]),
            confidence=round(
                min(model.confidence(best[value][0]), _most_sure(text, value, metric, sentence)), 4
            ),
            dataset_confidence=_SURE[how] if dataset else 1.0,
        )
        figures.setdefault((figure.metric, figure.value, figure.dataset), figure)
    return tuple(figures.values())


def _most_sure(text: str, value: Value, metric: Metric, sentence: Span) -> float:
    """How sure a value can be of its metric at the most, by where both are printed."""
    before = text[max(sentence[0], value.start - _REACH) : value.start]
    if _ASIDE.search(before[-_LINKED:]) or (_OTHERS.search(before) and not _OWN.search(before)):
        return _UNSURE
    printed, name = text[metric.start : metric.end], metric.name
    narrowed = _NARROWED.search(text[max(sentence[0], metric.start - 20) : metric.end])
    if narrowed and narrowed.end() - narrowed.start() > len(printed):
        return _UNSURE
    mean = name.casefold().startswith("average ") and not printed.casefold().startswith("average")
    return _UNSURE if mean else 1.0  # a bare "mAP" where the paper's metric is the "average mAP"


def values(text: str) -> Iterator[Value]:
    """Numbers as printed with sign and unit, in order of place; no years, sizes ("7B") or parts of names."""
    for match in _VALUE.finditer(text):
        unit, after = (match["inner"] or match["unit"]).strip(), match["after"] or ""
        if after[:1].isalpha() and not match["range"]:
            continue  # "7B", "3D", "2nd"
        start, end = match.start(), match.end() - len(after)
        if text.count("$", start, end) % 2:  # half of a formula: "$59.1$\\%" has both
            start += text[start] == "$"
            end -= text[end - 1] == "$"
        if not unit and (_YEAR.fullmatch(match["number"]) or _SIZE.match(text, end)):
            continue
        if not unit and match["range"]:  # "5-10%"
            unit = str(_RANGE_UNIT.findall(match["range"])[0]).strip(" $")
        number = float(match["number"].replace(",", ""))
        word = after.strip(" -").lower()
        yield Value(
            start,
            end,
            -number if match["sign"] in ("-", "−") else number,
            _unit_name(unit) or (word if word in listed("measures", "unit") else None),
            bool(match["range"]),
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
    mentions: dict[int, list[Metric]] = {}
    for i, entity in enumerate(entities):
        for start, end in entity.mentions:
            metric = Metric(entity.name, start, end, entity.type, i)
            mentions.setdefault(bisect_right(borders, start) - 1, []).append(metric)
    groups: dict[int, list[Value]] = {}
    for value in numbers:
        groups.setdefault(bisect_right(borders, value.start) - 1, []).append(value)
    for s, group in groups.items():
        start, end = sentences[s]
        taken = [v.start for v in group]
        named = [
            m for m in sorted(mentions.get(s, ()), key=lambda m: m.start) if not _crosses(m, group, taken)
        ]
        metrics = [m for m in named if m.type == "Metric"]
        order = {m.start: n for n, m in enumerate(metrics)}
        near = {m.entity for m in metrics}
        far = _far(s, near, mentions)
        local = sorted([*named, *_printed(text, start, end, metrics)], key=lambda m: m.start)
        positions = [m.start for m in local]
        paired = f"{len(order) == len(group)}{'respectively' in text[start:end]}"
        common = [f"sv={min(6, len(group))}", f"sm={min(4, len(order))}", f"title={s == 0}"]
        common.append(f"last={s == len(sentences) - 1}")
        for k, value in enumerate(group):
            about = common + _about(text, value, words, starts)
            unit = value.unit or "-"
            reach = local[
                bisect_left(positions, value.start - _REACH) : bisect_left(positions, value.end + _REACH)
            ]
            for metric in reach:
                features = about + _between(value, metric, words, starts, reach, unit)
                if metric.type == "Metric":
                    features.append(f"match={order[metric.start] == k}{paired}")
                yield value, metric, features
            for distance, metric in far:
                features = [f"far={distance}", f"far={bool(near)}", f"farunit={unit}", f"farn={len(far)}"]
                yield value, metric, about + features


def _crosses(metric: Metric, group: Sequence[Value], starts: Sequence[int]) -> bool:
    """Whether a mention shares characters with one of the values ("CIFAR-10" is no 10)."""
    i = bisect_left(starts, metric.end) - 1
    return i >= 0 and group[i].end > metric.start


def _far(sentence: int, near: set[int], mentions: Mapping[int, Sequence[Metric]]) -> list[tuple[int, Metric]]:
    """The metrics of other sentences, each at its nearest place, with the distance (at most 4)."""
    nearest: dict[int, tuple[int, Metric]] = {}
    for other in sorted(mentions, key=lambda s: (abs(s - sentence), s)):
        if other == sentence or len(nearest) >= _FAR:
            continue
        for metric in mentions[other]:
            if metric.type == "Metric" and metric.entity not in near:
                nearest.setdefault(metric.entity, (max(-4, min(4, other - sentence)), metric))
    return list(nearest.values())


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
    features += [f"w={way[1]}{w}" for w in dict.fromkeys(between)]
    if between:
        features += [f"wf={way}{between[0]}", f"wl={way}{between[-1]}"]
    if j - i <= 3:
        features.append(f"seq={way}{' '.join(between)}")
    if metric.type == "words":
        features += [f"word={metric.name.lower()}", f"none={not any(m.type == 'Metric' for m in local)}"]
    return features


def _printed(text: str, start: int, end: int, metrics: Sequence[Metric]) -> Iterator[Metric]:
    starts = [m.start for m in metrics]
    for match in _measure_words().finditer(text, start, end):
        i = bisect_right(starts, match.start()) - 1
        if i < 0 or metrics[i].end < match.end():
            yield Metric(match.group(), match.start(), match.end(), "words", -1)


def _dataset(
    text: str, sentence: Span, value: Value, numbers: Sequence[Value], entities: Sequence[PaperEntity]
) -> tuple[str | None, str]:
    """The dataset that a value is reported on and how it was found, a key of ``_SURE``.

    ``numbers`` are all values of its sentence. A list of values is read with the datasets behind it, else
    before it: as many of both are paired in order, one dataset serves all if words link it to them ("78.5 AP
    on CrowdPose"). Where the sentence names no dataset, it is the paper's only one.
    """
    datasets = [e for e in entities if e.type == "Dataset"]
    places = sorted((start, end, e.name) for e in datasets for start, end in e.mentions)
    near = [place for place in places if sentence[0] <= place[0] < sentence[1]]
    if not near:
        alone = len(datasets) == 1 and datasets[0].role != "mentions"
        return (datasets[0].name, "only") if alone else (None, "")
    # "the WMT16 En-Ro benchmark" is one dataset, even if it was found as two
    near = [b for a, b in zip([None, *near], near, strict=False) if not a or text[a[1] : b[0]].strip()]
    # the 20 of "20 Newsgroups" is no value
    numbers = [v for v in numbers if v == value or not any(s <= v.start < e for s, e, _ in near)]
    low = max((end for _, end, _ in near if end <= value.start), default=sentence[0])
    high = min((start for start, _, _ in near if start >= value.end), default=sentence[1])
    behind = max((v.end for v in numbers if v.end <= low), default=sentence[0])
    ahead = min((v.start for v in numbers if v.start >= high), default=sentence[1])
    before = list(dict.fromkeys(name for start, _, name in near if behind <= start < low))
    after = list(dict.fromkeys(name for start, _, name in near if high <= start < ahead))
    around = after or before  # neither where the value is part of a dataset's name
    nearest = (around[0], "near") if around else (None, "")
    alike = _list_of(text, [v for v in numbers if low <= v.start < high], value)
    for names in (after, before):
        if len(names) == len(alike) > 1:
            printed = [(start, end) for start, end, name in near if name in names]
            in_a_row = _in_a_row(text, [(v.start, v.end) for v in alike]) and _in_a_row(text, printed)
            return (names[alike.index(value)], "paired") if in_a_row else nearest
    if len(alike) > 1 and "respectively" in text[alike[-1].end : sentence[1]]:
        return nearest  # one of the datasets was not found
    linked = _LINK.fullmatch(text, alike[-1].end, high)
    if len(after) == 1 and linked and not _TRAINED.search(linked[0]):
        end = next(end for start, end, _ in near if start == high)
        others = [v for v in numbers if alike[-1].end <= v.start < high and v.unit == value.unit]
        more = (_MORE if len(alike) > 1 else _BOTH).match(text, end) or _ONTO.search(text, high, end + 4)
        return nearest if others or more or _NO_NAME.fullmatch(after[0]) else (after[0], "linked")
    if len(before) == 1 and not _BORDER.search(text, low, value.start):
        return before[0], "before"
    return nearest


def _in_a_row(text: str, places: Sequence[Span]) -> bool:
    """Whether nothing but commas, "and" and the like stands between places, so that they are one list."""
    return all(_NEXT.fullmatch(text, a[1], b[0]) for a, b in pairwise(places))


def _list_of(text: str, numbers: Sequence[Value], value: Value) -> list[Value]:
    """The values that are listed with one of them: "10.4x, 6.8x and 10.8x", but no "from 3 to 5"."""
    lists: list[list[Value]] = []
    for v in numbers:
        gap = text[lists[-1][-1].end : v.start] if lists else ""
        if lists and v.unit == lists[-1][-1].unit and len(gap) <= _LISTED and not _RANGE.search(gap):
            lists[-1].append(v)
        else:
            lists.append([v])
    return next(values for values in lists if value in values)


def _better(text: str, metric: Metric, value: Value, sentence: Span) -> Literal["higher", "lower"] | None:
    name = [*re.split(r"[\s@-]+", metric.name.lower()), *metric.name.lower().split()]
    if name[-1] in listed("measures", "gain"):
        return "higher"
    for way in ("lower", "higher"):
        if listed("measures", way).intersection(name):
            return "lower" if way == "lower" else "higher"
    clause = text[max(sentence[0], value.start - 60) : min(sentence[1], value.end + 30)].lower()
    near = set(_WORD.findall(clause))
    up, down = near & listed("measures", "up"), near & listed("measures", "down")
    if bool(up) == bool(down):
        return None
    return "higher" if up else "lower"


def _is_change(metric: Metric, value: Value) -> bool:
    """Whether a value is a change by its metric's name: "speedup", "cost reduction", or FLOPs in percent."""
    last = _WORD.findall(metric.name.lower())[-1:]
    changed = not listed("measures", "change").isdisjoint(last)
    return changed or (value.unit == "%" and not listed("measures", "amount").isdisjoint(last))


def _relative(text: str, value: Value, sentence: Span, numbers: Sequence[Value]) -> bool:
    """Whether words about the value, or about the list that it stands in, speak of a change.

    Where none do, those about the value that it is joined to: "by 2.6% on the one, 2.4% on the other".
    """
    for _ in range(_JOINED):
        # the 63% of "from 63% to 84%" is what the 84% is set against
        if value.unit == "x" or text[value.start] == "+" or _START.match(text, value.end):
            return True
        same = _list_of(text, numbers, value)
        first = same[0]
        before = text[max(sentence[0], first.start - 60) : first.start]
        if _MARGIN.search(before):
            return True
        if _LEVEL.search(before):
            return False
        before = re.split(r"[;,(]", _SPANNED.sub("", before).replace(", on average", ""))[-1]
        ends = (value.end, same[-1].end)
        after = [re.split(r"[;,()]|\.(?!\d)", text[end : min(sentence[1], end + 40)])[0] for end in ends]
        if _SHIFTED.search(before) or any(_SHIFTED.search(a) or _THAN.search(a) for a in after):
            return True
        earlier = [v for v in numbers if v.end <= first.start and v.unit == first.unit]
        if not earlier or not _JOINT.fullmatch(text, earlier[-1].end, first.start):
            return False
        value = earlier[-1]
    return False


@cache
def _measure_words() -> re.Pattern[str]:
    phrases = sorted(listed("measures", "words"), key=lambda w: (-len(w), w))
    lead = (
        r"(?:(?:relative|absolute|average|zero-shot|percentage|performance|mean|win|point|accuracy)\s){0,2}"
    )
    return re.compile(rf"(?<![\w-]){lead}(?:{'|'.join(map(re.escape, phrases))})(?![\w-])", re.IGNORECASE)
