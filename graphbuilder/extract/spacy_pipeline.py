"""Any spaCy pipeline with an entity recogniser in place of the shipped model.

Its entities are taken as they are; their roles come from the cue phrases around them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import spacy

from graphbuilder.errors import GraphbuilderError
from graphbuilder.extract.mentions import Mention, Words
from graphbuilder.extract.patterns import cue_places
from graphbuilder.records import ENTITY_TYPES, Definition, EntityType, Role, Span

_DEFAULT: dict[EntityType, Role] = {
    "Method": "uses",
    "Dataset": "evaluates_on",
    "Metric": "measures",
    "Concept": "studies",
}
#: Roles that a cue phrase may give to a name of each type.
_CUED: dict[EntityType, tuple[Role, ...]] = {
    "Method": ("introduces", "compares", "uses"),
    "Dataset": ("introduces", "uses", "evaluates_on"),
    "Metric": ("introduces",),
    "Concept": (),
}
#: As far behind a cue phrase a name may stand, in characters.
_REACH = 30


class SpacyPipeline:
    """Finds mentions with an installed spaCy pipeline, or one in a folder."""

    def __init__(self, name: str) -> None:
        """``name`` is what ``spacy.load`` takes, after a colon the map from its labels to entity types."""
        name, types = _parse(name)
        try:
            self._nlp = spacy.load(name)
        except OSError as error:
            raise GraphbuilderError(
                f"no such model: {name} (neither shipped, nor a folder, nor an installed spaCy pipeline)"
            ) from error
        labels = sorted({label for labels in self._nlp.pipe_labels.values() for label in labels})
        self._types = types or {x: t for x in labels for t in ENTITY_TYPES if x.lower() == t.lower()}
        if not self._types:
            raise GraphbuilderError(
                f"say which labels of {name} are Method, Dataset, Metric and Concept, as in "
                f"'{name}:LABEL=Method'; it has {', '.join(labels) or 'none'}"
            )
        meta = self._nlp.meta
        chosen = ",".join(f"{label}={kind}" for label, kind in sorted(self._types.items()))
        self.version = f"{meta['lang']}_{meta['name']}-{meta['version']}:{chosen}"

    def mentions(
        self,
        text: str,
        title_end: int,
        sentences: Sequence[Span],
        definitions: Sequence[Definition],
        words: Words,
    ) -> list[Mention]:
        """The pipeline's entities whose labels have a type, with roles from the cue phrases."""
        ends, roles = cue_places(text)
        found = []
        for entity in self._nlp(text).ents:
            kind = self._types.get(entity.label_)
            if kind is None:
                continue
            role = _DEFAULT[kind]
            at = bisect_right(ends, entity.start_char) - 1
            if at >= 0 and roles[at] in _CUED[kind]:
                gap = text[ends[at] : entity.start_char]
                if len(gap) <= _REACH and not set(gap) & set(".;:"):
                    role = roles[at]
            found.append(Mention(entity.start_char, entity.end_char, kind, role, 1.0))
        return found


def _parse(name: str) -> tuple[str, dict[str, EntityType]]:
    before, colon, after = name.rpartition(":")
    if not colon or "=" not in after:
        return name, {}
    types: dict[str, EntityType] = {}
    for pair in after.split(","):
        label, _, kind = pair.partition("=")
        if kind not in ENTITY_TYPES:
            raise GraphbuilderError(f"{kind!r} is no entity type; there are {', '.join(ENTITY_TYPES)}")
        types[label] = kind
    return before, types
