"""Read the training data: ``python -m training.corpus DATA WORK``.

DATA holds ``gold/train.jsonl``, ``gold/dev.jsonl``, ``gold/silver.jsonl.gz``, ``corpus/abstracts.jsonl.gz``
and listing pages ``corpus/0*.txt`` with the texts of the dev papers. Writes to WORK what all later steps
read: tokens of every text (as numbers of forms), and labels of tokens. Papers that stand on a listing page
or in ``dev.jsonl`` or ``train.jsonl`` are left out of the automatically tagged ones, by title.
"""

from __future__ import annotations

import gzip
import json
import pickle
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graphbuilder.extract import tokens
from graphbuilder.extract.vectors import normal
from graphbuilder.records import ENTITY_TYPES, ROLES

#: Tags of a token, in the order of the network's first five answers.
OUTSIDE, BEGIN, INSIDE, END, SINGLE = range(5)


class Text(NamedTuple):
    """A paper's text with the numbers of its tokens' forms and their offsets."""

    text: str
    forms: NDArray[np.int32]
    offsets: NDArray[np.int32]


class Labels(NamedTuple):
    """For each token tag, type and role (-1 outside), and how sure the label is (0: not to be learned)."""

    tags: NDArray[np.int8]
    sure: NDArray[np.float32]


def main(data: Path, work: Path) -> None:
    """Read, tokenise, label, write."""
    gold = {name: read(data / f"gold/{name}.jsonl") for name in ("train", "dev")}
    listed, bodies = listing_pages(sorted((data / "corpus").glob("0*.txt")))
    for paper in gold["dev"]:
        paper.setdefault("abstract", bodies.get(folded(paper["title"]), ""))
    left_out = listed | {folded(p["title"]) for papers in gold.values() for p in papers}
    form_numbers: dict[str, int] = {}
    make = tokens.blank().tokenizer

    def tokenised(text: str) -> Text:
        kept = [(t.idx, t.text) for t in make(text) if not t.is_space or "\n" in t.text]
        words = ["\n" if word.isspace() else word for _, word in kept]
        numbers = [form_numbers.setdefault(word, len(form_numbers)) for word in words]
        spans = [(start, start + len(word)) for start, word in kept]
        return Text(text, np.array(numbers, np.int32), np.array(spans, np.int32).reshape(-1, 2))

    texts: dict[str, list[Text]] = {
        name: [tokenised(f"{p['title']}\n{p['abstract']}") for p in papers] for name, papers in gold.items()
    }
    unlabelled = read(data / "corpus/abstracts.jsonl.gz")
    texts["unlabelled"] = [tokenised(f"{p['title']}\n{p['abstract']}") for p in unlabelled]
    usable = {i for i, p in enumerate(unlabelled) if folded(p["title"]) not in left_out}
    labels = {
        name: [
            labelled(text.offsets, places(paper, text.text))
            for paper, text in zip(papers, texts[name], strict=True)
        ]
        for name, papers in gold.items()
    }
    silver = {}
    for row in read(data / "gold/silver.jsonl.gz"):
        line = row["line"] - 1
        if line in usable:
            silver[line] = labelled(texts["unlabelled"][line].offsets, row["mentions"])
    keywords = {i: unlabelled[i].get("keywords") or [] for i in usable}
    work.mkdir(parents=True, exist_ok=True)
    forms = list(form_numbers)
    with (work / "corpus.pickle").open("wb") as file:
        pickle.dump(
            {
                "gold": gold,
                "texts": texts,
                "labels": labels,
                "silver": silver,
                "forms": forms,
                "keywords": keywords,
            },
            file,
        )
    with (work / "floret.txt").open("w", encoding="utf-8") as file:
        for text in [*texts["unlabelled"], *texts["train"]]:
            file.write(" ".join(normal(forms[f]) for f in text.forms if forms[f] != "\n") + "\n")
    print(f"{len(texts['unlabelled'])} texts, {len(silver)} of them tagged, {len(forms)} forms")


def load(work: Path) -> dict[str, Any]:
    """What :func:`main` wrote."""
    with (work / "corpus.pickle").open("rb") as file:
        loaded: dict[str, Any] = pickle.load(file)
    return loaded


def read(path: Path) -> list[dict[str, Any]]:
    """The rows of a JSON Lines file, compressed or not."""
    with (
        gzip.open(path, "rt", encoding="utf-8")
        if path.suffix == ".gz"
        else path.open(encoding="utf-8") as lines
    ):
        return [json.loads(line) for line in lines]


def folded(title: str) -> str:
    """A title's letters and digits."""
    return re.sub(r"[^a-z0-9]+", "", title.lower())


def listing_pages(paths: Iterable[Path]) -> tuple[set[str], dict[str, str]]:
    """All lines that may be titles, folded, and the text that follows each of them."""
    titles: set[str] = set()
    bodies: dict[str, str] = {}
    for path in paths:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
        for i, line in enumerate(lines):
            if len(line) > 15:
                titles.add(folded(line))
            following = [text for text in lines[i + 1 : i + 6] if text]
            if following and len(following[0]) > max(250, len(bodies.get(folded(line), ""))):
                bodies[folded(line)] = following[0]
    return titles, bodies


def places(paper: dict[str, Any], text: str) -> list[tuple[int, int, str, str, float]]:
    """Where the forms of a paper's entities stand; of overlapping places the longest is kept."""
    found = []
    for entity in paper["entities"]:
        for form in {entity["name"], *entity["aliases"]} - {""}:
            case = 0 if len(form) <= 4 or form.isupper() else re.IGNORECASE
            left = r"(?<![A-Za-z0-9])" if form[0].isalnum() else ""
            right = r"(?![A-Za-z0-9])" if form[-1].isalnum() else ""
            found += [
                (*m.span(), entity["type"], entity["role"], 1.0)
                for m in re.finditer(left + re.escape(form) + right, text, case)
            ]
    found.sort(key=lambda place: (place[0] - place[1], place[0]))
    kept: list[tuple[int, int, str, str, float]] = []
    for place in found:
        if all(place[1] <= other[0] or place[0] >= other[1] for other in kept):
            kept.append(place)
    return sorted(kept)


def labelled(offsets: NDArray[np.int32], mentions: Sequence[Sequence[Any]]) -> Labels:
    """Labels of tokens from mentions (start, end, type, role, sure); a name within a token is not learned."""
    n = len(offsets)
    tags = np.zeros((n, 3), np.int8)
    tags[:, 1:] = -1
    sure = np.ones(n, np.float32)
    for start, end, kind, role, weight in mentions:
        first = int(np.searchsorted(offsets[:, 1], start, side="right"))
        last = int(np.searchsorted(offsets[:, 0], end, side="left")) - 1
        if first > last or first >= n:
            continue
        if offsets[first, 0] < start or offsets[last, 1] > end:
            sure[first : last + 1] = 0
            continue
        tags[first : last + 1, 1] = ENTITY_TYPES.index(kind)
        tags[first : last + 1, 2] = ROLES.index(role)
        tags[first, 0], tags[last, 0] = BEGIN, END
        tags[first + 1 : last, 0] = INSIDE
        if first == last:
            tags[first, 0] = SINGLE
        sure[first : last + 1] = weight
    return Labels(tags, sure)


if __name__ == "__main__":
    # by way of the module's own name, under which what is pickled can be read again
    from training import corpus  # noqa: PLW0406

    corpus.main(Path(sys.argv[1]), Path(sys.argv[2]))
