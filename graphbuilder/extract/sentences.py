"""Sentences of a paper's text: the title is one, then those of the abstract.

The spans tile the text: they are in order, do not overlap, begin and end with a printed character, and
leave out nothing but white space.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence

from graphbuilder.extract.lexicon import listed
from graphbuilder.records import Span

_BORDER = re.compile(
    r"""
    (?P<stop> [.!?…]{1,3} (?:['"”’)\]}]|\\[})]){0,3} ) \s{1,50}
      (?= ['"“‘(\[{*$\\]{0,3} [A-Z0-9Α-Ωα-ω$\\] | [^\W\d_a-z] )
  | (?<=[a-z]{2}) (?P<tight> [.!?] ) (?= [A-Z][a-z]{1,20} [ ,] )    # a missing space after the stop
  | (?P<blank> \n [ \t\r]{0,20} \n )                                # a blank line ends a sentence anyhow
    """,
    re.VERBOSE,
)
_NEXT_WORD = re.compile(r"[^\W\d_]{1,20}")
_LAST_WORD = re.compile(r"[^\s(\[{\"'“‘]{1,20}\Z")


def split(title: str, abstract: str) -> tuple[Span, ...]:
    """Spans of the sentences of ``title + "\\n" + abstract``; time is linear in its length.

    >>> split("On X", "We try X. It works.")
    ((0, 4), (5, 14), (15, 24))
    """
    text = f"{title}\n{abstract}"
    borders = [0, len(title) + 1, *_borders(text, len(title) + 1), len(text)]
    spans = []
    for start, end in itertools.pairwise(borders):
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if left < len(piece):
            spans.append((start + left, start + len(piece.rstrip())))
    return tuple(spans)


def sentence_of(sentences: Sequence[Span], position: int) -> Span:
    """The sentence that holds an offset (the nearest one before it, for white space between two)."""
    if not sentences:
        return (0, 0)
    return sentences[max(0, bisect_right(sentences, (position, 1 << 60)) - 1)]


def _borders(text: str, start: int) -> list[int]:
    borders = []
    for match in _BORDER.finditer(text, start):
        if match["tight"] or match["blank"]:
            borders.append(match.end())
            continue
        if match["stop"].startswith(".") and match["stop"] != "...":
            word = _LAST_WORD.search(text, max(start, match.start() - 20), match.start())
            if word and _is_abbreviation(word.group(), text, match.end()):
                continue
        borders.append(match.end())
    return borders


def _is_abbreviation(word: str, text: str, following: int) -> bool:
    folded = word.lower()
    if folded in _NEVER_LAST:
        return True
    if folded in _MAY_BE_LAST:
        return not text[following].isupper()
    if len(word) == 1 and word.isupper():
        # an initial ("J. Smith"), or the name of a thing ("We try X. It works.")
        start = _NEXT_WORD.match(text, following)
        return start is not None and start.group().lower() not in _STARTS
    return False


_NEVER_LAST = listed("abbreviations", "never last")
_MAY_BE_LAST = listed("abbreviations", "may be last")
_STARTS = listed("abbreviations", "starts a sentence")
