"""Train what decides on candidates, write the model: ``python -m training.judge WORK NAME OUT``.

Needs torch and scikit-learn. WORK/NAME.pt is what ``training.tagger gold`` wrote. Candidates of each
annotated paper come from the tagger that has not seen it, and the tables of the annotated papers leave out
its fold. Prints the figures of five-fold cross-validation over ``train.jsonl`` and those on ``dev.jsonl``,
which is never learned from; with ``--with-dev`` the model that is written learns from both. Writes besides
to WORK/NAME.unseen.jsonl what the models of cross-validation say of the papers that they have not seen, for
:mod:`training.uses` and :mod:`training.figures`.
"""

from __future__ import annotations

import argparse
import json
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from spacy.strings import hash_string
from torch import Tensor, nn

from graphbuilder.extract import candidates, coreference, definitions, sentences, tokens
from graphbuilder.extract.judge import Verdicts, widened
from graphbuilder.extract.model import decided
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.tagger import Tagger, offsets
from graphbuilder.extract.vectors import Lexicon, normal
from graphbuilder.names import key
from graphbuilder.records import ENTITY_TYPES, ROLES
from graphbuilder.score import score
from training import corpus, statements, tables
from training.tagger import FOLDS
from training.vectors import SETTINGS as FLORET

Rows = NDArray[np.float32]
#: An entity is listed from this probability on; two candidates are one thing above these log-odds.
THRESHOLD, SAME = 0.45, 0.0
#: Columns of a candidate's labels: listed, weight, type, role, which annotated entity (-1: none).
LISTED, WEIGHT, TYPE, ROLE, ENTITY = range(5)
_PARTS = 5
#: Teachers, how wide they and the one that ships are, and unlabelled papers on which that one learns.
TEACHERS, HIDDEN, UNLABELLED = 8, 192, 12_000


@dataclass
class Paper:
    """A paper's candidates with their rows and labels."""

    title_end: int
    sentences: tuple[tuple[int, int], ...]
    offsets: NDArray[np.int32]
    found: list[candidates.Candidate]
    labels: NDArray[np.float64]
    rows: Rows


def main() -> None:
    """Read, describe, train, print figures, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("out", type=Path)
    parser.add_argument("--with-dev", action="store_true")
    parser.add_argument("--size", type=float, default=1.0, help="part of the annotated papers to learn from")
    options = parser.parse_args()
    torch.set_num_threads(1)
    data = corpus.load(options.work)
    settings, states = torch.load(options.work / f"{options.name}.pt")
    static = static_arrays(options.work, data["forms"])
    shape = {"dilations": settings["before"], "after": settings["after"], "floret": FLORET}
    taggers = [Tagger({**static, **tagger_arrays(state)}, shape) for state in states]
    silver = pickle.loads((options.work / "tables.pickle").read_bytes())
    part_of = round(options.size * len(data["gold"]["train"]))
    gold = {"train": data["gold"]["train"][:part_of], "dev": data["gold"]["dev"]}
    train, dev, statistics = described(gold, taggers, silver)
    if options.with_dev:
        gold["train"], train = gold["train"] + gold["dev"], train + dev
        seen = tables.read([([c.key for c in p.found], p.labels) for p in train])
        statistics = tables.arrays({**silver, **seen})

    x = widened(np.concatenate([p.rows for p in train if p.found]))
    y = np.concatenate([p.labels for p in train if p.found])
    part = np.repeat(
        [i * 7919 % _PARTS for i, p in enumerate(train) if p.found], [len(p.found) for p in train if p.found]
    )
    scale = Scale(x)
    wanted = targets(y)
    unseen = cross_validated(
        lambda k, s: trained(scale(x)[k], wanted[k], judge_loss, 12, s, HIDDEN, 20, 0.3), part, scale(x)
    )
    counted = y[:, WEIGHT] > 0
    platt = LogisticRegression(C=1e6).fit(unseen[counted, :1], y[counted, LISTED])
    calibration = np.array([platt.coef_[0, 0], platt.intercept_[0]], np.float32)
    reliability(sigmoid(calibration, unseen[counted, 0]), y[counted, LISTED])
    teachers = [trained(scale(x), wanted, judge_loss, 12, seed, HIDDEN, 20, 0.3) for seed in range(TEACHERS)]
    lexicon, tables_ = taggers[-1].lexicon, Statistics(statistics)
    more = scale(widened(unlabelled(data, taggers[-1], tables_)))
    taught = np.concatenate([wanted, said(answer(teachers, more))])
    judges = [trained(np.concatenate([scale(x), more]), taught, judge_loss, 12, 0, HIDDEN, 8, 0.0)]
    verdicts = {"train": split(train, unseen, calibration)}
    of_dev = scale(widened(np.concatenate([p.rows for p in dev if p.found])))
    verdicts["dev"] = split(dev, answer(judges, of_dev), calibration)
    pairs = {
        n: [compared(p, v, tables_, lexicon) for p, v in zip(ps, verdicts[n], strict=True)]
        for n, ps in (("train", train), ("dev", dev))
    }
    px = np.concatenate([rows for _, rows, _ in pairs["train"] if len(rows)])
    py = np.concatenate([same for _, rows, same in pairs["train"] if len(rows)])
    ppart = np.repeat(
        [i * 7919 % _PARTS for i in range(len(train))], [len(rows) for _, rows, _ in pairs["train"]]
    )
    pscale = Scale(px)
    punseen = cross_validated(
        lambda k, s: trained(pscale(px)[k], py[k, None], pair_loss, 1, s, 48, 15, 0.2), ppart, pscale(px)
    )
    matchers = [trained(pscale(px), py[:, None], pair_loss, 1, seed, 48, 15, 0.2) for seed in range(4)]
    if not options.with_dev:
        dev_pairs = np.concatenate([rows for _, rows, _ in pairs["dev"] if len(rows)])
        odds = {"train": punseen[:, 0], "dev": answer(matchers, pscale(dev_pairs))[:, 0]}
        for name, papers in (("train", train), ("dev", dev)):
            show(name, gold[name], papers, verdicts[name], pairs[name], odds[name])
    leaders = same_things(pairs["train"], verdicts["train"], punseen[:, 0])
    statements.write(
        options.work / f"{options.name}.unseen.jsonl",
        (
            statements.of(row, p.sentences, p.offsets, p.found, verdict, leader, THRESHOLD)
            for row, p, verdict, leader in zip(gold["train"], train, verdicts["train"], leaders, strict=True)
        ),
    )

    weights = {**static, **tagger_arrays(states[-1]), **statistics, "judge.calibration": calibration}
    weights |= network_arrays("judge", judges, scale) | network_arrays("coreference", matchers, pscale)
    options.out.mkdir(parents=True, exist_ok=True)
    np.savez(options.out / "weights.npz", **weights)
    written = {"name": options.out.name, "threshold": THRESHOLD, "same": SAME, **shape}
    (options.out / "settings.json").write_text(json.dumps(written, indent=1) + "\n", "utf-8")


def unlabelled(data: dict[str, Any], tagger: Tagger, statistics: Statistics) -> Rows:
    """Rows of the candidates of papers that nobody has tagged."""
    lines = sorted(data["keywords"].keys() - data["silver"].keys())[:UNLABELLED]
    rows = []
    for line in lines:
        title, abstract = data["texts"]["unlabelled"][line].text.split("\n", 1)
        paper = candidates_of({"title": title, "abstract": abstract, "entities": []}, tagger)
        if paper.found:
            text = text_of({"title": title, "abstract": abstract})
            rows.append(rows_of(paper, text, paper.rows, statistics, tagger.lexicon))
    return np.concatenate(rows)


def rows_of(paper: Paper, text: str, probabilities: Rows, statistics: Statistics, lexicon: Lexicon) -> Rows:
    """The rows of a paper's candidates."""
    return candidates.describe(
        text,
        paper.title_end,
        paper.offsets,
        probabilities,
        paper.sentences,
        definitions.find(text, paper.sentences),
        paper.found,
        statistics,
        lexicon,
    )


def described(
    gold: dict[str, list[dict[str, Any]]], taggers: Sequence[Tagger], silver: dict[str, Any]
) -> tuple[list[Paper], list[Paper], dict[str, Any]]:
    """Candidates of the annotated papers, each by a tagger and tables that have not seen it."""
    train = [candidates_of(paper, taggers[i % FOLDS]) for i, paper in enumerate(gold["train"])]
    dev = [candidates_of(paper, taggers[-1]) for paper in gold["dev"]]
    texts = {"train": [text_of(p) for p in gold["train"]], "dev": [text_of(p) for p in gold["dev"]]}
    probabilities = {"train": [p.rows for p in train], "dev": [p.rows for p in dev]}
    lexicon = taggers[-1].lexicon

    def describe(name: str, papers: list[Paper], which: Sequence[int], statistics: Statistics) -> None:
        for i in which:
            p = papers[i]
            if p.found:
                p.rows = rows_of(p, texts[name][i], probabilities[name][i], statistics, lexicon)

    for fold in range(FOLDS):
        others = [p for i, p in enumerate(train) if i % FOLDS != fold]
        seen = tables.read([([c.key for c in p.found], p.labels) for p in others])
        statistics = Statistics(tables.arrays({**silver, **seen}))
        describe("train", train, range(fold, len(train), FOLDS), statistics)
    every = tables.arrays({**silver, **tables.read([([c.key for c in p.found], p.labels) for p in train])})
    describe("dev", dev, range(len(dev)), Statistics(every))
    return train, dev, every


_tokenise = tokens.blank().make_doc


def text_of(paper: dict[str, Any]) -> str:
    """What offsets of a paper point into."""
    return f"{paper['title']}\n{paper['abstract']}"


def candidates_of(paper: dict[str, Any], tagger: Tagger) -> Paper:
    """A paper's candidates with their labels; ``rows`` holds the tagger's probabilities for now."""
    text = text_of(paper)
    spans = sentences.split(paper["title"], paper["abstract"])
    doc = tagger(_tokenise(text))
    at = offsets(doc)
    found = candidates.find(text, at, doc.tensor, definitions.find(text, spans))
    entity_of: dict[str, int] = {}
    for i, entity in enumerate(paper["entities"]):
        for form in (entity["name"], *entity["aliases"]):
            entity_of.setdefault(key(form), i)
    labels = np.zeros((len(found), 5))
    labels[:, WEIGHT], labels[:, ENTITY] = 1, -1
    of_entity: dict[int, list[int]] = {}
    for i, candidate in enumerate(found):
        hits = {entity_of[k] for k in map(key, candidate.forms) if k in entity_of}
        if hits:
            of_entity.setdefault(min(hits), []).append(i)
    for number, several in of_entity.items():
        entity = paper["entities"][number]
        several.sort(key=lambda i: -max(place.score for place in found[i].places))
        for rank, i in enumerate(several):
            passing = entity["role"] == "mentions"  # neither asked for nor held against
            weight = 0.0 if passing else 1.0 if rank == 0 else 0.5
            kind, role = ENTITY_TYPES.index(entity["type"]), ROLES.index(entity["role"])
            labels[i] = (rank == 0, weight, kind, role, number)
    return Paper(len(paper["title"]), spans, at, found, labels, doc.tensor)


class Scale:
    """Clips columns to all but their outermost values and standardises them."""

    def __init__(self, x: Rows) -> None:
        self.low, self.high = np.percentile(x, [0.5, 99.5], axis=0)
        clipped = np.clip(x, self.low, self.high)
        self.mean, self.scale = clipped.mean(axis=0), clipped.std(axis=0) + 1e-6

    def __call__(self, x: Rows) -> Rows:
        return ((np.clip(x, self.low, self.high) - self.mean) / self.scale).astype(np.float32)


class Layers(nn.Module):
    """Two hidden layers."""

    def __init__(self, inputs: int, hidden: int, outputs: int, dropout: float) -> None:
        super().__init__()
        self.a, self.b, self.o = (
            nn.Linear(inputs, hidden),
            nn.Linear(hidden, hidden),
            nn.Linear(hidden, outputs),
        )
        self.dropout = dropout

    def forward(self, x: Tensor) -> Tensor:
        x = F.dropout(x, 0.05 if self.o.out_features > 1 else 0.0, self.training)
        x = F.dropout(F.relu(self.a(x)), self.dropout, self.training)
        return self.o(F.dropout(F.relu(self.b(x)), self.dropout, self.training))


def targets(labels: NDArray[np.float64]) -> Rows:
    """What a network should say: listed, the weight of that, each type and each role of what is listed."""
    right = labels[:, LISTED] > 0
    types, roles = (
        np.eye(size)[labels[:, column].astype(int)] * right[:, None]
        for column, size in ((TYPE, len(ENTITY_TYPES)), (ROLE, len(ROLES)))
    )
    return np.concatenate([labels[:, : WEIGHT + 1], types, roles], 1).astype(np.float32)


def said(answers: Rows) -> Rows:
    """The same from what teachers say: probabilities."""
    rows = torch.from_numpy(answers)
    n = 1 + len(ENTITY_TYPES)
    listed = rows[:, :1].sigmoid()
    parts = [
        listed,
        torch.ones_like(listed),
        rows[:, 1:n].softmax(1) * listed,
        rows[:, n:].softmax(1) * listed,
    ]
    out: Rows = torch.cat(parts, 1).numpy()
    return out


def judge_loss(out: Tensor, y: Tensor) -> Tensor:
    """Listed or not; and of what is listed its type and role."""
    listed = F.binary_cross_entropy_with_logits(out[:, 0], y[:, 0], reduction="none")
    total = (listed * y[:, 1]).mean()
    n = 1 + len(ENTITY_TYPES)
    for odds, wanted in ((out[:, 1:n], y[:, 2 : n + 1]), (out[:, n:], y[:, n + 1 :])):
        wrong = -(F.log_softmax(odds, 1) * wanted).sum()
        total = total + 0.3 * wrong / wanted.sum().clamp(min=1e-6)
    return total


def pair_loss(out: Tensor, y: Tensor) -> Tensor:
    """One thing or two."""
    return F.binary_cross_entropy_with_logits(out[:, 0], y[:, 0])


def trained(
    x: Rows, y: NDArray[Any], loss: Any, outputs: int, seed: int, hidden: int, epochs: int, dropout: float
) -> Layers:
    """One network; AdamW with linear decay."""
    torch.manual_seed(seed)
    network = Layers(x.shape[1], hidden, outputs, dropout)
    size = 512 if outputs > 1 else 256
    optimiser = torch.optim.AdamW(network.parameters(), lr=2e-3, weight_decay=1e-3 if outputs > 1 else 1e-2)
    rows, labels = torch.from_numpy(x), torch.from_numpy(y.astype(np.float32))
    steps, step = epochs * -(-len(x) // size), 0
    for _ in range(epochs):
        for batch in torch.randperm(len(x)).split(size):
            for group in optimiser.param_groups:
                group["lr"] = 2e-3 * (1 - step / steps) + 1e-5
            optimiser.zero_grad()
            loss(network(rows[batch]), labels[batch]).backward()
            optimiser.step()
            step += 1
    return network.eval()


@torch.no_grad()
def answer(networks: Sequence[Layers], x: Rows) -> Rows:
    """The mean answer of networks."""
    out: Rows = (sum(network(torch.from_numpy(x)) for network in networks) / len(networks)).numpy()  # type: ignore
    return out


def cross_validated(train: Any, part: NDArray[np.intp], x: Rows) -> Rows:
    """Answers to each row by a network that has not seen its paper."""
    pieces = [(part == k, answer([train(part != k, 100 * k)], x[part == k])) for k in range(_PARTS)]
    out = np.zeros((len(x), pieces[0][1].shape[1]), np.float32)
    for where, answers in pieces:
        out[where] = answers
    return out


def sigmoid(calibration: Rows, odds: Rows) -> Rows:
    """Calibrated probabilities."""
    return (1 / (1 + np.exp(-(calibration[0] * odds + calibration[1])))).astype(np.float32)


def reliability(sure: Rows, right: NDArray[np.float64]) -> None:
    """Print how often candidates of each confidence are right."""
    print("confidence  candidates  mean  right")
    for low in np.arange(0, 1, 0.1):
        here = (sure >= low) & (sure < low + 0.1)
        print(
            f"{low:.1f}-{low + 0.1:.1f} {here.sum():14,} {sure[here].mean():6.3f} {right[here].mean():6.3f}"
        )


def split(papers: Sequence[Paper], answers: Rows, calibration: Rows) -> list[Verdicts]:
    """The answers as verdicts, paper by paper."""
    out, at = [], 0
    for paper in papers:
        rows = answers[at : at + len(paper.found)]
        at += len(paper.found)
        types, roles = (torch.from_numpy(part).softmax(1).numpy() for part in (rows[:, 1:5], rows[:, 5:]))
        out.append(Verdicts(sigmoid(calibration, rows[:, 0]), types, roles))
    return out


def compared(
    paper: Paper, verdicts: Verdicts, statistics: Statistics, lexicon: Any
) -> tuple[list[tuple[int, int]], Rows, NDArray[np.float64]]:
    """The pairs of a paper, their rows, and whether both are the same annotated entity."""
    pairs = coreference.pairs(paper.found, verdicts.listed)
    if not pairs:
        return [], np.zeros((0, 0), np.float32), np.zeros(0)
    rows = coreference.describe(
        pairs, paper.found, verdicts, paper.offsets, paper.title_end, paper.sentences, statistics, lexicon
    )
    entity = paper.labels[:, ENTITY]
    return pairs, rows, np.array([float(entity[i] >= 0 and entity[i] == entity[j]) for i, j in pairs])


def same_things(pairs: Sequence[Any], verdicts: Sequence[Verdicts], odds: Rows) -> list[dict[int, int]]:
    """Of each paper the candidates that are another one by a second name."""
    out, at = [], 0
    for verdict, (of_paper, _, _) in zip(verdicts, pairs, strict=True):
        out.append(coreference.leaders(of_paper, odds[at : at + len(of_paper)], verdict.listed, SAME))
        at += len(of_paper)
    return out


def show(
    name: str,
    gold: list[dict[str, Any]],
    papers: Sequence[Paper],
    verdicts: Sequence[Verdicts],
    pairs: Sequence[Any],
    odds: Rows,
) -> None:
    """Print F1 of the entities that come out."""
    predicted = []
    leaders = same_things(pairs, verdicts, odds)
    for row, paper, verdict, leader in zip(gold, papers, verdicts, leaders, strict=True):
        things: dict[int, dict[str, Any]] = {}
        for i, first, kind, role, _ in decided(verdict, leader, THRESHOLD):
            thing = things.setdefault(first, {"aliases": [], "type": kind, "role": role})
            thing["aliases"] += paper.found[i].forms
        entities = [thing | {"name": thing["aliases"][0]} for thing in things.values()]
        predicted.append({"title": row["title"], "entities": entities})
    for measure, figures in score(gold, predicted).items():
        precision, recall, f1, _ = (100 * x for x in figures)
        print(f"{name:6} {measure:20} {precision:5.1f} {recall:5.1f} {f1:5.1f}")


def static_arrays(work: Path, forms: Sequence[str]) -> dict[str, Any]:
    """The subword table and the vectors of forms that stand in the texts twice, in eight bits."""
    loaded = np.load(work / "static.npz")
    counts: dict[str, int] = {}
    row_of: dict[str, int] = {}
    for i, form in enumerate(map(normal, forms)):
        counts[form] = counts.get(form, 0) + int(loaded["counts"][i])
        row_of[form] = i
    known = sorted((f for f in counts if counts[f] >= 2), key=lambda f: (-counts[f], f))
    table, table_scale = eight_bits(loaded["table"])
    rows, rows_scale = eight_bits(loaded["vectors"][[row_of[f] for f in known]])
    return {
        "floret": table,
        "floret_scale": table_scale,
        "static": rows,
        "static_scale": rows_scale,
        "static_codes": np.array([hash_string(f) for f in known], np.uint64),
    }


def tagger_arrays(state: dict[str, Tensor]) -> dict[str, Any]:
    """The tagger's weights in sixteen bits, its largest table in eight."""
    out = {name: tensor.numpy().astype(np.float16) for name, tensor in state.items()}
    out["lex.word.weight"], out["lex.word.scale"] = eight_bits(state["lex.word.weight"].numpy())
    return out


def network_arrays(name: str, networks: Sequence[Layers], scale: Scale) -> dict[str, Any]:
    """Networks side by side."""
    out = {
        f"{name}.{part}": np.asarray(getattr(scale, part), np.float32)
        for part in ("low", "high", "mean", "scale")
    }
    for layer in ("a", "b", "o"):
        layers = [getattr(network, layer) for network in networks]
        out[f"{name}.{layer}.weight"] = np.stack([x.weight.detach().numpy().T for x in layers]).astype(
            np.float16
        )
        out[f"{name}.{layer}.bias"] = np.stack([x.bias.detach().numpy() for x in layers]).astype(np.float32)
    return out


def eight_bits(x: Rows) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Rows in eight bits, and the scale of each."""
    scale = np.maximum(np.abs(x).max(axis=1, keepdims=True), 1e-6) / 127
    return np.round(x / scale).astype(np.int8), scale.astype(np.float16)


if __name__ == "__main__":
    main()
