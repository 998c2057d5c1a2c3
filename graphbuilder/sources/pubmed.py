"""The XML of PubMed: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates, identifiers, xml_records
from graphbuilder.sources.source import Source
from graphbuilder.sources.work import work
from graphbuilder.sources.xml_records import text

ROOTS = frozenset(("PubmedArticleSet", "PubmedArticle", "MedlineCitationSet", "PubmedBookArticleSet"))


def read(source: Source) -> Iterator[Paper | Skip]:
    """The articles and book chapters of a set."""
    return xml_records.papers(source, {"PubmedArticle": _article, "PubmedBookArticle": _article})


def _article(record: Element, known: dict[str, Any]) -> Iterator[Paper]:
    article = record.find("MedlineCitation/Article")
    if article is None:
        article = record.find("BookDocument")
    if article is None:
        article = record
    own = {i.get("IdType"): text(i).strip() for i in record.findall("PubmedData/ArticleIdList/ArticleId")}
    pmid = text(record, "MedlineCitation/PMID").strip() or text(article, "PMID").strip()
    located = {i.get("EIdType"): text(i).strip() for i in article.findall("ELocationID")}
    date = _date(article.find("ArticleDate")) or _date(article.find("Journal/JournalIssue/PubDate"))
    year = text(article, "Journal/JournalIssue/PubDate") or text(article, "Book/PubDate")
    yield work(
        known["source"],
        title=_title(text(article, "ArticleTitle") or text(article, "VernacularTitle")),
        abstract=_abstract(article),
        year=dates.year(year) or dates.year(date),
        date=date,
        venue=text(article, "Journal/Title") or text(article, "Book/BookTitle"),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdecimal() else None,
        doi=own.get("doi") or located.get("doi"),
        authors=[_name(author) for author in article.findall("AuthorList/Author")],
        references=filter(None, map(_cited, record.findall("PubmedData/ReferenceList/Reference"))),
        other_ids=[f"pmid:{pmid}"] if pmid.isdecimal() else (),
    )


def _title(printed: str) -> str:
    """A title without the full stop at its end and the brackets that mark a translated one."""
    title = printed.strip()
    if title.endswith(".") and not title.endswith(".."):
        title = title[:-1]
    return title[1:-1] if title.startswith("[") and title.endswith("]") else title


def _abstract(article: Element) -> str:
    """The parts of an abstract, each with its label: "METHODS: We ..."."""
    parts = []
    for part in article.findall("Abstract/AbstractText"):
        label, said = part.get("Label"), text(part).strip()
        if said:
            parts.append(f"{label}: {said}" if label and label != "UNLABELLED" else said)
    return " ".join(parts)


def _name(author: Element) -> str:
    names = (
        text(author, "ForeName") or text(author, "Initials"),
        text(author, "LastName"),
        text(author, "Suffix"),
    )
    return " ".join(name for name in names if name) or text(author, "CollectiveName")


def _date(element: Element | None) -> str | None:
    """The day of an element with a year, a month (number or name) and a day."""
    year, month, day = (text(element, part).strip() for part in ("Year", "Month", "Day"))
    number = dates.MONTHS.get(month.lower()) or (int(month) if month.isdecimal() and len(month) < 3 else 0)
    if not (year.isdecimal() and len(year) == 4 and number and day.isdecimal() and len(day) < 3):
        return None
    return dates.day(int(year), number, int(day))


def _cited(reference: Element) -> str | None:
    """The id of a work in the list of references, its DOI if it has one."""
    ids = {i.get("IdType"): (i.text or "").strip() for i in reference.iter("ArticleId")}
    name = identifiers.known(ids.get("doi"))
    return name or (f"pmid:{ids['pubmed']}" if ids.get("pubmed", "").isdecimal() else None)
