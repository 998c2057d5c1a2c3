"""Questions with their answers, and how well an asker does on them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from graphbuilder.ask import Answer, Asker
from graphbuilder.ask.compiler import Compiler
from graphbuilder.ask.language import is_filler, is_generic, tokens

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """A question; ``need`` and ``may`` hold the forms of each answer, a paper by how its title begins."""

    kind: str
    type: str
    question: str
    need: tuple[tuple[str, ...], ...]
    may: tuple[tuple[str, ...], ...]


def cases(name: str) -> list[Case]:
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            kind, type_, question, need, may = (line.split("\t") + [""] * 5)[:5]
            found.append(Case(kind, type_, question, _forms(need), _forms(may)))
    return found


@dataclass(frozen=True)
class Way:
    """A way to ask: the ``queries`` that may be meant, and the words that fill their slots."""

    queries: tuple[str, ...]
    question: str
    slots: tuple[tuple[str, str], ...]


def ways(name: str = "wordings.tsv") -> list[Way]:
    found = []
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            queries, marked = line.split("\t")
            question = re.sub(r"\[([\w-]+):([^\]]+)\]", r"\2", marked)
            slots = re.findall(r"\[([\w-]+):([^\]]+)\]", marked)
            found.append(Way(tuple(queries.split("|")), question, tuple(slots)))
    return found


def is_read(way: Way, compiler: Compiler) -> bool:
    """Whether a question is read as one query that may be meant, with all content words in slots, no others."""
    plan = compiler.compile(way.question)
    if plan is None or len(plan.steps) != 1 or plan.steps[0].query.name not in way.queries:
        return False
    step = plan.steps[0]
    if step.query.answers == "values":
        return bool(step.ids.get("paper"))
    phrases = [p.text for linked in (*step.phrases.values(), *step.extra.values()) for p in linked]
    return _content(phrases) == _content(words for _, words in way.slots)


def _content(texts: Iterable[str]) -> set[str]:
    return {
        t.stem for text in texts for t in tokens(text) if not is_filler(t.stem) and not is_generic(t.stem)
    }


def f1(case: Case, answer: Answer) -> float:
    """F1 of the answers; what may be answered counts neither way; nothing to find is all or nothing."""
    titles = case.type in ("papers", "none")
    wrong, hit = 0, set()
    for found in answer.answers:
        forms = {_fold(form) for form in (found.name, *found.aliases)}
        here = {n for n, need in enumerate(case.need) if _meets(forms, need, titles)}
        hit |= here
        wrong += not here and not any(_meets(forms, may, titles) for may in case.may)
    if not case.need:
        return float(not wrong)
    if not hit:
        return 0.0
    precision, recall = len(hit) / (len(hit) + wrong), len(hit) / len(case.need)
    return 2 * precision * recall / (precision + recall)


def mean_f1(asker: Asker, listed: Iterable[Case]) -> float:
    scores = [f1(case, asker.ask(case.question)) for case in listed]
    return sum(scores) / len(scores)


def _meets(forms: set[str], wanted: tuple[str, ...], titles: bool) -> bool:
    if titles:
        return any(form.startswith(_fold(w)) for form in forms for w in wanted)
    return any(_fold(w) in forms for w in wanted)


def _forms(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(f for f in one.strip().split("=") if f) for one in text.split(";") if one.strip())


def _fold(text: str) -> str:
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = (w.strip(".") for w in re.findall(r"[a-z0-9+.%]+", text))
    return "".join(w[:-1] if w.endswith("s") and not w.endswith("ss") and len(w) > 3 else w for w in words)
