"""Standard Cypher as the embedded engine wants it, where it would fail or silently answer otherwise.

The engine counts from 1 where the standard counts from 0, cannot read ``end`` as a name, forgets the order
of ``WITH ... ORDER BY ... LIMIT`` when nothing but an aggregate follows. Its other gaps are errors that say
what is missing, and stay.
"""

from __future__ import annotations

from collections import defaultdict

from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores.guard import OPERATORS, READING, Token

#: Longer than any string: the third argument of substring, which the engine does not leave out.
_REST = 1_000_000_000


def embedded(tokens: list[Token], limit: int) -> str:
    """The statement for the embedded engine, which gives at most one row more than ``limit``.

    Raises GraphbuilderError for a list's index, which means another element there.
    """
    added: defaultdict[int, list[str]] = defaultdict(list)
    for i, token in enumerate(tokens):
        if token.text == "[" and i and _ends_value(tokens[i - 1]):
            raise GraphbuilderError(
                "the query is refused: the embedded engine counts a list's elements from 1, Neo4j from 0;"
                " write head(list), last(list) or UNWIND, which mean the same on both"
            )
        if token.word == "SUBSTRING" and tokens[i + 1 : i + 2] and tokens[i + 1].text == "(":
            _count_from_one(tokens, i + 1, added)
    for place in _ordered(tokens):
        # a clause between the two keeps the engine from dropping the order
        added[place].append(f" UNWIND [1] AS `_{place}`")
    statement = "".join(
        "".join(added[i]) + token.space + (f"`{token.text}`" if _is_name(tokens, i) else token.text)
        for i, token in enumerate(tokens)
    )
    last = max((i for i, token in enumerate(tokens) if token.word == "RETURN"), default=0)
    words = {token.word for token in tokens[last:]}
    if "LIMIT" not in words and "UNION" not in {token.word for token in tokens}:
        # the engine gathers all rows before it gives the first
        statement += f"\nLIMIT {limit + 1}"
    return statement


def _is_name(tokens: list[Token], i: int) -> bool:
    """Whether the word is ``end`` where only a name can stand."""
    return i > 0 and tokens[i].word == "END" and (tokens[i - 1].text == "." or tokens[i - 1].word == "AS")


def _ends_value(token: Token) -> bool:
    if token.kind == "mark":
        return token.text in (")", "]", "}")
    return token.kind != "word" or token.word not in READING | OPERATORS


def _count_from_one(tokens: list[Token], opening: int, added: defaultdict[int, list[str]]) -> None:
    """Add one to the second argument of ``substring(x, start, length)``, and a length if there is none."""
    depth, commas, i = 0, [], opening
    while True:
        depth += (tokens[i].text in ("(", "[", "{")) - (tokens[i].text in (")", "]", "}"))
        if depth == 0:
            break
        if depth == 1 and tokens[i].text == ",":
            commas.append(i)
        i += 1
    if commas:
        added[commas[0] + 1].append(" 1 + (")
        added[commas[1] if len(commas) > 1 else i].append(")" if len(commas) > 1 else f"), {_REST}")


def _ordered(tokens: list[Token]) -> list[int]:
    """Places of the RETURN or WITH that directly follow an ordered WITH."""
    places = []
    depth = 0
    #: for each depth of brackets, whether a WITH is open there, and whether it has an order
    state: dict[int, str] = {}
    for i, token in enumerate(tokens):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        before = tokens[i - 1] if i else Token("", "")
        if token.text in ("(", "[", "{"):
            state.pop(depth, None)
        if token.kind != "word" or before.text in (".", ":") or before.word in ("AS", "STARTS", "ENDS"):
            continue
        if token.word in ("RETURN", "WITH"):
            if state.get(depth) == "ordered" and tokens[i + 1].text != "*":
                places.append(i)
            state[depth] = "open" if token.word == "WITH" else ""
        elif token.word == "ORDER" and state.get(depth) == "open":
            state[depth] = "ordered"
        elif token.word in ("MATCH", "UNWIND", "OPTIONAL", "UNION"):
            state[depth] = ""
    return places
