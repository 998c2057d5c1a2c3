"""Train what finds used_for pairs: ``python -m training.uses DATA WORK NAME``.

Needs torch and scikit-learn. The network that ships learns from the annotated papers, with the annotated
entities and with those of ``WORK/NAME.unseen.jsonl``, which :mod:`training.judge` wrote, and from what two
teachers together say of unlabelled papers: a transformer, whose answers :mod:`training.transformer` wrote to
``WORK/NAME.taught.jsonl``, and :mod:`training.teacher`. Prints F1 on entities as they are found for a fifth
of the papers that neither the network nor its teachers have seen; confidences are calibrated there. Then
learns from all and writes ``graphbuilder/extract/data/uses.npz``. Seeds are fixed.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from torch import Tensor, nn

from graphbuilder.extract import model, pairs, sentences, uses
from graphbuilder.extract.pairs import Pairs, Vocabulary
from graphbuilder.records import Statements
from training import corpus, gold, lexical
from training.teacher import Teacher
from training.transformer import FOLDS, HELD_OUT

EPOCHS = 5
#: A word is known if so many annotated papers, or so many unlabelled ones, have it.
FEWEST_ANNOTATED, FEWEST = 3, 40
RATE, SIZE, DROPOUT, FORGOTTEN = 2e-3, 16, 0.25, 0.1
WORD, HIDDEN, KIND, NAME, WIDE = 32, 64, 16, 32, 96

Odds = NDArray[np.float64]


@dataclass
class Example:
    """A paper's pairs, as the networks and as the teacher read them, and how probably each is right."""

    read: Pairs
    words: lexical.Pairs
    right: NDArray[np.float32]
    meant: set[tuple[int, int]]
    number: int


@dataclass
class Taught:
    """An unlabelled paper, with the log-odds that the transformer gives its pairs."""

    read: Pairs
    words: lexical.Pairs
    odds: dict[tuple[int, int], float]


def main() -> None:
    """Train, say how well it does in cross-validation, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("--model", help="whose static vectors are taken (default: the shipped one)")
    options = parser.parse_args()
    torch.set_num_threads(1)
    words = known(corpus.load(options.work)["texts"])
    vocabulary = Vocabulary(words)
    static = vectors(words, options.model)
    annotated = options.data / "gold/train.jsonl"
    found = options.work / f"{options.name}.unseen.jsonl"
    papers = list(examples(annotated, None, vocabulary))
    judged = list(examples(annotated, found, vocabulary))
    further = list(taught(options.work / f"{options.name}.taught.jsonl", vocabulary))
    held_out = [e for e in judged if e.number % FOLDS == HELD_OUT]
    wanted = sum(p.all_pairs for i, p in enumerate(gold.read(str(annotated))) if i % FOLDS == HELD_OUT)
    network = learned([e for e in papers + judged if e.number % FOLDS != HELD_OUT], further, static, 0)
    unseen = np.concatenate([answer(network, e) for e in held_out])[:, None]
    right = np.concatenate([e.right for e in held_out])
    platt = LogisticRegression(C=1e6).fit(unseen, right)
    threshold = report(platt.predict_proba(unseen)[:, 1], right, wanted)
    network = learned(papers + judged, further, static, 1)
    calibration = [platt.coef_[0, 0], platt.intercept_[0]]
    target = Path(uses.__file__).parent / "data" / "uses.npz"
    uses.save(target, words, arrays(network), calibration, threshold)


def learned(papers: Sequence[Example], further: Sequence[Taught], static: Tensor, seed: int) -> Network:
    """The network that learns from papers and from what its teachers say of further ones."""
    teacher = Teacher([e.words for e in papers], [e.meant for e in papers], [e.number for e in papers])
    labelled = []
    for paper, said in zip(further, teacher([e.words for e in further]), strict=True):
        ends = zip(paper.read.users.tolist(), paper.read.purposes.tolist(), strict=True)
        mixed = np.array([(paper.odds[pair] + said[pair]) / 2 for pair in ends])
        right = (1 / (1 + np.exp(-mixed))).astype(np.float32)
        labelled.append(Example(paper.read, paper.words, right, set(), -1))
    return trained([*papers, *labelled], static, seed)


def known(texts: dict[str, Sequence[corpus.Text]]) -> list[str]:
    """The words that get a row."""
    annotated, counts = (
        Counter(word for text in texts[name] for word in set(pairs.words_of(text.text)))
        for name in ("train", "unlabelled")
    )
    return sorted(w for w in annotated | counts if annotated[w] >= FEWEST_ANNOTATED or counts[w] >= FEWEST)


def vectors(words: Sequence[str], name: str | None) -> Tensor:
    """Static vectors of the rows of a vocabulary; those that are no words have none."""
    loaded = model.load(name)
    assert isinstance(loaded, model.Model)
    rows = loaded.tagger.lexicon.static(words)
    return torch.from_numpy(np.concatenate([np.zeros((pairs.WORDS, rows.shape[1]), np.float32), rows]))


def examples(path: Path, predicted: Path | None, vocabulary: Vocabulary) -> Iterator[Example]:
    """The annotated papers that have pairs, with the annotated entities or those found."""
    for number, paper in enumerate(gold.read(str(path), str(predicted) if predicted else None)):
        spans = sentences.split(paper.title, paper.abstract)
        read = pairs.read(paper.text, spans, paper.entities, vocabulary)
        if read:
            ends = zip(read.users.tolist(), read.purposes.tolist(), strict=True)
            right = np.array([pair in paper.pairs for pair in ends], np.float32)
            words = lexical.Pairs(paper.text, spans, paper.entities)
            yield Example(read, words, right, paper.pairs, number)


def taught(path: Path, vocabulary: Vocabulary) -> Iterator[Taught]:
    """The papers that the transformer labelled."""
    with path.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            spans = sentences.split(row["title"], row["abstract"])
            text = f"{row['title']}\n{row['abstract']}"
            entities = Statements.from_json(row["statements"]).entities
            read = pairs.read(text, spans, entities, vocabulary)
            if read:
                odds = {(user, purpose): value for user, purpose, value in row["odds"]}
                yield Taught(read, lexical.Pairs(text, spans, list(entities)), odds)


class Network(nn.Module):
    """What :class:`graphbuilder.extract.uses.Network` evaluates."""

    def __init__(self, static: Tensor) -> None:
        super().__init__()
        self.static = static
        self.project = nn.Linear(static.shape[1], WORD, bias=False)
        self.words = nn.Embedding(len(static), WORD)
        nn.init.zeros_(self.words.weight)  # so that words of no annotated paper keep their static vector
        self.opens = nn.Parameter(torch.zeros(HIDDEN))
        self.near = nn.Linear(WORD, 3 * HIDDEN)
        self.far = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.kind = nn.Embedding(pairs.WORDS - pairs.MASKS, KIND)
        self.name = nn.Linear(2 * WORD, NAME)
        entity = HIDDEN + NAME + KIND + pairs.ENTITY
        self.user, self.purpose = nn.Linear(entity, WIDE), nn.Linear(entity, WIDE)
        self.joint = nn.Linear(3 * HIDDEN + pairs.JOINT + 2 * KIND, WIDE)
        self.says = nn.Linear(WIDE, 1)
        self.pooled = nn.Linear(2 * WIDE, WIDE)
        self.numbers = nn.Linear(pairs.PAIR, WIDE)
        self.kinds = nn.Embedding((pairs.WORDS - pairs.MASKS) ** 2, WIDE)
        nn.init.zeros_(self.kinds.weight)
        self.pair = nn.Linear(WIDE, WIDE)
        self.rivals = nn.Linear(4 * WIDE, WIDE)
        self.out = nn.Linear(WIDE, 1)

    def table(self) -> Tensor:
        """The vectors of the vocabulary's rows."""
        return self.project(self.static) + self.words.weight

    def forward(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The log-odds of each pair, and of each joint that it says that its pair is meant."""

        def drop(x: Tensor) -> Tensor:
            return F.dropout(x, DROPOUT, self.training)

        table, rows = self.table(), b["words"]
        if self.training:
            forgotten = (torch.rand(rows.shape) < FORGOTTEN) & (rows >= pairs.WORDS)
            rows = torch.where(forgotten, pairs.UNKNOWN, rows)
        inside = b["inside"][:, None]
        x = shifted(self.near(drop(table[rows])) * inside, 1)
        x = F.relu(x + b["opens"][:, None] * self.opens) * inside
        x = x + F.relu(shifted(self.far(drop(x)) * inside, 2)) * inside
        n, kind = len(b["kinds"]), self.kind(b["kinds"])
        names = torch.cat([mean(table[b["name_words"]], b["name_of"], n), table[b["heads"]]], 1)
        entity = [mean(x[b["places"]], b["place_of"], n), F.relu(self.name(names)), kind]
        entities = torch.cat([drop(torch.cat(entity, 1)), b["entities"]], 1)
        users, purposes, joint_of = b["users"], b["purposes"], b["joint_of"]
        low = torch.minimum(b["user_at"], b["purpose_at"])
        high = torch.maximum(b["user_at"], b["purpose_at"])
        sums = torch.cat([torch.zeros(1, HIDDEN), x.cumsum(0)])
        between = sums[high] - sums[torch.minimum(low + 1, high)]
        between = between / (high - low - 1).clamp(min=1).sqrt()[:, None]
        joint = [x[b["user_at"]], x[b["purpose_at"]], between]
        joint += [kind[users[joint_of]], kind[purposes[joint_of]]]
        joints = F.relu(self.joint(torch.cat([drop(torch.cat(joint, 1)), b["joints"]], 1)))
        m = len(users)
        total = torch.zeros(m, WIDE).index_add(0, joint_of, joints)
        pooled = drop(torch.cat([total, highest(joints, joint_of, m)], 1))
        z = self.user(entities)[users] + self.purpose(entities)[purposes] + self.pooled(pooled)
        both = b["kinds"][users] * (pairs.WORDS - pairs.MASKS) + b["kinds"][purposes]
        z = F.relu(z + self.numbers(b["pairs"]) + self.kinds(both))
        z = F.relu(self.pair(drop(z)))
        back = torch.where((b["back"] >= 0)[:, None], z[b["back"].clamp(min=0)], 0)
        rivals = [highest(z, group, k)[group] for group, k in ((users, n), (purposes, n), (b["paper"], n))]
        z = z + F.relu(self.rivals(drop(torch.cat([*rivals, back], 1))))
        return self.out(drop(z))[:, 0], self.says(joints)[:, 0]


def shifted(x: Tensor, distance: int) -> Tensor:
    """The sum of three thirds of the columns: of the row before, of the row, and of the row after."""
    left, here, right = x.chunk(3, 1)
    d = distance
    return here + F.pad(left, (0, 0, d, 0))[:-d] + F.pad(right, (0, 0, 0, d))[d:]


def mean(x: Tensor, group: Tensor, n: int) -> Tensor:
    """The mean of each group's rows."""
    count = torch.zeros(n).index_add(0, group, torch.ones(len(group)))
    return torch.zeros(n, x.shape[1]).index_add(0, group, x) / count[:, None]


def highest(x: Tensor, group: Tensor, n: int) -> Tensor:
    """The highest of each group's rows, at least 0."""
    return torch.zeros(n, x.shape[1]).scatter_reduce(0, group[:, None].expand_as(x), x, "amax")


def batch(papers: Sequence[Example]) -> dict[str, Tensor]:
    """Papers one behind the other, with two blank words before and after each."""
    parts: dict[str, list[NDArray[Any]]] = {}
    words = entities = ps = 0
    for number, paper in enumerate(papers):
        read = paper.read
        n = len(read.words)
        offsets = {"place_of": entities, "name_of": entities, "users": entities, "purposes": entities}
        offsets |= {"places": words + 2, "user_at": words + 2, "purpose_at": words + 2, "joint_of": ps}
        row: dict[str, NDArray[Any]] = {k: v + offsets.get(k, 0) for k, v in read._asdict().items()}
        row["words"] = np.pad(read.words, 2, constant_values=pairs.BLANK)
        row["opens"], row["inside"] = np.pad(read.opens, 2), np.pad(np.ones(n, np.float32), 2)
        row["back"] = np.where(read.back >= 0, read.back + ps, -1)
        row["paper"] = np.full(len(read.users), number)
        row["right"] = paper.right
        for name, array in row.items():
            parts.setdefault(name, []).append(array)
        words, entities, ps = words + n + 4, entities + len(read.kinds), ps + len(read.users)
    return {name: torch.from_numpy(np.concatenate(arrays)) for name, arrays in parts.items()}


def trained(papers: Sequence[Example], static: Tensor, seed: int) -> Network:
    """A network, the moving average of its way; AdamW with linear decay."""
    torch.manual_seed(seed)
    network, averaged = Network(static), Network(static)
    averaged.load_state_dict(network.state_dict())
    optimiser = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=1e-2)
    steps, step = EPOCHS * -(-len(papers) // SIZE), 0
    for _ in range(EPOCHS):
        for chosen in torch.randperm(len(papers)).split(SIZE):
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 100) * (1 - step / steps) + 1e-5
            b = batch([papers[i] for i in chosen])
            optimiser.zero_grad()
            loss(network(b), b).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimiser.step()
            step += 1
            kept = min(0.99, step / (step + 10))
            with torch.no_grad():
                for old, new in zip(averaged.parameters(), network.parameters(), strict=True):
                    old.mul_(kept).add_(new, alpha=1 - kept)
    return averaged.eval()


def loss(out: tuple[Tensor, Tensor], b: dict[str, Tensor]) -> Tensor:
    """Of each pair, and, less, of the joint of each pair that says it most."""
    odds, says = out
    n = len(odds)
    most = torch.full((n,), -30.0).scatter_reduce(0, b["joint_of"], says, "amax")
    joined = most > -30
    total = F.binary_cross_entropy_with_logits(odds, b["right"])
    if joined.any():
        total = total + 0.2 * F.binary_cross_entropy_with_logits(most[joined], b["right"][joined])
    return total


@torch.no_grad()
def answer(network: Network, paper: Example) -> Odds:
    """The log-odds of each pair of a paper."""
    return network(batch([paper]))[0].double().numpy()  # type: ignore[no-any-return]


def report(sure: Odds, right: NDArray[np.float32], wanted: int) -> float:
    """Print F1 at the threshold that should be best, and how often pairs of a confidence are right.

    The threshold is where F1 would be highest if confidences were exact: less noisy than where it is.
    """
    order = np.argsort(-sure, kind="stable")
    number = np.arange(1, len(order) + 1)
    best = int((np.cumsum(sure[order]) / (number + wanted)).argmax())
    hits = right[order[: best + 1]].sum()
    precision, recall, f1 = hits / (best + 1), hits / wanted, 2 * hits / (best + 1 + wanted)
    print(f"P {precision:.3f} R {recall:.3f} F1 {f1:.4f} at {sure[order[best]]:.3f} (a fifth, unseen)")
    highest = (2 * np.cumsum(right[order]) / (number + wanted)).max()
    print(f"F1 at the best threshold: {highest:.4f}")
    for low in np.arange(0, 1, 0.1):
        inside = (sure >= low) & (sure < low + 0.1)
        if inside.any():
            share = right[inside].mean()
            print(f"confidence {low:.1f}-{low + 0.1:.1f}: {inside.sum():6} pairs, {share:.3f} right")
    return float(sure[order[best]])


def arrays(network: Network) -> dict[str, NDArray[Any]]:
    """The weights of a network; layers as (in, out)."""
    state = {n: p.detach().numpy() for n, p in network.named_parameters()}
    del state["project.weight"]
    state["words.weight"] = network.table().detach().numpy()
    layers = {n for n, m in network.named_modules() if isinstance(m, nn.Linear)}
    return {
        name: (values.T if name.removesuffix(".weight") in layers else values).astype(np.float16)
        for name, values in state.items()
    }


if __name__ == "__main__":
    main()
