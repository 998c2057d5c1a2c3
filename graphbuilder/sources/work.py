"""One record of a work, from the loose fields that a reader finds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from graphbuilder.records import Paper
from graphbuilder.sources import dates, identifiers
from graphbuilder.sources.text import clean, damaged, folded


class UnusableError(Exception):
    """A record that makes no paper: why, and what to do."""


def work(
    source: str,
    *,
    title: Any,
    abstract: Any = None,
    year: Any = None,
    date: Any = None,
    venue: Any = None,
    url: Any = None,
    doi: Any = None,
    arxiv_id: Any = None,
    authors: Iterable[Any] = (),
    references: Iterable[str] = (),
    other_ids: Iterable[str] = (),
    partial: bool = False,
) -> Paper:
    """A paper of ``source`` with its fields cleaned and its id derived from them.

    Values may be of any type; what is none of the type that a field needs is left out. A ``partial``
    record need not have a title or an abstract: it adds to the works that share one of its ids (see
    :func:`graphbuilder.sources.merge`). Raises :class:`UnusableError` for any other record that lacks them.
    """
    if damaged(title) or damaged(abstract):
        raise UnusableError("not valid UTF-8; save the file as UTF-8")
    title, abstract = clean(title), clean(abstract)
    url = clean(url) or None
    arxiv_id = identifiers.arxiv(arxiv_id) or identifiers.arxiv(doi) or identifiers.arxiv(url)
    doi = identifiers.doi(doi) or identifiers.doi(url)
    names = list(dict.fromkeys(i for i in (*other_ids, identifiers.of_url(url)) if i))
    if not partial:
        if not title:
            raise UnusableError("no title; give it one or leave it out")
        if not abstract:
            raise UnusableError("no abstract; add one or leave the record out")
    elif not (title or doi or arxiv_id or names):
        raise UnusableError("neither a title nor an id; it says nothing of any work")
    date = dates.iso(date)
    return Paper(
        id=work_id(doi, arxiv_id, title, names),
        title=title,
        abstract=abstract,
        year=dates.year(year) or (int(date[:4]) if date else None),
        date=date,
        venue=clean(venue) or None,
        url=url,
        doi=doi,
        arxiv_id=arxiv_id,
        authors=tuple(name for a in authors if (name := clean(a))),
        sources=(source,),
        references=tuple(dict.fromkeys(references)),
        other_ids=tuple(names),
    )


def title_id(*parts: str) -> str:
    """The id of a work that is known by its title alone (and by what tells it from its namesakes)."""
    return "title:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def work_id(doi: str | None, arxiv_id: str | None, title: str, names: Sequence[str]) -> str:
    """The id of a work: its DOI, its arXiv id, a hash of its title, or the first of its other names."""
    if doi:
        return f"doi:{doi}"
    if arxiv_id:
        return f"arxiv:{arxiv_id}"
    return title_id(folded(title)) if title else names[0]
