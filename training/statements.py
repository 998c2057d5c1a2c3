"""What the extractor would say of annotated papers that it had not seen, for what learns from its entities.

:mod:`training.judge` writes this to ``WORK/NAME.unseen.jsonl``: its tagger, its tables and its networks have
not seen the paper of which they speak, so :mod:`training.uses` and :mod:`training.figures` learn from
entities with just the faults that those of an unknown paper have.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from graphbuilder.extract import coordination, definitions, mentions
from graphbuilder.extract.candidates import Candidate
from graphbuilder.extract.judge import Verdicts
from graphbuilder.extract.model import decided
from graphbuilder.records import Span, Statements


def write(path: Path, statements: Iterable[Statements]) -> None:
    """One JSON object a line, as ``graphbuilder extract`` writes them."""
    with path.open("w", encoding="utf-8") as file:
        for paper in statements:
            file.write(json.dumps(paper.to_json(), ensure_ascii=False) + "\n")


def of(
    row: Mapping[str, Any],
    sentences: tuple[Span, ...],
    places: Sequence[Sequence[int]],
    found: Sequence[Candidate],
    verdicts: Verdicts,
    leaders: Mapping[int, int],
    threshold: float,
) -> Statements:
    """The entities of a paper (``id``, ``title``, ``abstract``) by what is said of its candidates.

    ``places`` are the offsets of its tokens; a candidate in ``leaders`` is another one by a second name.
    """
    text = f"{row['title']}\n{row['abstract']}"
    defined = definitions.find(text, sentences)
    words = mentions.Words(text)
    named = [
        mentions.Mention(
            int(places[place.first][0]), int(places[place.last][1]), kind, role, sure, found[first].key
        )
        for i, first, kind, role, sure in decided(verdicts, leaders, threshold)
        for place in found[i].places
    ]
    entities = coordination.expand(text, mentions.group(text, named, defined, words))
    return Statements(row["id"], row["title"], sentences, entities)
