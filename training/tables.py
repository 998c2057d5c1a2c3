"""What the automatically tagged papers say of phrases and words: ``python -m training.tables DATA WORK``.

Writes ``tables.pickle``: the tables ``phrase``, ``head``, ``keyword`` and ``word`` of
:mod:`graphbuilder.extract.statistics`, by folded form.
"""

from __future__ import annotations

import pickle
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.strings import hash_string

from graphbuilder.extract.mentions import Key, Words, key_of
from graphbuilder.extract.statistics import TABLES
from graphbuilder.records import ENTITY_TYPES, ROLES
from training import corpus

Table = dict[str, Sequence[float]]
#: Phrases of more words, and those tagged in fewer papers, are left out.
LONGEST, FEWEST = 6, 2


def main(data: Path, work: Path) -> None:
    """Count and write."""
    loaded = corpus.load(work)
    texts = loaded["texts"]["unlabelled"]
    tagged: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2 + len(ENTITY_TYPES) + len(ROLES)))
    for row in corpus.read(data / "gold/silver.jsonl.gz"):
        line = row["line"] - 1
        if line not in loaded["silver"]:
            continue
        surest: dict[str, tuple[float, str, str]] = {}
        for start, end, kind, role, sure in row["mentions"]:
            phrase = " ".join(key_of(texts[line].text[start:end]))
            if phrase and sure > surest.get(phrase, (0.0,))[0]:
                surest[phrase] = (sure, kind, role)
        for phrase, (sure, kind, role) in surest.items():
            counts = tagged[phrase]
            counts[0] += 1
            counts[1] += sure
            counts[2 + ENTITY_TYPES.index(kind)] += sure
            counts[2 + len(ENTITY_TYPES) + ROLES.index(role)] += sure
    known = {p: c for p, c in tagged.items() if c[0] >= FEWEST and len(p.split()) <= LONGEST}
    printed: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for line in loaded["silver"]:
        folded = Words(texts[line].text).folded
        runs = (
            " ".join(folded[i : i + n]) for n in range(1, LONGEST + 1) for i in range(len(folded) - n + 1)
        )
        printed.update({run for run in runs if run in known})
        words.update(set(folded))
    keywords = Counter(
        " ".join(key_of(word)) for line in sorted(loaded["keywords"]) for word in loaded["keywords"][line]
    )
    with (work / "tables.pickle").open("wb") as file:
        pickle.dump(_tables(known, printed, words, keywords), file)


def _tables(
    known: Mapping[str, np.ndarray], printed: Counter[str], words: Counter[str], keywords: Counter[str]
) -> dict[str, Table]:
    phrase: Table = {}
    heads: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(2 + len(ENTITY_TYPES)))
    types = slice(2, 2 + len(ENTITY_TYPES))
    for text, c in known.items():
        papers, sure = max(printed[text], c[0]), c[1]
        phrase[text] = [
            np.log1p(c[0]),
            c[0] / papers,
            sure / papers,
            np.log1p(printed[text]),
            *(c[types] / sure),
            c[types.stop] / sure,
            c[-1] / sure,
        ]
        head = heads[text.split()[-1]]
        head[0] += sure
        head[1] += printed[text]
        head[2:] += c[types]
    return {
        "phrase": phrase,
        "head": {w: [h[0] / max(1, h[1]), *(h[2:] / h[0]), np.log1p(h[1])] for w, h in heads.items()},
        "keyword": {text: [np.log1p(n)] for text, n in keywords.items() if n > 1},
        "word": {text: [np.log1p(n)] for text, n in words.items() if n > 2},
    }


def read(papers: Iterable[tuple[Sequence[Key], np.ndarray]]) -> dict[str, Table]:
    """The tables ``read``, ``read_head`` and ``read_first`` from candidates of annotated papers."""
    counts: dict[str, dict[str, np.ndarray]] = {t: {} for t in ("read", "read_head", "read_first")}
    for keys, labels in papers:
        for key, (listed, weight, kind, *_) in zip(keys, labels, strict=True):
            if weight == 0:
                continue
            for table, text in (("read", " ".join(key)), ("read_head", key[-1]), ("read_first", key[0])):
                c = counts[table].setdefault(text, np.zeros(2 + len(ENTITY_TYPES)))
                c[0] += 1
                if listed:
                    c[1] += 1
                    c[2 + int(kind)] += 1
    return {
        table: {
            w: [np.log1p(c[0]), (c[1] + 0.8) / (c[0] + 2), *(c[2:] / (c[1] + 1))] for w, c in rows.items()
        }
        for table, rows in counts.items()
    }


def arrays(tables: Mapping[str, Table]) -> dict[str, Any]:
    """The tables as the arrays that :class:`graphbuilder.extract.statistics.Statistics` reads."""
    out = {}
    for name in TABLES:
        texts = sorted(tables[name])
        out[f"statistics.{name}.codes"] = np.array([hash_string(t) for t in texts], np.uint64)
        values = np.array([tables[name][t] for t in texts], np.float16)
        out[f"statistics.{name}.values"] = values.reshape(len(texts), -1)
    return out


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
