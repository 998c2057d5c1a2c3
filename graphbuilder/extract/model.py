"""A trained model: the tagger proposes names, the judge decides which of them the paper lists.

A model is a folder with ``weights.npz`` and ``settings.json``; the one that ships is
``graphbuilder/models/abstracts``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.vocab import Vocab

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract import candidates, coreference
from graphbuilder.extract.coreference import Coreference
from graphbuilder.extract.judge import Judge, Verdicts
from graphbuilder.extract.mentions import Mention, Words
from graphbuilder.extract.spacy_pipeline import SpacyPipeline
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.tagger import Tagger, offsets
from graphbuilder.extract.tokens import Tokenizer
from graphbuilder.extract.vectors import REMEMBERED, Floats
from graphbuilder.records import ENTITY_TYPES, ROLES, Definition, EntityType, Role, Span

#: How likely it must be that a name is named in passing for that to be its role.
_PASSING = 0.6
#: The model that is taken when none is named.
SHIPPED = "abstracts"


class Model:
    """Finds the mentions of what a paper lists."""

    def __init__(self, folder: Path) -> None:
        """Read a model's folder; raises :class:`GraphbuilderError` if it is none."""
        try:
            settings = json.loads((folder / "settings.json").read_text("utf-8"))
            packed = (folder / "weights.npz").read_bytes()
            with np.load(folder / "weights.npz") as arrays:
                weights = dict(arrays)
            self.version = f"{settings['name']}-{hashlib.sha256(packed).hexdigest()[:12]}"
            self.threshold = float(settings["threshold"])
            self.tagger = Tagger(weights, settings)
            self.judge = Judge(weights)
            self.coreference = Coreference(weights, float(settings["same"]))
            self.statistics = Statistics(weights)
        except (OSError, KeyError, ValueError) as error:
            raise GraphbuilderError(f"{folder} is no model of this release: {error}") from error
        self._tokenizer = Tokenizer(Vocab())

    def read(self, text: str) -> Doc:
        """The tokens of a paper with what the tagger says of each (``doc.tensor``)."""
        if len(self._tokenizer.vocab) > REMEMBERED:  # so that no number of papers fills the memory
            self._tokenizer = Tokenizer(Vocab())
        return self.tagger(self._tokenizer(text))

    def mentions(
        self,
        text: str,
        title_end: int,
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        words: Words,
    ) -> list[Mention]:
        """Mentions of all that the paper lists, with the type, role and confidence of what they stand for."""
        doc = self.read(text)
        places = offsets(doc)
        tensor = doc.tensor
        found = candidates.find(text, places, tensor, definitions)
        if not found:
            return []
        rows = candidates.describe(
            text,
            title_end,
            places,
            tensor,
            sentences,
            definitions,
            found,
            self.statistics,
            self.tagger.lexicon,
            words,
        )
        verdicts = self.judge(rows)
        leader = self._leaders(found, verdicts, places, title_end, sentences)
        mentions = []
        for i, first, kind, role, sure in decided(verdicts, leader, self.threshold):
            for place in found[i].places:
                start, end = int(places[place.first, 0]), int(places[place.last, 1])
                mentions.append(Mention(start, end, kind, role, sure, found[first].key))
        return mentions

    def _leaders(
        self,
        found: Sequence[candidates.Candidate],
        verdicts: Verdicts,
        places: NDArray[np.int32],
        title_end: int,
        sentences: Sequence[Span],
    ) -> dict[int, int]:
        """Candidates that are another, surer one by a second name."""
        pairs = coreference.pairs(found, verdicts.listed)
        if not pairs:
            return {}
        lexicon = self.tagger.lexicon
        rows = coreference.describe(
            pairs, found, verdicts, places, title_end, sentences, self.statistics, lexicon
        )
        return self.coreference(pairs, rows, verdicts.listed)


def decided(
    verdicts: Verdicts, leader: Mapping[int, int], threshold: float
) -> Iterator[tuple[int, int, EntityType, Role, float]]:
    """The candidates that a paper lists: number, number of the thing it is, its type, role, confidence."""
    for i in range(len(verdicts.listed)):
        first = leader.get(i, i)
        sure = float(verdicts.listed[first])
        if sure > threshold:
            kind = ENTITY_TYPES[int(verdicts.types[first].argmax())]
            yield i, first, kind, _role(verdicts.roles[first]), sure


def _role(odds: Floats) -> Role:
    """The likeliest role; named in passing only where that is quite likely, since it says the least."""
    passing = ROLES.index("mentions")
    order = odds.argsort()[::-1].tolist()
    best = order[1] if order[0] == passing and odds[passing] < _PASSING else order[0]
    return ROLES[int(best)]


@cache
def load(name_or_path: str | None = None) -> Model | SpacyPipeline:
    """The shipped model, another one by the name of its folder in ``graphbuilder/models`` or by path.

    Any other name or path is taken for an installed spaCy pipeline with an entity recogniser; after a colon
    may stand what its labels are: ``en_core_sci_sm:ALGORITHM=Method,TASK=Concept``. Raises
    :class:`GraphbuilderError` if there is none.
    """
    name = name_or_path or SHIPPED
    shipped = files("graphbuilder").joinpath("models", name)
    if "/" not in name and shipped.joinpath("settings.json").is_file():
        with as_file(shipped) as folder:
            return Model(folder)
    if (Path(name) / "settings.json").is_file():
        return Model(Path(name))
    return SpacyPipeline(name)
