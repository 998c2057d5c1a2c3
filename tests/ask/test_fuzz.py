"""Whatever is typed: no traceback, no write, and an answer within a second."""

from __future__ import annotations

import random
import string
import time

import pytest

from graphbuilder.ask import Asker
from graphbuilder.stores import Store

WORDS = [
    "which",
    "papers",
    "use",
    "apply",
    "VIB",
    "pruning",
    "for",
    "quantization",
    "on",
    "ImageNet",
    "evaluated",
    "and",
    "or",
    "not",
    "but",
    "with",
    "by",
    "2023",
    "since",
    "datasets",
    "metrics",
    "what",
    "does",
    "BottleTrim",
    "introduce",
    "compare",
    "beat",
    "outperform",
    "how",
    "much",
    "many",
    "related",
    "to",
    "connected",
    "the",
    "a",
    "information",
    "bottleneck",
    "GSM8K",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "$x",
    "`n`",
    "'",
    '"',
    ";",
    "//",
    "/*",
    "*/",
    "})",
    "DETACH",
    "DELETE",
    "n",
    "MATCH",
    "(n)",
    "RETURN",
    "n",
    "CALL",
    "db.labels()",
    "LOAD",
    "CSV",
    "\\",
    "\\u0041",
    "\x00",
    "\n",
    "\t",
    "AND",
    "OR",
    "NOT",
    "NEAR",
    "*",
    "~2",
    "^",
    "title:",
    "数据集",
    "وثيقة",
    "данные",
    "🤖",
    "ﬁ",
    "İ",
    "ß",
]


def random_question(seed: int) -> str:
    dice = random.Random(seed)
    kind = dice.randrange(4)
    if kind == 0:
        return "".join(dice.choice(string.printable) for _ in range(dice.randrange(120)))
    if kind == 1:
        return "".join(
            chr(dice.choice([dice.randrange(1, 0x300), dice.randrange(0x3000, 0xD800)])) for _ in range(40)
        )
    return " ".join(dice.choice(WORDS) for _ in range(dice.randrange(1, 30)))


@pytest.mark.parametrize("block", range(10))
def test_five_thousand_random_questions(asker: Asker, block: int) -> None:
    slow = []
    for seed in range(block * 500, block * 500 + 500):
        question = random_question(seed)
        start = time.process_time()
        asker.ask(question)
        if time.process_time() - start > 1.0:
            slow.append(question)
    assert slow == []


@pytest.mark.parametrize(
    "question",
    [
        "which papers use x' OR 1=1 //",
        "papers about `Method`) DETACH DELETE n //",
        "papers about $papers",
        'papers about "unbalanced',
        "papers about NEAR(pruning, 5) AND title:*",
        "papers about pruning*^~",
        "{method} for {concept}",
        "which papers use " + "very " * 20_000 + "deep networks",
        "a" * 100_000,
        "for " * 5_000,
        "(" * 3_000 + ")" * 3_000,
        "which papers use " + ", ".join(f"X{n}" for n in range(500)),
        "如何使用信息瓶颈进行剪枝？",
        "ما هي الأوراق التي تستخدم",
        "\x00\x01\x02 pruning",
    ],
)
def test_hostile_questions_are_only_words(asker: Asker, store: Store, question: str) -> None:
    before = store.run("MATCH (n) RETURN count(*) AS n").rows
    start = time.process_time()
    answer = asker.ask(question)
    assert time.process_time() - start < 1.0
    if answer.cypher:
        assert answer.cypher == asker.queries[str(answer.query)].cypher
    assert store.run("MATCH (n) RETURN count(*) AS n").rows == before
