"""The names file: what the user says of names wins over what assembly finds.

One rule a line; ``#`` begins a comment. Names may hold any character but the separators::

    alias      VIB = Variational Information Bottleneck
    not-alias  Prism | PRISM
    broader    melanoma > skin cancer
    type       pruning : Concept

``build`` writes the merges that it found, with their reasons, below a line that says so; what stands above
that line is the user's and is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from graphbuilder.errors import GraphbuilderError
from graphbuilder.names import key
from graphbuilder.records import ENTITY_TYPES, EntityType

FOUND = "# ---- found by the last build; copy a line above this one to change it ----"
_HEAD = """\
# Names of one thing, and of different things. Your lines stand here and win over what a build finds.
#   alias      SHORT = FULL NAME          one thing
#   not-alias  NAME | OTHER NAME          two things
#   broader    NARROWER > BROADER
#   type       NAME : Method | Dataset | Metric | Concept
"""
_RULE = re.compile(r"^(alias|not-alias|broader|type)\s+(.+?)\s+([=|>:])\s+(.+?)$")
_SIGN = {"alias": "=", "not-alias": "|", "broader": ">", "type": ":"}


@dataclass
class Rules:
    """The user's rules, by key of the names."""

    alias: dict[str, str] = field(default_factory=dict)
    not_alias: set[frozenset[str]] = field(default_factory=set)
    broader: dict[str, str] = field(default_factory=dict)
    type: dict[str, EntityType] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)


def read_rules(path: Path) -> Rules:
    """The user's lines of a names file; no file means no rules.

    Raises:
        GraphbuilderError: for a line that is no rule, with ``file:line``.
    """
    rules = Rules()
    if not path.exists():
        return rules
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith(FOUND):
            break
        rule = line.split(" #")[0].strip()
        if not rule or rule.startswith("#"):
            continue
        match = _RULE.match(rule)
        if not match or _SIGN[match[1]] != match[3]:
            raise GraphbuilderError(
                f"{path}:{number}: not a rule: {rule[:60]!r}; "
                "write one like 'alias VIB = Variational Information Bottleneck'"
            )
        _add(rules, match[1], match[2], match[4], f"{path}:{number}")
    return rules


def write_found(path: Path, found: Iterable[str]) -> None:
    """Write the merges found below the user's own lines, which stay as they are."""
    mine = path.read_text(encoding="utf-8").split(FOUND)[0] if path.exists() else _HEAD + "\n"
    path.write_text(
        mine.rstrip("\n") + "\n\n" + FOUND + "\n" + "".join(f"{line}\n" for line in found), encoding="utf-8"
    )


def _add(rules: Rules, kind: str, left: str, right: str, where: str) -> None:
    a, b = key(left), key(right)
    rules.names.setdefault(a, left)
    if kind == "type":
        if right not in ENTITY_TYPES:
            raise GraphbuilderError(f"{where}: {right!r} is no type; use one of {', '.join(ENTITY_TYPES)}")
        rules.type[a] = right
        return
    rules.names.setdefault(b, right)
    if a == b and kind != "not-alias":
        return
    if kind == "alias":
        rules.alias[a] = b
    elif kind == "broader":
        rules.broader[a] = b
    else:
        rules.not_alias.add(frozenset((a, b)))
