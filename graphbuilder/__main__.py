"""``python -m graphbuilder``."""

from graphbuilder.cli import run

run()
