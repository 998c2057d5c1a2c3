"""Questions in plain words, answered from the graph with the sentences that say so."""

from __future__ import annotations

from graphbuilder.ask.answer import Answer, Evidence, Found
from graphbuilder.ask.asker import Asker

__all__ = ["Answer", "Asker", "Evidence", "Found"]
