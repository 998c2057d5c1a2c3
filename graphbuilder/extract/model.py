"""A trained model: the tagger proposes names, the judge decides which of them the paper lists.

A model is a folder with ``weights.npz`` and ``settings.json``; the one that ships is
``graphbuilder/models/abstracts``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import cast

import numpy as np

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract import candidates, tokens
from graphbuilder.extract.judge import Judge
from graphbuilder.extract.mentions import Mention, Words
from graphbuilder.extract.statistics import Statistics
from graphbuilder.extract.tagger import Tagger, offsets
from graphbuilder.records import ENTITY_TYPES, ROLES, Definition, Role, Span

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
            self.statistics = Statistics(weights)
        except (OSError, KeyError, ValueError) as error:
            raise GraphbuilderError(f"{folder} is no model of this release: {error}") from error
        self._nlp = tokens.blank()

    def mentions(
        self,
        text: str,
        title_end: int,
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        words: Words,
    ) -> list[Mention]:
        """Mentions of all that the paper lists, with the type, role and confidence of what they stand for."""
        doc = self.tagger(self._nlp.make_doc(text))
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
        mentions = []
        for i in np.flatnonzero(verdicts.listed > self.threshold).tolist():
            kind = ENTITY_TYPES[int(verdicts.types[i].argmax())]
            role = cast(Role, ROLES[int(verdicts.roles[i].argmax())])
            sure = float(verdicts.listed[i])
            for first, last, _ in found[i].places:
                start, end = int(places[first, 0]), int(places[last, 1])
                mentions.append(Mention(start, end, kind, role, sure))
        return mentions


@cache
def load(name_or_path: str | None = None) -> Model:
    """The shipped model, another one of ``graphbuilder/models`` by name, or one in a folder.

    Raises :class:`GraphbuilderError` if there is none.
    """
    name = name_or_path or SHIPPED
    shipped = files("graphbuilder").joinpath("models", name)
    if "/" not in name and shipped.joinpath("settings.json").is_file():
        with as_file(shipped) as folder:
            return Model(folder)
    return Model(Path(name))
