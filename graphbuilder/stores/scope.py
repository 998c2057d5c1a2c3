"""Keep a query to one graph of several in a database: each node it matches carries that graph's label."""

from __future__ import annotations

from graphbuilder.stores.guard import OPERATORS, READING, STARTS, Token

_AFTER_PATTERN = READING - {"MATCH", "ALL"}
_KEYWORDS = READING | OPERATORS
_CLOSING = (")", "]", "}")


def scoped(tokens: list[Token], label: str) -> list[Token]:
    """The statement with ``label`` added to every node of its MATCH patterns, otherwise as it was."""
    result: list[Token] = []
    adding: dict[int, list[Token]] = {}
    # what is open around a token: a "pattern" where nodes stand, a "clause" of another kind, or "inside"
    # the brackets of something that is neither
    around = ["clause"]
    for i, token in enumerate(tokens):
        before = tokens[i - 1] if i else Token("", "")
        result += adding.pop(i, [])
        result.append(token)
        if token.kind == "word" and before.text not in (".", ":"):
            if around[-1] != "inside" and token.word in READING:
                around[-1] = "clause" if token.word in _AFTER_PATTERN else "pattern"
        elif token.kind != "mark":
            continue
        elif token.text == "{" and before.word in ("EXISTS", "COUNT", "COLLECT"):
            around.append("clause" if tokens[i + 1].word in STARTS else "pattern")
        elif token.text == "(" and around[-1] == "pattern" and not _is_group(tokens, i):
            around.append("inside")
            for place, added in _additions(tokens, i + 1, label):
                adding.setdefault(place, []).extend(added)
        elif token.text == "(":
            around.append("pattern" if around[-1] == "pattern" else "inside")
        elif token.text in ("[", "{"):
            around.append("inside")
        elif token.text in _CLOSING:
            around.pop()
    return result


def _is_group(tokens: list[Token], i: int) -> bool:
    """Whether the bracket holds a whole pattern: ``((a)-->(b)){1,3}`` or ``shortestPath((a)-->(b))``."""
    before = tokens[i - 1]
    return tokens[i + 1].text == "(" or (before.kind == "word" and before.word not in _KEYWORDS)


def _additions(tokens: list[Token], start: int, label: str) -> list[tuple[int, list[Token]]]:
    """What to put before which token so that the node pattern from ``start`` on has the label too."""
    end = start
    while not (tokens[end].text in (")", "{") or tokens[end].word == "WHERE"):
        end += 1
    ours = Token("quoted", f"`{label}`")
    marks = [token.text for token in tokens[start:end] if token.kind == "mark"]
    if not set(marks) & {"|", "&", "!", "%"}:
        return [(end, [Token("mark", ":"), ours])]
    labels = start + [token.text for token in tokens[start:end]].index(":") + 1
    return [(labels, [Token("mark", "(")]), (end, [Token("mark", ")"), Token("mark", "&"), ours])]
