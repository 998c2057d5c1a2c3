"""Keep a query to one graph of several in a database: each node that it meets carries that graph's label.

The label is added to every node pattern, whether it stands in MATCH, in a subquery, or as an expression. The
nodes that a pattern passes without naming them, as ``-[:CITES*1..3]->`` does, are held to it by a condition
on the whole path; a path that has no name gets one, which :func:`is_hidden` knows again.
"""

from __future__ import annotations

from collections import defaultdict

from graphbuilder.errors import GraphbuilderError
from graphbuilder.stores.guard import OPERATORS, READING, STARTS, Token

_AFTER_PATTERN = READING - {"ALL"}
_AFTER_CONDITION = STARTS | {"UNION", "ORDER", "SKIP", "OFFSET", "LIMIT"}
_KEYWORDS = READING | OPERATORS
_CLOSING = {"(": ")", "[": "]", "{": "}"}
_HIDDEN = "path in scope "
_END = Token("end", "")


def is_hidden(column: str) -> bool:
    """Whether ``RETURN *`` shows that column for a path that the user gave no name."""
    return column.startswith(_HIDDEN)


def scoped(tokens: list[Token], label: str) -> list[Token]:
    """The statement kept to the nodes that have ``label``, otherwise as it was.

    Raises GraphbuilderError for a pattern that cannot be kept to them.
    """
    scope = _Scope(tokens, label)
    scope.clauses(0)
    return scope.result()


class _Scope:
    """A walk over a statement; its methods take the place where something begins, and give its end."""

    def __init__(self, tokens: list[Token], label: str) -> None:
        self._tokens = tokens
        self._label = Token("quoted", f"`{label}`")
        self._before: defaultdict[int, list[Token]] = defaultdict(list)
        self._nodes: set[int] = set()

    def result(self) -> list[Token]:
        """The tokens, with those that the walk added."""
        places = range(len(self._tokens) + 1)
        return [new for i in places for new in (*self._before.get(i, ()), *self._tokens[i : i + 1])]

    def clauses(self, i: int) -> int:
        """Clauses up to the bracket that closes, or to the end."""
        while not self._closes(i):
            i = self._match(i + 1) if self._is_clause(i, {"MATCH"}) else self._step(i)
        return i

    def _match(self, i: int) -> int:
        """Patterns, and the condition on them."""
        paths = []
        while True:
            begin = i
            i, passes = self._pattern(i)
            if passes:
                paths.append(self._path(begin))
            if self._at(i).text != ",":
                break
            i += 1
        condition = " AND ".join(f" all(n IN nodes({path}) WHERE n:{self._label.text})" for path in paths)
        if self._at(i).word == "WHERE":
            start = i = i + 1
            while not (self._closes(i) or self._is_clause(i, _AFTER_CONDITION)):
                i = self._step(i)
            if paths:
                self._add(start, condition + " AND (")
                self._add(i, ")")
        elif paths:
            self._add(i, " WHERE" + condition)
        return i

    def _pattern(self, i: int) -> tuple[int, bool]:
        """One pattern; and whether it passes nodes that it does not name."""
        passes = False
        while not (self._closes(i) or self._at(i).text == "," or self._is_clause(i, _AFTER_PATTERN)):
            if self._at(i).text == "(" and self._is_group(i):
                i, inside = self._pattern(i + 1)
                passes |= inside
                while not self._closes(i):  # a condition of the group's own
                    i = self._step(i)
                i += 1
            elif self._at(i).text == "(":
                self._add_label(i)
                i = self._step(i)
            elif end := self._arrow(i):
                passes |= self._passes(i, end)
                i = end
            else:
                i = self._step(i)
        return i, passes

    def _step(self, i: int) -> int:
        """A token of an expression, or all that a bracket holds."""
        text = self._at(i).text
        if text == "{" and self._at(i - 1).word in ("EXISTS", "COUNT", "COLLECT"):
            return (self.clauses if self._at(i + 1).word in STARTS else self._match)(i + 1) + 1
        if text == "(":
            self._chain(i)
        if text not in _CLOSING or self._at(i).kind != "mark":
            return i + 1
        i += 1
        while not self._closes(i):
            i = self._step(i)
        return i + 1

    def _chain(self, i: int) -> None:
        """Label the nodes of a pattern that stands as an expression, if one begins here."""
        if i in self._nodes or not self._is_node(i):
            return
        while (end := self._arrow(self._close(i) + 1)) and self._is_node(end):
            if self._passes(self._close(i) + 1, end):
                raise GraphbuilderError(
                    "the query is refused: a path of several steps as an expression cannot be kept to this"
                    " graph; write EXISTS { MATCH ... }"
                )
            self._add_label(i)
            self._add_label(end)
            i = end

    def _path(self, begin: int) -> str:
        """The name of the path that begins here; it gets one if it has none."""
        named = self._at(begin + 1).text == "="
        first = self._at(begin + 2 * named)
        if first.kind == "word" and first.word not in ("SHORTESTPATH", "ALLSHORTESTPATHS"):
            raise GraphbuilderError(
                f"the query is refused: after {first.text} such a path cannot be kept to this graph;"
                " write shortestPath((a)-[*]-(b)) or allShortestPaths((a)-[*]-(b))"
            )
        if named:
            return self._at(begin).text
        name = f"`{_HIDDEN}{begin}`"
        self._add(begin, f" {name} =")
        return name

    def _add_label(self, i: int) -> None:
        """Add the label to the node pattern whose bracket opens here."""
        if i in self._nodes:
            return
        self._nodes.add(i)
        start = end = i + 1
        while not (self._at(end).text in (")", "{") or self._at(end).word == "WHERE"):
            end += 1
        label = Token("mark", ":"), self._label
        marks = [token.text for token in self._tokens[start:end] if token.kind == "mark"]
        words = [token.word if token.word == "IS" else token.text for token in self._tokens[start:end]]
        says_is = "IS" in words[:2] and words[-1] != "IS" and ":" not in words
        if says_is or set(marks) & {"|", "&", "!", "%"}:
            labels = start + words.index("IS" if says_is else ":") + 1
            self._before[labels].append(Token("mark", "("))
            label = Token("mark", ")&"), self._label
        self._before[end] += label

    def _add(self, i: int, text: str) -> None:
        self._before[i].append(Token("added", text))

    def _at(self, i: int) -> Token:
        return self._tokens[i] if 0 <= i < len(self._tokens) else _END

    def _closes(self, i: int) -> bool:
        return self._at(i) is _END or (self._at(i).kind == "mark" and self._at(i).text in _CLOSING.values())

    def _close(self, i: int) -> int:
        """The bracket that closes the one that opens here."""
        depth = 0
        while True:
            if self._at(i).kind == "mark":
                depth += (self._at(i).text in _CLOSING) - (self._at(i).text in _CLOSING.values())
            if depth == 0:
                return i
            i += 1

    def _is_clause(self, i: int, words: frozenset[str] | set[str]) -> bool:
        """Whether one of the words stands here, as a word of its own and not as a name."""
        before = self._at(i - 1)
        named = before.text in (".", ":") or before.word in ("AS", "STARTS", "ENDS")
        return self._at(i).word in words and not named

    def _is_group(self, i: int) -> bool:
        """Whether the bracket holds a whole pattern: ``((a)-->(b)){1,3}`` or ``shortestPath((a)-->(b))``."""
        return self._at(i + 1).text == "(" or self._is_call(i)

    def _is_call(self, i: int) -> bool:
        return self._at(i - 1).kind == "word" and self._at(i - 1).word not in _KEYWORDS

    def _is_node(self, i: int) -> bool:
        """Whether a node pattern can begin here."""
        if self._at(i).text != "(" or self._is_call(i):
            return False
        i += 1 + (self._at(i + 1).kind in ("word", "quoted"))
        return self._at(i).text in (")", ":", "{") or self._at(i).word == "WHERE"

    def _arrow(self, i: int) -> int:
        """The end of the arrow that begins here, ``--``, ``-->``, ``<-[...]-`` and so on; 0 if none does."""
        if self._at(i).text not in ("-", "<-"):
            return 0
        i += 1
        if self._at(i).text == "[":
            i = self._close(i) + 1
        return i + 1 if self._at(i).text in ("-", "->") else 0

    def _passes(self, i: int, end: int) -> bool:
        """Whether the arrow may go over several edges: ``-[*1..3]->``, ``-->+`` or ``-->{1,3}``."""
        stars = False
        depth = 0
        for token in self._tokens[i:end]:
            if token.kind == "mark":
                depth += (token.text in _CLOSING) - (token.text in _CLOSING.values())
                stars |= token.text == "*" and depth == 1
        return stars or self._at(end).text in ("{", "+", "*")
