"""What goes wrong in a way that a user can mend."""

from __future__ import annotations


class GraphbuilderError(Exception):
    """A run that cannot go on: one line that says what is wrong and what to do. Exit code 1."""
