"""The word lists of ``data/``: one entry a line, ``#`` comments, ``[section]`` lines between lists."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of ``data/NAME.txt`` by section, in the order of the file; lines before any are under ""."""
    found: dict[str, list[str]] = {}
    current = found.setdefault("", [])
    for line in files("graphbuilder.extract").joinpath("data", f"{name}.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {section: tuple(words) for section, words in found.items()}


@cache
def listed(name: str, section: str = "") -> frozenset[str]:
    """One list as a set."""
    return frozenset(sections(name)[section])
