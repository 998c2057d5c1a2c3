"""CITES edges: from reference lists, from citations in the text, and from names.

A paper that names what another paper of the corpus introduces leans on it, whether or not a reference list
says so. No paper cites itself, and none cites what came after it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphbuilder.names import is_proper_name, key
from graphbuilder.records import Paper, Row, Statements

#: A name that so many papers introduce belongs to none of them.
MANY = 2


def citations(
    papers: Sequence[Paper],
    statements: Mapping[str, Statements],
    mention_edges: Mapping[tuple[str, str], tuple[str, Row]],
    names: Mapping[str, str],
) -> list[Row]:
    """The edges as rows, one for each pair of papers.

    ``mention_edges`` maps (paper id, entity id) to its role and edge row, ``names`` entity ids to names.
    A reference list comes before a citation in the text, and that before a name.
    """
    by_id = {p.id: p for p in papers}
    rows: dict[tuple[str, str], Row] = {}

    def add(
        source: str, target: str, provenance: str, sentence: str | None, start: int | None, end: int | None
    ) -> None:
        if source != target and (source, target) not in rows and not _forward(by_id[source], by_id[target]):
            rows[source, target] = {
                "source": source,
                "target": target,
                "provenance": provenance,
                "sentence": sentence,
                "start": start,
                "end": end,
            }

    alias = {other: p.id for p in papers for other in (p.id, *p.other_ids)}
    for paper in papers:
        for reference in paper.references:
            if reference in alias:
                add(paper.id, alias[reference], "reference list", None, None, None)
    authored = _by_author_and_year(papers)
    for paper in papers:
        for citation in statements[paper.id].citations if paper.id in statements else ():
            found = authored.get((tuple(key(a) for a in citation.authors[:1]), citation.year), [])
            found = [q for q in found if _authors_fit(citation.authors, by_id[q])]
            if len(found) == 1:
                start, end = citation.span
                add(paper.id, found[0], "text", _sentence(paper, statements[paper.id], start), start, end)
    introducers = defaultdict(list)
    for (paper_id, entity), (role, _) in sorted(mention_edges.items()):
        if role == "introduces":
            introducers[entity].append(paper_id)
    for (paper_id, entity), (role, row) in sorted(mention_edges.items()):
        owners = introducers.get(entity, [])
        if (
            role == "introduces"
            or len(owners) >= MANY
            or not owners
            or not _is_title_name(names[entity], by_id[owners[0]])
        ):
            continue
        add(paper_id, owners[0], "name", row["sentence"], row["start"], row["end"])
    return [rows[pair] for pair in sorted(rows)]


def external(papers: Sequence[Paper]) -> list[Paper]:
    """The works that reference lists name and the corpus does not hold, in order, with the id for a title."""
    held = {name for p in papers for name in (p.id, *p.other_ids)}
    named = {reference for p in papers for reference in p.references} - held
    return [Paper(id=reference, title=reference) for reference in sorted(named)]


def _forward(paper: Paper, cited: Paper) -> bool:
    """Whether the cited work is known to have come after the paper."""
    if paper.date and cited.date:
        return cited.date > paper.date
    return bool(paper.year and cited.year and cited.year > paper.year)


def _is_title_name(name: str, paper: Paper) -> bool:
    """Whether a title gives the name to the paper's work: "NAME: ...", or a name that is no common word."""
    head, colon, _ = paper.title.partition(":")
    return (bool(colon) and key(name) == key(head)) or (is_proper_name(name) and name in paper.title)


def _by_author_and_year(papers: Sequence[Paper]) -> dict[tuple[tuple[str, ...], int], list[str]]:
    index: dict[tuple[tuple[str, ...], int], list[str]] = defaultdict(list)
    for paper in papers:
        if paper.authors and paper.year:
            # a preprint of one year is often cited by the year of its publication
            for year in (paper.year - 1, paper.year, paper.year + 1):
                index[(key(_last_name(paper.authors[0])),), year].append(paper.id)
    return index


def _authors_fit(cited: Sequence[str], paper: Paper) -> bool:
    lasts = [key(_last_name(a)) for a in paper.authors]
    return all(key(a) in lasts for a in cited)


def _last_name(author: str) -> str:
    """ "Song" of "Yang Song" and of "Song, Yang"."""
    family, comma, _ = author.partition(",")
    return family if comma else (author.split() or [""])[-1]


def _sentence(paper: Paper, statements: Statements, at: int) -> str | None:
    for start, end in statements.sentences:
        if start <= at < end:
            return paper.text[start:end]
    return None
