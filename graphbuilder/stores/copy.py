"""A graph from one store to another."""

from __future__ import annotations

from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores import Progress, Store


def copy(source: Store, target: Store, progress: Progress | None = None) -> tuple[dict[str, int], str]:
    """Make ``target`` hold what ``source`` holds; gives the counts and the content hash of both.

    Raises:
        GraphbuilderError: there is no graph to copy, it cannot be written, or what comes back is not what
            was sent.
    """
    manifest = source.manifest()
    graph = source.read()
    counts, content_hash = graph.counts(), graph.content_hash()
    target.write(graph, manifest, progress)
    del graph  # a large one need not be in memory twice
    back = target.read()
    if back.counts() != counts or back.content_hash() != content_hash:
        raise GraphbuilderError(f"the copy in {target.uri} differs from {source.uri}: copy it again")
    return counts, content_hash
