"""The map: the graph, or a part of it, as one interactive HTML file."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from graphbuilder.errors import GraphbuilderError
from graphbuilder.garbage import uncollected
from graphbuilder.records import PropertyGraph
from graphbuilder.viz.scene import LEVELS, Level

__all__ = ["LEVELS", "Level", "Map", "draw"]


class Map(str):
    """The HTML of a map; shows itself in a notebook."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        frame = "width:100%;height:640px;border:1px solid #8884;border-radius:8px"
        rights = "allow-scripts allow-downloads allow-popups"
        return f'<iframe title="Map" sandbox="{rights}" style="{frame}" srcdoc="{escape(self)}"></iframe>'


def draw(
    graph: PropertyGraph,
    *,
    level: Level | None = None,
    about: str | None = None,
    path: tuple[str, str] | None = None,
    answer: Mapping[str, Any] | None = None,
    limit: int | None = None,
) -> Map:
    """A self-contained page that shows the graph.

    Without a choice the whole graph, at a ``level`` (``community``, ``entity``, ``paper``) that suits its
    size. ``about`` names an entity or a paper to show with its surroundings, ``path`` two names to connect,
    ``answer`` is the answer to a question as :meth:`graphbuilder.ask.Answer.to_json` gives it. ``limit`` is
    the largest number of nodes. The same graph and choice give the same page. Raises GraphbuilderError for a
    name that is not in the graph, and for an empty graph.
    """
    from graphbuilder.viz import scene
    from graphbuilder.viz.atlas import Atlas
    from graphbuilder.viz.page import render

    with uncollected():
        atlas = Atlas(graph)
        size = {"limit": limit} if limit else {}
        if about is not None:
            chosen = scene.about(atlas, about, **size)
        elif path is not None:
            chosen = scene.path(atlas, *path)
        elif answer is not None:
            chosen = scene.answer(atlas, answer, **size)
        else:
            chosen = scene.overview(atlas, level, **size)
        if not chosen.nodes:
            raise GraphbuilderError(
                "nothing to draw: no two things in this graph are linked; try --level paper"
            )
        return Map(render(atlas, chosen))
