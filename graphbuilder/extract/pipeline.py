"""From papers to statements: the extractor, alone or in several processes."""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from itertools import islice

from threadpoolctl import ThreadpoolController

from graphbuilder.extract import (
    citations,
    coordination,
    definitions,
    figures,
    mentions,
    patterns,
    sentences,
    uses,
)
from graphbuilder.extract.model import load as load_model
from graphbuilder.records import Paper, Statements

#: Papers that a worker process gets at a time.
CHUNK = 64
#: The name under which the pattern finder is asked for in place of a trained model.
PATTERNS = "patterns"
#: What the pattern finder must be sure of to list an entity.
_THRESHOLD = 0.5


class Extractor:
    """Reads papers one by one; what it says of a paper depends on that paper's text and ``version`` alone."""

    def __init__(self, model: str | None = None) -> None:
        """With the shipped model, ``"patterns"`` alone, or the model of that name or path."""
        self._model = None if model == PATTERNS else load_model(model)
        self._libraries = ThreadpoolController()
        self.version = f"{self._model.version if self._model else PATTERNS}-{_fingerprint()}"

    def extract(self, papers: Iterable[Paper]) -> Iterator[Statements]:
        """The statements of each paper, in order."""
        for paper in papers:
            # sums over several threads round otherwise, and small products take longer in them
            with self._libraries.limit(limits=1, user_api="blas"):
                statements = self._read(paper)
            yield statements

    def _read(self, paper: Paper) -> Statements:
        text = paper.text.encode("utf-8", "replace").decode()  # half a surrogate pair is no character
        spans = sentences.split(paper.title, paper.abstract)
        defined = definitions.find(text, spans)
        words = mentions.Words(text)
        if self._model:
            found = self._model.mentions(text, len(paper.title), spans, defined, words)
        else:
            found = patterns.find(text, len(paper.title), spans, defined)
            found = [mention for mention in found if mention.confidence >= _THRESHOLD]
        entities = mentions.group(text, found, defined, words)
        entities = coordination.expand(text, entities)
        return Statements(
            id=paper.id,
            title=paper.title,
            sentences=spans,
            entities=entities,
            used_for=uses.find(text, spans, entities),
            results=figures.find(text, spans, entities),
            definitions=defined,
            citations=citations.find(text),
        )


def load(model: str | None = None) -> Extractor:
    """An extractor: ``model`` is None for the shipped one, ``patterns``, or a name or path of a model.

    Raises :class:`GraphbuilderError` for a model that is not there.
    """
    return Extractor(model)


def extract(
    papers: Iterable[Paper], *, model: str | None = None, workers: int = 1, min_confidence: float = 0.0
) -> Iterator[Statements]:
    """The statements of each paper, in order; the same for any number of workers.

    ``workers`` processes share the papers in chunks; entities with a confidence (0..1) under
    ``min_confidence`` are left out, with what is said of them.
    """
    for statements in _read_all(papers, model, workers):
        yield above(statements, min_confidence) if min_confidence > 0 else statements


def above(statements: Statements, min_confidence: float) -> Statements:
    """The statements without the entities, pairs and results that are less sure than ``min_confidence``."""
    entities = tuple(e for e in statements.entities if e.confidence >= min_confidence)
    names = {e.name for e in entities}
    gone = {e.name for e in statements.entities} - names
    return replace(
        statements,
        entities=entities,
        used_for=tuple(
            u
            for u in statements.used_for
            if u.user in names and u.purpose in names and u.confidence >= min_confidence
        ),
        results=tuple(
            replace(
                r, dataset=None if r.dataset in gone or r.dataset_confidence < min_confidence else r.dataset
            )
            for r in statements.results
            if r.metric not in gone and r.confidence >= min_confidence
        ),
    )


def _read_all(papers: Iterable[Paper], model: str | None, workers: int) -> Iterator[Statements]:
    if workers <= 1:
        yield from load(model).extract(papers)
        return
    load(model)  # a missing model is reported here, not by a worker
    with multiprocessing.get_context("spawn").Pool(workers, _start_worker, (model,)) as pool:
        for chunk in _bounded(pool, papers, workers):
            yield from chunk


def _bounded(
    pool: multiprocessing.pool.Pool, papers: Iterable[Paper], workers: int
) -> Iterator[list[Statements]]:
    """Like ``pool.imap``, but reads no further ahead than the workers need."""
    source = iter(papers)
    waiting: list[multiprocessing.pool.AsyncResult[list[Statements]]] = []
    while True:
        while len(waiting) < 3 * workers and (chunk := list(islice(source, CHUNK))):
            waiting.append(pool.apply_async(_work, (chunk,)))
        if not waiting:
            return
        yield waiting.pop(0).get()


_extractor: Extractor | None = None


def _start_worker(model: str | None) -> None:
    global _extractor  # noqa: PLW0603 - a worker process holds one extractor
    _extractor = load(model)
    gc.freeze()  # the collector need not go through the model's tables again and again


def _work(chunk: list[Paper]) -> list[Statements]:
    assert _extractor is not None
    return list(_extractor.extract(chunk))


@cache
def _fingerprint() -> str:
    """A hash of this package's code and data: statements of another version are not reused."""
    digest = hashlib.sha256()
    package = files("graphbuilder.extract")
    for folder in (package, package.joinpath("data")):
        for entry in sorted(folder.iterdir(), key=lambda e: e.name):
            if entry.is_file() and not entry.name.endswith(".pyc"):
                digest.update(entry.name.encode())
                digest.update(entry.read_bytes())
    return digest.hexdigest()[:12]
