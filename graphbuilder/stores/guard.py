"""The check that Cypher passes before any engine sees it: one statement that can only read.

An engine's own read-only mode is not relied on alone: the embedded one still writes and reads files
through COPY and LOAD FROM, and runs what follows a ``;``. So the text is cut into tokens here and put
together again from those tokens, without its comments: an engine never sees a character that was not
understood here. What is not known to be reading is refused.

A clause can only begin where an expression has just ended. There, a bare word must be an operator or
one of the reading clauses (:data:`READING`); that is what lets nothing else through. Words that name
writing clauses are refused everywhere else too, unless they are plainly a label or a property.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from graphbuilder.errors import GraphbuilderError

#: Longest statement taken, in characters.
MAX_LENGTH = 100_000

#: Deepest brackets taken: the embedded engine takes the process down with it at about a thousand.
MAX_DEPTH = 100


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: How a statement, or a subquery in braces, may begin.
STARTS = _words("MATCH OPTIONAL UNWIND WITH RETURN")

#: Clauses and the words that belong to them.
READING = STARTS | _words(
    "WHERE ORDER BY SKIP OFFSET LIMIT UNION ALL DISTINCT AS ASC ASCENDING DESC DESCENDING"
)

#: Words that may follow an expression and go on with it.
OPERATORS = _words(
    "AND OR XOR NOT IN IS CONTAINS STARTS ENDS NULL CASE WHEN THEN ELSE END SHORTEST TRAIL ACYCLIC"
)

#: Words that end an expression; every other reading word or operator waits for one.
_CLOSING = _words("NULL END ASC ASCENDING DESC DESCENDING")

#: Words that begin a clause of another kind in the middle of a statement.
WRITING = _words(
    "ATTACH CALL COPY CREATE DELETE DETACH DROP EXPORT FINISH FOREACH IMPORT INSERT INSTALL LOAD MERGE"
    " NODETACH REMOVE SET USE USING YIELD"
)

#: Functions with a dot in their name that are known to compute and nothing else.
_FAMILIES = _words("date datetime localdatetime localtime time duration point")

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n]+)
  | (?P<comment>//[^\r\n]*|/\*.*?\*/)
  | (?P<string>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")
  | (?P<quoted>`(?:[^`\\]|``)+`)
  | (?P<parameter>\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+))
  | (?P<number>(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
  | (?P<mark>\.\.|<>|<=|>=|=~|->|<-|[-+*/%^=<>()\[\]{}.,:|&!?;])
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """A piece of a statement: its kind (a group of the pattern above), its text, the space before it."""

    kind: str
    text: str
    space: str = ""

    @property
    def word(self) -> str:
        """The word in capitals, or nothing for a token of another kind."""
        return self.text.upper() if self.kind == "word" else ""


def check(cypher: str) -> list[Token]:
    """The tokens of ``cypher``, without comments, if it is one statement that only reads.

    Raises GraphbuilderError with the reason otherwise.
    """
    tokens = _tokens(cypher)
    if tokens and tokens[-1].text == ";":
        tokens.pop()
    if not tokens:
        raise GraphbuilderError("the query is empty")
    if tokens[0].word not in STARTS:
        raise _refused(
            f"it begins with {tokens[0].text!r}, not with MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN"
        )
    _check_brackets(tokens)
    after_expression = False
    for i, token in enumerate(tokens):
        after_expression = _step(tokens, i, token, after_expression)
    return tokens


def text(tokens: list[Token]) -> str:
    """The statement that the tokens make."""
    return "".join(token.space + token.text for token in tokens)


def parameters(tokens: list[Token]) -> set[str]:
    """Names of the parameters that the statement uses."""
    return {token.text[1:] for token in tokens if token.kind == "parameter"}


def columns(tokens: list[Token], found: list[str]) -> list[str]:
    """Names of the columns as the statement writes them; engines differ on those without AS.

    ``found`` is what the engine calls them, kept where a ``*`` stands for columns that are not written.
    """
    start = max(i for i, token in enumerate(tokens) if token.word == "RETURN") + 1
    start += tokens[start].word == "DISTINCT"
    names: list[str] = []
    item: list[Token] = []
    depth = 0
    for token in [*tokens[start:], Token("mark", ",")]:
        depth += (token.kind == "mark" and token.text in "([{") - (
            token.kind == "mark" and token.text in ")]}"
        )
        ends = not depth and token.word in ("ORDER", "SKIP", "OFFSET", "LIMIT", "UNION") and item
        if ends or (not depth and token.text == ","):
            names.append(_column(item))
            item = []
            if ends:
                break
        else:
            item.append(token)
    return names if len(names) == len(found) and "*" not in names else found


def _column(item: list[Token]) -> str:
    if len(item) > 2 and item[-2].word == "AS":
        name = item[-1].text
        return name[1:-1].replace("``", "`") if item[-1].kind == "quoted" else name
    return text(item).strip()


def check_parameters(tokens: list[Token], given: Mapping[str, object]) -> None:
    """Raise unless every parameter has a value: an engine may take a missing one as null."""
    missing = sorted(parameters(tokens) - set(given))
    if missing:
        raise GraphbuilderError(f"the query needs a value for {', '.join('$' + name for name in missing)}")


def _tokens(cypher: str) -> list[Token]:
    if len(cypher) > MAX_LENGTH:
        raise GraphbuilderError(
            f"the query is longer than {MAX_LENGTH:,} characters: pass values as parameters"
        )
    if re.search(r"\\[uU]", cypher):
        # one engine decodes these before it looks for the end of a string
        raise GraphbuilderError(r"the query has a \u escape: write the character itself, or pass a parameter")
    if "\0" in cypher:
        raise GraphbuilderError("the query has a NUL character: pass values as parameters")
    tokens: list[Token] = []
    space = ""
    at = 0
    while at < len(cypher):
        found = _TOKEN.match(cypher, at)
        if found is None or (found[0] == "/" and cypher.startswith("/*", at)):
            raise GraphbuilderError(_unreadable(cypher, at))
        kind = found.lastgroup or ""
        if kind == "number" and cypher[found.end() : found.end() + 1] == "." != cypher[found.end() + 1 :][:1]:
            raise GraphbuilderError(f"the query has a number that ends in a point: {found[0]}.")
        if kind in ("space", "comment"):
            space += found[0] if kind == "space" else " "
        else:
            tokens.append(Token(kind, found[0], space))
            space = ""
        at = found.end()
    return tokens


def _unreadable(cypher: str, at: int) -> str:
    rest = cypher[at]
    if rest in "'\"`" or cypher.startswith("/*", at):
        what = "a comment" if rest == "/" else "a quote"
        return f"the query opens {what} at character {at + 1} that it never closes"
    return f"the query has {rest!r} at character {at + 1}, outside of any quotes"


def _check_brackets(tokens: list[Token]) -> None:
    closing = {"(": ")", "[": "]", "{": "}"}
    waiting: list[str] = []
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text in closing:
            waiting.append(closing[token.text])
            if len(waiting) > MAX_DEPTH:
                raise GraphbuilderError(f"the query has brackets more than {MAX_DEPTH} deep")
        elif token.text in closing.values() and (not waiting or waiting.pop() != token.text):
            raise GraphbuilderError(f"the query has a {token.text!r} that closes nothing")
    if waiting:
        raise GraphbuilderError(f"the query lacks a {waiting[-1]!r}")


def _step(tokens: list[Token], i: int, token: Token, after_expression: bool) -> bool:
    """Whether an expression has ended with this token; raises if the token may not stand here."""
    before = tokens[i - 1] if i else Token("", "")
    if token.kind == "mark":
        return _step_mark(tokens, i, token, before)
    if token.kind == "word":
        if before.kind == "mark" and before.text in (".", ":"):
            _check_family(tokens, i)
            return True
        return _step_word(token, before, after_expression)
    if after_expression:
        raise _refused(f"{token.text} follows {before.text!r} with no operator between")
    return True


def _step_mark(tokens: list[Token], i: int, token: Token, before: Token) -> bool:
    if token.text == ";":
        raise _refused("it holds more than one statement")
    if token.text == "{" and before.word in ("EXISTS", "COUNT", "COLLECT"):
        following = tokens[i + 1]
        if following.word not in STARTS and following.kind == "word":
            raise _refused(f"a subquery begins with {following.text!r}")
    if token.text == "*":
        # a star that stands for everything ends an expression, one that multiplies does not
        return (before.kind == "word" and before.word in READING) or before.text in ("(", ".")
    return token.text in (")", "]", "}")


def _step_word(token: Token, before: Token, after_expression: bool) -> bool:
    word = token.word
    if word in WRITING:
        raise _refused(f"{word} is no reading clause (if it is a name, put it between backticks)")
    if before.word == "AS":
        return True
    if word in READING or word in OPERATORS:
        return word in _CLOSING
    if after_expression:
        raise _refused(f"{token.text!r} is no reading clause")
    return True


def _check_family(tokens: list[Token], i: int) -> None:
    """Refuse ``a.b(`` unless ``a`` is a family of functions that compute and nothing else."""
    if i + 1 < len(tokens) and tokens[i + 1].text == "(" and tokens[i - 1].text == ".":
        family = tokens[i - 2].text.lower() if i > 1 else ""
        if family not in _FAMILIES or (i > 2 and tokens[i - 3].text == "."):
            raise _refused(f"the function {family}.{tokens[i].text} is not known to read alone")


def _refused(why: str) -> GraphbuilderError:
    return GraphbuilderError(f"the query is refused, only one reading statement is run: {why}")
