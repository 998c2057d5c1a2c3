"""Label papers with a model of ours: ``python -m training.relabel WORK MODEL_FOLDER OUT [NUMBER] [SKIP]``.

The tagger that is trained again on them learns from the judge, which knows a paper as a whole.
"""

from __future__ import annotations

import pickle
import random
import sys
from pathlib import Path

from graphbuilder.extract import candidates, definitions, sentences
from graphbuilder.extract.model import Model
from graphbuilder.extract.tagger import offsets
from graphbuilder.records import ENTITY_TYPES, ROLES
from training import corpus

#: What the judge is less sure of is labelled as outside.
LEAST = 0.1


def main(work: Path, folder: Path, out: Path, number: int = 27_000, skip: int = 0) -> None:
    """Label papers in an order of fixed seed and write them."""
    model = Model(folder)
    data = corpus.load(work)
    lines = sorted(data["keywords"])
    random.Random(11).shuffle(lines)
    papers = []
    for line in lines[skip : skip + number]:
        text = data["texts"]["unlabelled"][line]
        title_end = text.text.index("\n")
        found_sentences = sentences.split(text.text[:title_end], text.text[title_end + 1 :])
        defined = definitions.find(text.text, found_sentences)
        doc = model.read(text.text)
        at = offsets(doc)
        found = candidates.find(text.text, at, doc.tensor, defined)
        if not found:
            continue
        rows = candidates.describe(
            text.text,
            title_end,
            at,
            doc.tensor,
            found_sentences,
            defined,
            found,
            model.statistics,
            model.tagger.lexicon,
        )
        listed, types, roles = model.judge(rows)
        claims = []
        for i, candidate in enumerate(found):
            sure = float(listed[i])
            if sure < LEAST:
                continue
            kind, role = ENTITY_TYPES[int(types[i].argmax())], ROLES[int(roles[i].argmax())]
            for place in candidate.places:
                weight = min(0.98, max(sure, 0.5 * place.score) if sure > 0.5 else sure)
                span = int(at[place.first, 0]), int(at[place.last, 1])
                claims.append((place.score * sure, (*span, kind, role, weight)))
        mentions: list[tuple[int, int, str, str, float]] = []
        for _, mention in sorted(claims, reverse=True):
            if all(mention[1] <= other[0] or mention[0] >= other[1] for other in mentions):
                mentions.append(mention)
        papers.append((text.forms, text.offsets, *corpus.labelled(text.offsets, mentions)))
    with out.open("wb") as file:
        pickle.dump(papers, file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), *map(int, sys.argv[4:]))
