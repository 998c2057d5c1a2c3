"""graphbuilder: a citation and knowledge graph from paper abstracts.

>>> import graphbuilder
>>> summary = graphbuilder.build(["papers.txt"], "graph.lbug")    # doctest: +SKIP
>>> graph = graphbuilder.open("graph.lbug")                       # doctest: +SKIP
>>> graph.ask("which papers use VIB for pruning").answers         # doctest: +SKIP
>>> graph.to_networkx()                                           # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphbuilder.errors import GraphbuilderError

if TYPE_CHECKING:
    from graphbuilder.api import Graph, Summary, build, open

__all__ = ["Graph", "GraphbuilderError", "Summary", "build", "open"]


def __getattr__(name: str) -> Any:
    """Load the Python face on first use: the command line starts without it."""
    if name in __all__:
        from graphbuilder import api

        return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
