"""Count the word lists of the pattern finder: ``python training/wordlists.py train.jsonl``.

Writes ``outside.txt``, ``heads.txt`` and the lists of names (``methods.txt``, ``datasets.txt``,
``metrics.txt``, ``concepts.txt``) of ``graphbuilder/extract/data``: words and names with counts, no text.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from graphbuilder.extract import lexicon, patterns
from graphbuilder.names import key

DATA = Path(patterns.__file__).parent / "data"
WORD = re.compile(r"[^\W_](?:[^\W_]|[-'’.+&](?=[^\W_]))*")
NAME = re.compile(r"[^\W_]*[A-Z][^\W_]*[A-Z0-9-]")
FILES = {"Method": "methods", "Dataset": "datasets", "Metric": "metrics", "Concept": "concepts"}
#: Words that are rare inside names, and names all the same.
KEPT = frozenset(
    (
        "data",
        "model",
        "models",
        "method",
        "methods",
        "speed",
        "robustness",
        "quality",
        "performance",
        "scalability",
    )
)


def main() -> None:
    """Count and write all lists."""
    with Path(sys.argv[1]).open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    write(
        "outside",
        "Words that are hardly ever part of a name of a method, dataset, metric or concept: counted on\n"
        "annotated abstracts (at least 4 uses, under 12% of them inside a name), one a line.",
        outside(rows),
    )
    for kind, names in listed_names(rows).items():
        header = (
            f"Names of {FILES[kind]} that abstracts of this field print often, in lower case, one a line;\n"
        )
        write(FILES[kind], f"{header}compiled for this project.", names)
    lexicon.sections.cache_clear()
    lexicon.listed.cache_clear()
    write(
        "heads",
        "Last words of noun phrases: the word, the type of the names that end in it, and the share of such\n"
        "phrases that are names; counted on annotated abstracts.",
        heads(rows),
    )


def outside(rows: list[dict[str, Any]]) -> list[str]:
    """Words that stand outside names nearly always."""
    inside, every = Counter[str](), Counter[str]()
    for row in rows:
        text = f"{row['title']}\n{row['abstract']}"
        named = bytearray(len(text))
        for form in forms(row):
            for match in re.finditer(r"(?<!\w)" + re.escape(form) + r"(?!\w)", text):
                named[match.start() : match.end()] = b"\1" * len(form)
        for match in WORD.finditer(text):
            word = match.group().lower()
            every[word] += 1
            inside[word] += named[match.start()]
    words = (w for w, n in every.items() if n >= 4 and inside[w] / n < 0.12 and w.isascii())
    return sorted(w for w in words if w not in KEPT)


def listed_names(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    """Names that two papers list, mostly as one type and where they print it; datasets also if one does.

    Those must look like a name: a capital inside or a digit, and no more than three words.
    """
    types: dict[str, Counter[str]] = defaultdict(Counter)
    printed = Counter[str]()
    proper: set[str] = set()
    for row in rows:
        words = WORD.findall(f"{row['title']}\n{row['abstract']}".lower())
        printed.update({" ".join(words[i : i + n]) for n in range(1, 7) for i in range(len(words) - n + 1)})
        for entity in row["entities"]:
            proper |= {
                f.lower() for f in (entity["name"], *entity["aliases"]) if NAME.match(f) and f.count(" ") < 3
            }
            for form in {f.lower() for f in (entity["name"], *entity["aliases"])}:
                types[form][entity["type"]] += 1
    found: dict[str, list[str]] = {kind: [] for kind in FILES}
    for form, counts in types.items():
        kind, n = counts.most_common(1)[0]
        total = counts.total()
        papers = printed[" ".join(WORD.findall(form))]
        often = total >= 2 or (kind == "Dataset" and form in proper)
        if often and n / total >= 0.6 and len(form) > 2 and not (papers and total / papers < 0.5):
            found[kind].append(form)
    return {kind: sorted(names) for kind, names in found.items()}


def heads(rows: list[dict[str, Any]]) -> list[str]:
    """For each last word of a phrase: type and share, with a little doubt added."""
    phrases, named = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for row in rows:
        text = f"{row['title']}\n{row['abstract']}"
        gold = {key(f): e["type"] for e in row["entities"] for f in (e["name"], *e["aliases"])}
        once = {key(text[c.start : c.end]): c.words[-1] for c in patterns.chunks(text)}
        for phrase, head in once.items():
            phrases[head] += 1
            if phrase in gold:
                named[head][gold[phrase]] += 1
    lines = []
    for head, n in phrases.items():
        if n >= 5:
            kind = named[head].most_common(1)[0][0] if named[head] else "Concept"
            lines.append(f"{head}\t{kind}\t{(named[head].total() + 1) / (n + 4):.2f}")
    return sorted(lines)


def forms(row: dict[str, Any]) -> list[str]:
    """All printed forms of a paper's entities."""
    return [form for e in row["entities"] for form in (e["name"], *e["aliases"])]


def write(name: str, header: str, lines: list[str]) -> None:
    """Write one list under its header."""
    head = "".join(f"# {line}\n" for line in header.splitlines())
    (DATA / f"{name}.txt").write_text(head + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    print(f"{name}: {len(lines)}")


if __name__ == "__main__":
    main()
