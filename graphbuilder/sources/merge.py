"""One paper a work: records that share an identifier, or a title and what else both know, become one."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import dates
from graphbuilder.sources.text import folded
from graphbuilder.sources.work import title_id, work_id

_FIELDS = ("title", "abstract", "venue", "url", "doi", "arxiv_id", "authors", "references")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))


def merge(records: Iterable[Paper], on_skip: Callable[[Skip], None] = lambda _: None) -> list[Paper]:
    """All records of one work as one paper, ordered by id; the order of the records does not matter.

    Records are of one work if they share a DOI, an arXiv id or another id; or else a title (case, accents
    and signs aside), if their years differ by at most one or one is unknown, their first authors agree
    where both are known, and no two DOIs tell them apart. The richest record (most fields, then
    the longest abstract) gives each field that it has, the next richest those that are missing, and so
    on; ``provenance`` says which source gave what. References become ids of papers where those are here.

    A partial record has no title (a row of a citation index, an abstract that stands in a file of its
    own): it adds to the work that has its id. Works that stay without a title or an abstract are passed
    to ``on_skip``.
    """
    everything = list(dict.fromkeys(records))
    groups = _Groups(len(everything))
    by_id: dict[str, int] = {}
    for number, record in enumerate(everything):
        for name in _ids(record):
            groups.join(number, by_id.setdefault(name, number))
    namesakes: dict[str, list[int]] = defaultdict(list)
    for number, record in enumerate(everything):
        if record.title:
            namesakes[folded(record.title)].append(number)
    for _, numbers in sorted(namesakes.items()):
        if len(numbers) > 1:
            _join_namesakes(everything, numbers, groups)

    works, strangers = [], Counter[str]()
    for numbers in groups.all():
        paper = _one([everything[n] for n in numbers])
        if paper.title and paper.abstract:
            works.append(paper)
        elif paper.title:
            on_skip(Skip(paper.sources[0], f"{paper.id}: no abstract in any source; add one or leave it out"))
        else:
            strangers[paper.sources[0]] += 1
    for source, count in sorted(strangers.items()):
        on_skip(Skip(source, f"{count} works are known by an id alone; their references are left out"))
    return _resolved(_told_apart(works))


def _ids(record: Paper) -> Iterator[str]:
    if record.doi:
        yield f"doi:{record.doi}"
    if record.arxiv_id:
        yield f"arxiv:{record.arxiv_id}"
    yield from record.other_ids
    if not record.id.startswith("title:"):
        yield record.id


class _Groups:
    """Disjoint sets of numbers (union by the smaller root, paths halved)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, number: int) -> int:
        parent = self._parent
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    def join(self, a: int, b: int) -> None:
        a, b = self.root(a), self.root(b)
        self._parent[max(a, b)] = min(a, b)

    def all(self) -> Iterable[list[int]]:
        found: dict[int, list[int]] = defaultdict(list)
        for number in range(len(self._parent)):
            found[self.root(number)].append(number)
        return found.values()


class _Namesake:
    """Records of one title that are one work already, and what they know of it."""

    def __init__(self, numbers: list[int], records: list[Paper]) -> None:
        self.numbers = numbers
        self.authors = frozenset[str]().union(*(_first_author(records[n]) for n in numbers))
        self.years = {y for n in numbers if (y := records[n].year) is not None}
        self.dois = {d for n in numbers if (d := records[n].doi)}
        self.order = (
            not self.authors,
            not self.years,
            sorted(self.years),
            sorted(self.authors),
            sorted(self.dois),
            min(json.dumps(records[n].to_json(), sort_keys=True) for n in numbers),
        )

    def agrees(self, other: _Namesake) -> bool:
        known = bool(self.authors and other.authors)
        if known and not self.authors & other.authors:
            return False
        if self.years and other.years and min(abs(a - b) for a in self.years for b in other.years) > 1:
            return False
        return known or not self.dois or not other.dois or bool(self.dois & other.dois)

    def take(self, other: _Namesake) -> None:
        self.numbers += other.numbers
        self.authors |= other.authors
        self.years |= other.years
        self.dois |= other.dois


def _join_namesakes(records: list[Paper], numbers: list[int], groups: _Groups) -> None:
    """Join records of one title, those that know most first, each to the first that agrees with it."""
    together: dict[int, list[int]] = defaultdict(list)
    for number in numbers:
        together[groups.root(number)].append(number)
    works: list[_Namesake] = []
    by_author: dict[str, list[_Namesake]] = defaultdict(list)
    for namesake in sorted((_Namesake(ns, records) for ns in together.values()), key=lambda n: n.order):
        # those with an author come first, so that among them only those that share one can agree
        near = (
            [w for part in sorted(namesake.authors) for w in by_author[part]] if namesake.authors else works
        )
        work = next((w for w in near if w.agrees(namesake)), None)
        if work:
            groups.join(work.numbers[0], namesake.numbers[0])
            work.take(namesake)
        else:
            works.append(namesake)
        for part in namesake.authors:
            by_author[part].append(work or namesake)


def _first_author(record: Paper) -> frozenset[str]:
    """Parts of the first author's name that are no initials: names are printed in many orders."""
    if not record.authors:
        return frozenset()
    parts = {folded(part) for part in record.authors[0].replace("-", " ").replace(".", ". ").split()}
    return frozenset(part for part in parts if len(part) > 1 and part not in _SUFFIXES)


def _one(records: list[Paper]) -> Paper:
    """The richest record with what it lacks from the next ones."""
    records = sorted(records, key=_richness)
    best = records[0]
    if len(records) == 1:
        return replace(
            best, sources=tuple(sorted(set(best.sources))), other_ids=tuple(sorted(best.other_ids))
        )
    values: dict[str, object] = {}
    provenance: list[tuple[str, str]] = []
    for field in _FIELDS:
        giver = next((r for r in records if getattr(r, field)), None)
        if giver:
            values[field] = getattr(giver, field)
            provenance.append((field, giver.sources[0]))
    # a date and a year belong together
    dated = next((r for r in records if r.year is not None), None)
    if dated:
        exact = next((r for r in records if r.date and dates.year(r.date) == dated.year), None)
        values["year"] = dated.year
        provenance.append(("year", dated.sources[0]))
        if exact:
            values["date"] = exact.date
            provenance.append(("date", exact.sources[0]))
    references = tuple(dict.fromkeys(i for r in records for i in r.references))
    paper = replace(best, **(values | {"references": references}))  # type: ignore[arg-type]
    known = {i for r in records for i in _ids(r)}
    doi = paper.doi or min((i[4:] for i in known if i.startswith("doi:")), default=None)
    arxiv_id = paper.arxiv_id or min((i[6:] for i in known if i.startswith("arxiv:")), default=None)
    own = work_id(doi, arxiv_id, paper.title, sorted(known))
    return replace(
        paper,
        id=own,
        doi=doi,
        arxiv_id=arxiv_id,
        sources=tuple(sorted({s for r in records for s in r.sources})),
        other_ids=tuple(sorted(known - {own, f"doi:{doi}", f"arxiv:{arxiv_id}"})),
        provenance=tuple(sorted(provenance)),
    )


def _richness(record: Paper) -> tuple[int, int, str]:
    """Sorts the richest record first; ties go by content, never by order."""
    filled = sum(1 for v in record.to_json().values() if v)
    whole = bool(record.title) + bool(record.abstract)
    return (-100 * whole - filled, -len(record.abstract), json.dumps(record.to_json(), sort_keys=True))


def _told_apart(works: list[Paper]) -> list[Paper]:
    """Works that share a title and nothing else get ids that tell them apart."""
    namesakes: dict[str, list[Paper]] = defaultdict(list)
    for work in works:
        namesakes[work.id].append(work)
    apart = []
    for same in namesakes.values():
        if len(same) == 1:
            apart += same
            continue
        for work in same:
            first = " ".join(sorted(_first_author(work)))
            name = title_id(folded(work.title), str(work.year or ""), first, *work.other_ids)
            apart.append(replace(work, id=name))
    return apart


def _resolved(works: list[Paper]) -> list[Paper]:
    """References as ids of the works that are here, each once, and none to the work itself."""
    here = {name: work.id for work in works for name in (*_ids(work), work.id)}
    resolved = []
    for work in works:
        references = dict.fromkeys(here.get(i, i) for i in work.references)
        references.pop(work.id, None)
        resolved.append(replace(work, references=tuple(references)))
    return sorted(resolved, key=lambda w: w.id)
