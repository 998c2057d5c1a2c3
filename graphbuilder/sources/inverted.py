"""Abstracts that are stored as an index of words with their places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_LONGEST = 100_000  # words; a place beyond it is an error


def text_of(index: Any) -> str:
    """The text of ``{"word": [place, ...], ...}``; empty for anything else."""
    if not isinstance(index, Mapping):
        return ""
    words: dict[int, str] = {}
    for word, places in index.items():
        for place in places if isinstance(places, list) else ():
            if isinstance(place, int) and place < _LONGEST:
                words[place] = word
    return " ".join([words[place] for place in sorted(words)])
