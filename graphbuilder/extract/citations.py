"""Works that a text cites by author and year: "Steinke & Zakynthinou (2020)", "[Song et al., 2022]"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graphbuilder.extract.lexicon import listed
from graphbuilder.records import Citation

_NAME = (
    r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]el|[Dd]er|[Dd]en|[Dd]i|[Dd]a|[Ll]e|[Ll]a|al|El)[ -]){0,2}"
    r"[^\W\d_a-z][^\W\d_]{0,25}(?:[-’'](?!s\b)[^\W\d_]{1,25}){0,2}"
)
_YEAR = r"(?:19[3-9]\d|20[0-4]\d)[a-z]?(?![\w-])"
_VENUE = r"(?:(?:[A-Z]{2,8}|NeurIPS|AIStats|arXiv)[’' ])?"
_CITATION = re.compile(
    rf"(?<![\w.-])(?P<authors>{_NAME}(?:,\ {_NAME}){{0,5}}(?:,?\ (?:and|&|\\&)\ {_NAME})?)"
    r"(?P<others>,?\ (?:et|at)\.?\ al\b\.?,?)?(?:['’]s)?[,:]?\s?"
    rf"(?P<open>[(\[])?{_VENUE}(?P<years>{_YEAR}(?:,\ ?(?:{_YEAR}|[a-z](?!\w))){{0,3}})(?P<close>[)\]])?"
)
_A_YEAR = re.compile(r"(?<!\d)(?:19[3-9]|20[0-4])\d")
#: No authors stand further before their year than this many characters.
_REACH = 200


def find(text: str) -> tuple[Citation, ...]:
    """Every citation in order of place, one for each year that is named."""
    return tuple(_all(text))


def _all(text: str) -> Iterator[Citation]:
    for match in _matches(text):
        authors = [name for name in re.split(r",? (?:and|\\?&) |, ", match["authors"]) if name]
        authors = [name.removesuffix("'s").removesuffix("’s") for name in authors]
        # "Recently, Heng & Jacob (2019)", "Following Wong (2020)": words before the names are no authors
        start = match.start("authors")
        while authors and _is_no_author(authors[0]) and len(authors) > 1:
            start = text.index(authors[1], start + len(authors[0]))
            authors = authors[1:]
        inside = _in_brackets(text, match.start())
        bracketed = bool(match["open"])
        if not authors or any(map(_is_no_author, authors)):
            continue
        if not match["others"] and not bracketed and not inside:
            continue
        if len(authors) == 1 and not match["others"] and any(c.isupper() for c in authors[0][-2:]):
            continue  # an acronym: "MNIST (1998)"
        closes = match["close"] if bracketed else None
        end = match.end() if closes else match.end("years")
        for year in re.findall(r"(?:19|20)\d\d", match["years"]):
            yield Citation(tuple(authors), int(year), (start, end))


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Matches of the pattern, tried only where a year is near: most texts have none."""
    done = 0
    for year in _A_YEAR.finditer(text):
        if year.start() < done:
            continue
        for match in _CITATION.finditer(text, max(done, year.start() - _REACH), year.end() + 40):
            yield match
            done = match.end()
        done = max(done, year.end())


def _is_no_author(name: str) -> bool:
    return name.lower() in listed("not_authors") or len(name) < 2


def _in_brackets(text: str, start: int) -> bool:
    """Whether an opened bracket stands before, within reach and not closed."""
    before = text[max(0, start - 300) : start]
    return max(before.rfind("("), before.rfind("[")) > max(before.rfind(")"), before.rfind("]"))
