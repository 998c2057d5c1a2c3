"""The catalogue of named queries: one Cypher file each, with a head that says what it answers.

The head is the comment lines at the top of a file::

    // Papers that are evaluated on a dataset.
    // answers: papers
    // param dataset: Dataset, evaluated
    // wording: <papers> <evaluate> on {dataset}

``answers`` is papers, entities, values, table or path. ``param NAME: WHAT, ROLE`` says what a slot stands
for (Thing, Method, Dataset, Metric, Concept, Paper, Author, Words, Int) and what a sentence must say of it
(used, introduced, evaluated, compared, beaten, replaced, measured, studied; nothing is said for a mere
subject). Each slot gives the body the parameter ``$NAME``, the ids of what it stands for, and a query whose
answers are papers gets ``$papers``, the ids of papers whose text has the words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from graphbuilder.ask.wording import Wording, parse
from graphbuilder.errors import GraphbuilderError

KINDS = ("papers", "entities", "values", "table", "path")
TYPES = ("Thing", "Method", "Dataset", "Metric", "Concept", "Paper", "Author", "Words", "Int", "Ids")

_LINE = re.compile(r"//\s?(.*)")
_PARAM = re.compile(r"(\w+):\s*(\w+)(?:,\s*(\w+))?(?:\s*=\s*(.+))?$")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a query: ``type`` is what it stands for, ``role`` what must be said of it."""

    name: str
    type: str
    role: str = ""
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A file of the catalogue."""

    name: str
    about: str
    answers: str
    cypher: str
    params: tuple[Param, ...] = ()
    wordings: tuple[Wording, ...] = field(default=(), repr=False)
    label: str | None = None
    says: str = ""

    def param(self, name: str) -> Param | None:
        """The parameter of that name."""
        return next((p for p in self.params if p.name == name), None)


def catalogue(directory: Path | None = None) -> dict[str, Query]:
    """The queries that come with the package, and those of a directory of one's own, by name.

    Raises
    ------
    GraphbuilderError
        If a file's head cannot be read, naming the file and what is wrong.
    """
    queries: dict[str, Query] = {}
    places = [_shipped()]
    if directory is not None:
        if not directory.is_dir():
            raise GraphbuilderError(f"no directory of queries at {directory}")
        places.append(directory)
    for place in places:
        for path in sorted(place.glob("*.cypher")):
            queries[path.stem] = read(path.stem, path.read_text(encoding="utf-8"))
    return queries


def read(name: str, text: str) -> Query:
    """Read one file of the catalogue."""
    head: dict[str, str] = {"answers": "table", "label": "", "says": ""}
    about: list[str] = []
    params: list[Param] = []
    wordings: list[Wording] = []
    lines = text.splitlines()
    body = 0
    for body, line in enumerate(lines):  # noqa: B007
        match = _LINE.match(line.strip())
        if match is None:
            if line.strip():
                break
            continue
        said = match[1].strip()
        field_, colon, value = said.partition(":")
        if said.startswith("param "):
            params.append(_param(name, said[6:]))
        elif colon and field_ == "wording":
            try:
                wordings += parse(value.strip())
            except GraphbuilderError as error:
                raise GraphbuilderError(f"query {name}: {error}") from None
        elif colon and field_ in head:
            head[field_] = value.strip()
        elif said:
            about.append(said)
    if head["answers"] not in KINDS:
        raise GraphbuilderError(f"query {name}: answers must be one of {', '.join(KINDS)}")
    cypher = "\n".join(lines[body:]).strip().rstrip(";")
    if not cypher or _LINE.match(cypher.splitlines()[-1]):
        raise GraphbuilderError(f"query {name}: no Cypher after the head")
    return Query(
        name=name,
        about=" ".join(about),
        answers=head["answers"],
        cypher=cypher,
        params=tuple(params),
        wordings=tuple(wordings),
        label=head["label"] or None,
        says=head["says"],
    )


def _param(name: str, text: str) -> Param:
    match = _PARAM.match(text.strip())
    if match is None or match[2] not in TYPES:
        raise GraphbuilderError(
            f"query {name}: cannot read 'param {text}': write NAME: TYPE, with TYPE one of {', '.join(TYPES)}"
        )
    return Param(match[1], match[2], match[3] or "", match[4])


def _shipped() -> Path:
    """The package's own queries: inside it when installed, beside it in a checkout."""
    inside = Path(str(files("graphbuilder"))) / "queries"
    return inside if inside.is_dir() else inside.parent.parent / "queries"
