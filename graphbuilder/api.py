"""The Python face: build a graph, open it, ask it.

>>> import graphbuilder
>>> graphbuilder.build(["papers.txt"], "graph.lbug")              # doctest: +SKIP
>>> with graphbuilder.open("graph.lbug") as graph:                # doctest: +SKIP
...     for answer in graph.ask("which papers use VIB for pruning").answers:
...         print(answer.name)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Paper, PropertyGraph, Skip, Statements

if TYPE_CHECKING:
    import networkx

    from graphbuilder.ask import Answer
    from graphbuilder.extract import Extractor
    from graphbuilder.stores import Rows, Store

#: Called with a stage's name, how much of it is done, and how much there is (None: not known yet).
Progress = Callable[[str, int, int | None], None]

#: Papers extracted between two commits to the archive: what a killed build loses at most.
BATCH = 256


@dataclass
class Summary:
    """What a build did."""

    papers: int
    records: int
    extracted: int
    external: int
    counts: dict[str, int]
    content_hash: str
    skipped: list[Skip] = field(default_factory=list)

    @property
    def merged(self) -> int:
        """Records that turned out to be a work already seen."""
        return self.records - self.papers


def build(
    sources: Sequence[str | Path],
    graph: str | Path = "graph.lbug",
    *,
    add: bool = False,
    format: str | None = None,
    model: str | None = None,
    min_confidence: float = 0.0,
    workers: int | None = None,
    strict: bool = False,
    keep_external: bool = False,
    namespace: str | None = None,
    progress: Progress | None = None,
    on_skip: Callable[[Skip], None] | None = None,
) -> Summary:
    """Read sources, extract, assemble, and store the graph; the old graph stays whole until the last step.

    Args:
        sources: files, folders, or ``-`` for standard input.
        graph: a path for the embedded store, or the URI of a Neo4j server.
        add: keep the papers that are in the graph already. The result is the same as building from all
            files at once. A graph of another version is refused; without ``add`` it is replaced.
        format: the sources' format; found by their content otherwise.
        model: a spaCy pipeline to extract with, in place of the one that comes with the package.
        min_confidence: leave out entities below this confidence (0..1).
        workers: processes that extract; by default one for small inputs, else one for each core.
        strict: make a bad record an error.
        keep_external: keep works that are known from reference lists alone, as bare papers.
        namespace: whose data in the Neo4j database is ours.
        progress, on_skip: called as the build goes on.

    Raises:
        GraphbuilderError: nothing to build from, or the graph cannot be written.
    """
    from graphbuilder.archive import Archive, archive_path
    from graphbuilder.ask.index import open_index
    from graphbuilder.assemble import assemble, read_rules, write_found
    from graphbuilder.extract import above, load
    from graphbuilder.sources import merge
    from graphbuilder.stores import open_store

    tell = progress or (lambda stage, done, total: None)
    target = str(graph)
    skipped: list[Skip] = []
    archive_file = archive_path(target if namespace is None else f"{target}#{namespace}")
    names_file = archive_file.with_suffix(".names")
    rules = read_rules(names_file)

    def skip(bad: Skip) -> None:
        if strict:
            raise GraphbuilderError(f"{bad} (without --strict it would be skipped)")
        skipped.append(bad)
        if on_skip:
            on_skip(bad)

    held = _held(target, namespace) if add else None
    records = list(_read(sources, format, skip, tell))
    with Archive(archive_file) as archive:
        if add:
            kept = list(archive.records())
            if held is not None and not kept:
                raise GraphbuilderError(
                    f"{target}: what this graph was built from is not kept here ({archive_file} is missing); "
                    "build from all the sources, without --add"
                )
            records += kept
        papers = merge(records, skip)
        if not papers:
            raise GraphbuilderError("no paper in " + ", ".join(map(str, sources)) + "; nothing was built")
        extractor = load(model)
        statements, extracted = _extract(papers, extractor, archive, model, workers, tell)
        if min_confidence:
            statements = [above(s, min_confidence) for s in statements]
        tell("assemble", 0, None)
        assembly = assemble(papers, statements, rules, keep_external)
        summary = Summary(
            papers=len(papers),
            records=len(records),
            extracted=extracted,
            external=assembly.external,
            counts=assembly.graph.counts(),
            content_hash=assembly.graph.content_hash(),
            skipped=skipped,
        )
        archive.keep_records(records)
        with open_store(target, namespace=namespace) as store:
            store.write(assembly.graph, _manifest(summary, extractor, papers, min_confidence), tell)
            tell("index", 0, None)
            open_index(store).close()
        write_found(names_file, assembly.merges)
    return summary


def open(graph: str | Path = "graph.lbug", *, namespace: str | None = None) -> Graph:
    """Open a graph that was built, read-only.

    Raises:
        GraphbuilderError: there is none, it cannot be read, or another version wrote it.
    """
    from graphbuilder.stores import open_store

    store = open_store(str(graph), namespace=namespace)
    store.manifest()
    return Graph(store)


class Graph:
    """An open graph: ask it, query it, read it whole. Use it in a ``with`` block, or close it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._asker: Any = None

    def ask(self, question: str, queries: Path | None = None) -> Answer:
        """Answer a question; see :class:`graphbuilder.ask.Answer`."""
        from graphbuilder.ask import Asker

        if self._asker is None or queries is not None:
            self._asker = Asker(self._store, queries)
        answer: Answer = self._asker.ask(question)
        return answer

    def query(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run one read-only Cypher statement."""
        return self._store.run(cypher, parameters)

    def read(self) -> PropertyGraph:
        """The whole graph as records."""
        return self._store.read()

    def to_networkx(self) -> networkx.MultiDiGraph:
        """The whole graph for networkx: nodes by id with their properties, edges keyed by type."""
        from graphbuilder.export import to_networkx

        return to_networkx(self.read())

    def manifest(self) -> dict[str, Any]:
        """What the build noted: counts, sources, versions, content hash."""
        return self._store.manifest()

    def stats(self) -> dict[str, Any]:
        """Counts of all that the graph holds, as ``graphbuilder stats --json`` prints them."""
        from graphbuilder.stats import stats

        return stats(self.read(), self.manifest())

    def viz(self, **options: Any) -> Any:
        """The interactive map; shows itself in a notebook. Options as of :func:`graphbuilder.viz.draw`."""
        from graphbuilder.viz import draw

        return draw(self.read(), **options)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()


def _held(target: str, namespace: str | None) -> int | None:
    """Version of the graph that is there, None if there is none; raises if it cannot be added to."""
    from graphbuilder.schema import VERSION
    from graphbuilder.stores import open_store

    with open_store(target, namespace=namespace) as store:
        held = store.version()
    if held not in (None, VERSION):
        raise GraphbuilderError(
            f"{target} holds a graph of version {held}, this release writes version {VERSION}:"
            " build it anew from all its sources, without --add"
        )
    return held


def _read(
    sources: Sequence[str | Path],
    format: str | None,
    skip: Callable[[Skip], None],
    tell: Progress,
) -> Iterator[Paper]:
    from graphbuilder.sources import read

    for count, record in enumerate(read(sources, format=format, on_skip=skip), 1):
        yield record
        if count % BATCH == 0:
            tell("read", count, None)


def _extract(
    papers: Sequence[Paper],
    extractor: Extractor,
    archive: Any,
    model: str | None,
    workers: int | None,
    tell: Progress,
) -> tuple[list[Statements], int]:
    """Statements of all papers, the known ones from the archive; and how many had to be read."""
    import os

    from graphbuilder.extract import extract as extract_papers

    known = {p.id: archive.statements(p, extractor.version) for p in papers}
    new = [p for p in papers if known[p.id] is None]
    workers = workers or (1 if len(new) < 2000 else os.cpu_count() or 1)
    pending: list[tuple[Paper, Statements]] = []
    found: Iterable[Statements] = (
        extractor.extract(new) if workers == 1 else extract_papers(new, model=model, workers=workers)
    )
    tell("extract", 0, len(new))
    for count, (paper, statements) in enumerate(zip(new, found, strict=True), 1):
        known[paper.id] = statements
        pending.append((paper, statements))
        if len(pending) == BATCH:
            archive.keep_statements(pending, extractor.version)
            pending.clear()
        if count % 16 == 0 or count == len(new):
            tell("extract", count, len(new))
    archive.keep_statements(pending, extractor.version)
    return [s for s in known.values() if s is not None], len(new)


def _manifest(
    summary: Summary, extractor: Extractor, papers: Sequence[Paper], min_confidence: float
) -> dict[str, Any]:
    from importlib.metadata import version

    from graphbuilder.schema import VERSION

    return {
        "schema": VERSION,
        "graphbuilder": version("graphbuilder"),
        "extractor": extractor.version,
        "min_confidence": min_confidence,
        "papers": summary.papers,
        "records": summary.records,
        "skipped": len(summary.skipped),
        "sources": sorted({s for p in papers for s in p.sources}),
        "counts": summary.counts,
        "content_hash": summary.content_hash,
    }
