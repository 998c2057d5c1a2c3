"""The tagger as a torch network, batches of papers for it, its training loop and its scores by span.

``graphbuilder/extract/tagger.py`` computes the same with numpy.
"""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from graphbuilder.extract.vectors import repeated, rows
from training import corpus

WORDS, AFFIXES, SHAPES = 20_000, 4_000, 1_000
TAGS, TYPES, ROLES = slice(0, 5), slice(5, 9), slice(9, 16)
#: Empty rows between papers, as many as the widest window reaches.
GAP = 4
Paper = tuple[Any, ...]  # forms, offsets, tags, sure


class Word(nn.Module):
    """A vector for each form."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.word, self.aff, self.shape = (
            nn.Embedding(WORDS, 64),
            nn.Embedding(AFFIXES, 32),
            nn.Embedding(SHAPES, 16),
        )
        for table in (self.word, self.aff, self.shape):
            nn.init.uniform_(table.weight, -0.1, 0.1)
        self.lin, self.ln, self.width = nn.Linear(96 + 64 + 96 + 16, 2 * width), nn.LayerNorm(width), width

    def forward(self, static: Tensor, rows: Tensor) -> Tensor:
        known = self.word(rows[:, 0]) + self.word(rows[:, 1])
        if self.training:  # so that the network can do without
            known = known * (torch.rand(len(known), 1) > 0.1)
        affixes = [self.aff(rows[:, i]) for i in (2, 3, 4)]
        x = F.dropout(torch.cat([static, known, *affixes, self.shape(rows[:, 5])], 1), 0.1, self.training)
        return self.ln(maxout(self.lin(x)))


class Narrow(nn.Module):
    """A linear layer whose matrix is a product of two: see :mod:`training.narrow`."""

    def __init__(self, width: int, rank: int, wide: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.empty(rank, width))
        self.wide, self.bias = nn.Parameter(torch.empty(wide, rank)), nn.Parameter(torch.empty(wide))

    def forward(self, x: Tensor) -> Tensor:
        return F.linear(F.linear(x, self.weight), self.wide, self.bias)


class Window(nn.Module):
    """A residual layer over each token and its neighbours at a distance."""

    def __init__(self, width: int, distance: int, rank: int | None) -> None:
        super().__init__()
        self.lin, self.ln, self.distance = linear(3 * width, rank, 2 * width), nn.LayerNorm(width), distance

    def forward(self, x: Tensor, dropout: float) -> Tensor:
        d = self.distance
        edge = x.new_zeros(d, x.shape[1])
        seen = torch.cat([torch.cat([edge, x[:-d]]), x, torch.cat([x[d:], edge])], 1)
        return x + F.dropout(self.ln(maxout(self.lin(seen))), dropout, self.training)


class Whole(nn.Module):
    """A residual layer over each token, the places of the same word, the paper and its title."""

    def __init__(self, width: int, rank: int | None) -> None:
        super().__init__()
        self.lin, self.ln = linear(2 * width, rank, 2 * width), nn.LayerNorm(width)
        self.doc = nn.Linear(2 * width, 2 * width, bias=False)

    def forward(self, x: Tensor, batch: dict[str, Any], dropout: float) -> Tensor:
        mask, title = batch["mask"], batch["mask"] * (batch["segment"] == 0).float()[:, None]
        same = mean(x, mask, batch["same"], batch["words"])[batch["same"]]
        papers = [mean(x, m, batch["paper"], batch["papers"]) for m in (mask, title)]
        y = self.lin(torch.cat([x, same], 1)) + self.doc(torch.cat(papers, 1))[batch["paper"]]
        return x + F.dropout(self.ln(maxout(y)), dropout, self.training)


class Network(nn.Module):
    """Five answers for the tag of each token, four for its type, seven for its role.

    ``ranks`` are those of the residual layers that are narrow, by name.
    """

    def __init__(
        self,
        width: int,
        before: Sequence[int],
        after: Sequence[int],
        dropout: float = 0.15,
        ranks: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__()
        ranks = ranks or {}
        self.settings = {"width": width, "before": list(before), "after": list(after), "dropout": dropout}
        self.settings["ranks"] = dict(ranks)
        self.lex, self.seg = Word(width), nn.Embedding(12, width)
        nn.init.zeros_(self.seg.weight)
        self.convs = nn.ModuleList(Window(width, d, ranks.get(f"convs.{i}")) for i, d in enumerate(before))
        self.glob = Whole(width, ranks.get("glob"))
        self.post = nn.ModuleList(Window(width, d, ranks.get(f"post.{i}")) for i, d in enumerate(after))
        self.out = nn.Linear(width, 16)
        self.dropout = dropout

    def residual(self) -> dict[str, Window | Whole]:
        """The residual layers by name."""
        return {n: m for n, m in self.named_modules() if isinstance(m, Window | Whole)}

    def forward(self, batch: dict[str, Any]) -> Tensor:
        mask = batch["mask"]
        forms = self.lex(batch["static"], batch["rows"])
        x = F.dropout(
            (forms[batch["forms"]] + self.seg(batch["segment"])) * mask, self.dropout, self.training
        )
        for window in self.convs:
            x = window(x, self.dropout) * mask
        x = self.glob(x, batch, self.dropout) * mask
        for window in self.post:
            x = window(x, self.dropout) * mask
        return self.out(x)


class Forms:
    """What the network needs of each form: static vector, rows of its tables, number as a word."""

    def __init__(self, work: Path, forms: Sequence[str]) -> None:
        self.static = np.load(work / "static.npz")["vectors"]
        self.rows = np.array([rows(form, WORDS, AFFIXES, SHAPES) for form in forms], np.int64)
        numbers: dict[str, int] = {}
        self.same = np.array([numbers.setdefault(repeated(form), len(numbers)) for form in forms])
        self.line_break = forms.index("\n")

    def batch(self, papers: Sequence[Paper]) -> dict[str, Any]:
        """Papers one after the other, with empty rows between them."""
        n = sum(len(p[0]) for p in papers) + GAP * (len(papers) + 1)
        forms, paper, same = (np.zeros(n, np.int64) for _ in range(3))
        segment, mask, sure = np.full(n, 11), np.zeros((n, 1), np.float32), np.zeros(n, np.float32)
        tags, spans, at = np.zeros((n, 3), np.int64), [], GAP
        for i, p in enumerate(papers):
            here = slice(at, at + len(p[0]))
            forms[here], paper[here], mask[here] = p[0], i, 1
            breaks = np.flatnonzero(p[0] == self.line_break)
            title = int(breaks[0]) + 1 if len(breaks) else 0
            body = len(p[0]) - title
            segment[at : at + title] = 0
            segment[at + title : here.stop] = 1 + np.minimum(9, np.arange(body) * 10 // max(1, body))
            same[here] = 1 + self.same[p[0]] + (i + 1) * 10_000_000
            if len(p) > 2:
                tags[here], sure[here] = p[2], p[3]
            spans.append((at, here.stop))
            at = here.stop + GAP
        unique, inverse = np.unique(forms, return_inverse=True)
        words, same = np.unique(same, return_inverse=True)
        return {
            "static": torch.from_numpy(self.static[unique]),
            "rows": torch.from_numpy(self.rows[unique]),
            "forms": torch.from_numpy(inverse),
            "segment": torch.from_numpy(segment),
            "paper": torch.from_numpy(paper),
            "papers": len(papers),
            "same": torch.from_numpy(same),
            "words": len(words),
            "mask": torch.from_numpy(mask),
            "tags": torch.from_numpy(tags),
            "sure": torch.from_numpy(sure),
            "spans": spans,
        }


def loss(answers: Tensor, batch: dict[str, Any]) -> Tensor:
    """Cross-entropy of tags, and half as much of types and roles; an unsure label is partly "outside"."""
    learned = (batch["sure"] > 0) & (batch["mask"][:, 0] > 0)
    answers, tags, sure = answers[learned], batch["tags"][learned], batch["sure"][learned]
    odds = F.log_softmax(answers[:, TAGS], 1)
    total = -(odds.gather(1, tags[:, :1])[:, 0] * sure + odds[:, 0] * (1 - sure) * (tags[:, 0] > 0)).sum()
    named = tags[:, 1] >= 0
    for columns, kind in ((TYPES, 1), (ROLES, 2)):
        wrong = F.cross_entropy(answers[named][:, columns], tags[named, kind], reduction="none")
        total = total + 0.5 * (wrong * sure[named]).sum()
    return total / len(tags)


def taught(answers: Tensor, teacher: Tensor, batch: dict[str, Any]) -> Tensor:
    """Cross-entropy with what a teacher answers; types and roles as far as it takes a token for named."""
    here = batch["mask"][:, 0] > 0
    answers, teacher = answers[here], teacher[here]
    named = 1 - teacher[:, TAGS].softmax(1)[:, 0] + 0.02
    total = answers.new_zeros(())
    for columns, weight in ((TAGS, torch.ones_like(named)), (TYPES, named / 2), (ROLES, named / 2)):
        wrong = -(F.log_softmax(answers[:, columns], 1) * teacher[:, columns].softmax(1)).sum(1)
        total = total + (wrong * weight).sum()
    return total / len(answers)


def train(
    network: Network,
    papers: Sequence[Paper],
    forms: Forms,
    *,
    epochs: float,
    rate: float,
    size: int,
    average: float,
    seed: int,
    teacher: Network | None = None,
    say: Any = print,
) -> Network:
    """AdamW with warm-up and linear decay; gives back the running average of the weights.

    Learns from the labels of the papers, or from what ``teacher`` answers.
    """
    rng = random.Random(seed)
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    per_epoch = -(-len(papers) // size)
    steps, step, begun, mean_network = round(epochs * per_epoch), 0, time.time(), copy.deepcopy(network)
    while step < steps:
        order = list(range(len(papers)))
        rng.shuffle(order)
        for i in range(0, len(order), size):
            if step == steps:
                break
            network.train()
            batch = forms.batch([papers[j] for j in order[i : i + size]])
            warm = min(1.0, (step + 1) / (0.05 * steps + 1))
            decay = 1 - 0.97 * max(0.0, (step - 0.05 * steps) / (0.95 * steps))
            for group in optimiser.param_groups:
                group["lr"] = rate * warm * decay
            if teacher is None:
                now = loss(network(batch), batch)
            else:
                with torch.no_grad():
                    wanted = teacher(batch)
                now = taught(network(batch), wanted, batch)
            optimiser.zero_grad()
            now.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            with torch.no_grad():
                for a, b in zip(mean_network.parameters(), network.parameters(), strict=True):
                    a.lerp_(b, 1 - min(average, step / (step + 10)))
            if step % 200 == 0:
                say(f"step {step} of {steps}, {time.time() - begun:.0f} s, loss {now.item():.4f}", flush=True)
    return mean_network.eval()


@torch.no_grad()
def score(network: Network, papers: Sequence[Paper], forms: Forms) -> dict[str, float]:
    """F1 of spans against the labels: untyped, typed, typed with role."""
    network.eval()
    wanted = found = right = typed = roles = 0
    for i in range(0, len(papers), 32):
        chunk = papers[i : i + 32]
        batch = forms.batch(chunk)
        answers = network(batch).numpy()
        for paper, (start, end) in zip(chunk, batch["spans"], strict=True):
            rows, tags = answers[start:end], paper[2]
            gold, ours = set(spans(tags[:, 0])), spans(rows[:, TAGS].argmax(1))
            wanted, found = wanted + len(gold), found + len(ours)
            for a, b in gold.intersection(ours):
                mean_row = rows[a : b + 1].mean(0)
                same = mean_row[TYPES].argmax() == tags[a, 1]
                right, typed = right + 1, typed + same
                roles += same and mean_row[ROLES].argmax() == tags[a, 2]
    return {
        name: round(200 * float(n) / max(1, wanted + found), 1)
        for name, n in (("untyped", right), ("typed", typed), ("role", roles))
    }


def spans(tags: Sequence[int]) -> list[tuple[int, int]]:
    """First and last token of each name, read from tags that need not fit together."""
    out, i = [], 0
    while i < len(tags):
        if tags[i] == corpus.OUTSIDE:
            i += 1
            continue
        j = i
        while tags[j] not in (corpus.END, corpus.SINGLE) and j + 1 < len(tags) and tags[j + 1] in (2, 3):
            j += 1
        out.append((i, j))
        i = j + 1
    return out


def linear(width: int, rank: int | None, wide: int) -> nn.Module:
    """A linear layer, narrow where a rank is given."""
    return nn.Linear(width, wide) if rank is None else Narrow(width, rank, wide)


def maxout(x: Tensor) -> Tensor:
    """The larger of the two halves of each row."""
    half = x.shape[1] // 2
    return torch.maximum(x[:, :half], x[:, half:])


def mean(x: Tensor, weight: Tensor, group: Tensor, groups: int) -> Tensor:
    """The weighted mean of the rows of each group."""
    total = x.new_zeros(groups, x.shape[1]).index_add(0, group, x * weight)
    count = x.new_zeros(groups, 1).index_add(0, group, weight)
    return total / count.clamp(min=1)
