"""The graph for people in a browser and for assistants: the same JSON as the command line, read-only."""

from __future__ import annotations

from graphbuilder.serve.desk import Desk

__all__ = ["Desk"]
