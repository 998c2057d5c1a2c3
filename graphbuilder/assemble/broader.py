"""BROADER edges: from a narrower thing to the broader one that its name ends in, or its family.

"post-training quantization" is narrower than "quantization" because a name's last words say what kind of
thing it is; "LLaMA-2-7B" is a variant of "LLaMA-2" because a version or size behind a name makes a variant.
Each entity has one broader one at most and no cycle arises: the result is a forest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from graphbuilder.assemble.entities import Node
from graphbuilder.assemble.ledger import word_list
from graphbuilder.assemble.rules import Rules
from graphbuilder.names import is_short_form, joined, key, words

_VARIANT = re.compile(
    r"^(.{3,}?)[-\s/]?\(?(?:v?\d+(?:\.\d+)*(?:[KMBkmb]|x\d+[KMB])?|base|large|small|tiny|mini|xl|XL)\)?$"
)
_TAIL = "its name ends so"
_DIGIT = re.compile(r"\d")


def broader(nodes: Mapping[str, Node], rules: Rules) -> list[tuple[str, str, str]]:
    """The edges as (narrower id, broader id, reason), in order."""
    by_key: dict[str, str] = {}
    for node in sorted(nodes.values(), key=lambda n: (-len(n.papers), n.id)):
        if not node.ambiguous and "~" not in node.id:
            for form in node.forms:
                by_key.setdefault(key(form), node.id)
    parent: dict[str, tuple[str, str]] = {}
    for node in sorted(nodes.values(), key=lambda n: n.id):
        for k, reason in _candidates(node, rules):
            other = by_key.get(k)
            if other is None or other == node.id or _leads_to(other, node.id, parent):
                continue
            if reason != "your rule" and not _may_join(node, nodes[other]):
                continue
            if reason == _TAIL and _is_acronym(nodes[other], k) and not _ends_short(node.name):
                continue  # "distribution shift" is no kind of the system "SHIFT"
            parent[node.id] = (other, reason)
            break
    return [(child, other, reason) for child, (other, reason) in sorted(parent.items())]


def _candidates(node: Node, rules: Rules) -> Iterable[tuple[str, str]]:
    """Keys of names that would be broader, the best first."""
    for form in node.forms if rules.broader else ():
        if key(form) in rules.broader:
            yield rules.broader[key(form)], "your rule"
    if is_short_form(node.name) or _DIGIT.search(node.name):
        match = _VARIANT.match(node.name)
        if match:
            yield key(match[1]), "a version or size of it"
    parts = _parts(node.name)
    folded = [words(part) for part in parts]
    for at in range(1, len(parts)):
        tail = [word for part in folded[at:] for word in part]
        if tail and not (len(tail) == 1 and tail[0] in word_list("vague")):
            yield joined(tail), _TAIL


def _is_acronym(node: Node, k: str) -> bool:
    """Whether all forms of a node that have this key are written as an acronym."""
    return all(is_short_form(form) for form in node.forms if key(form) == k)


def _ends_short(name: str) -> bool:
    return is_short_form(name.replace("-", " ").split()[-1])


def _parts(name: str) -> list[str]:
    """The words of a name; a hyphen separates too, but not behind a prefix ("post-training" is one word)."""
    parts: list[str] = []
    for word in name.split():
        pieces = word.split("-")
        while len(pieces) > 1 and pieces[0].casefold() in word_list("prefix"):
            pieces[:2] = [f"{pieces[0]}-{pieces[1]}"]
        parts += [p for p in pieces if p]
    # a name with a function word in it is no compound: its last word is not what kind of thing it is
    return parts if not set(map(str.casefold, parts)) & word_list("small") else []


def _may_join(node: Node, other: Node) -> bool:
    """A metric is no kind of method, and a dataset is a kind of a dataset alone."""
    labels = {node.label, other.label}
    return len(labels) == 1 or labels == {"Method", "Concept"}


def _leads_to(start: str, goal: str, parent: Mapping[str, tuple[str, str]]) -> bool:
    while start in parent:
        start = parent[start][0]
        if start == goal:
            return True
    return False
