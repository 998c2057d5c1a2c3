"""Abstracts that are stored as an index of words with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 100_000  # words; a place beyond it is an error


def text_of(index: Any) -> str:
    """The text of ``{"word": [place, ...], ...}``; empty for anything else."""
    if not isinstance(index, Mapping):
        return ""
    words = [
        (place, word)
        for word, places in index.items()
        if isinstance(places, list)
        for place in places
        if isinstance(place, int) and 0 <= place < _LONGEST
    ]
    return " ".join(word for _, word in sorted(words))
