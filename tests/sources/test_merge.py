"""Records of one work become one paper, whatever their order."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import merge
from graphbuilder.sources.work import work


def record(title: str = "On Gates", source: str = "a", **fields: object) -> Paper:
    return work(source, title=title, abstract=fields.pop("abstract", "They open."), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "works"),
    [
        ({"doi": "10.5555/A"}, {"doi": "https://doi.org/10.5555/a", "title": "Other"}, 1),
        ({"arxiv_id": "2401.00001v1"}, {"url": "https://arxiv.org/pdf/2401.00001v3", "title": "Other"}, 1),
        ({"doi": "10.48550/arXiv.2401.00001"}, {"arxiv_id": "2401.00001", "title": "Other"}, 1),
        ({"other_ids": ["openalex:W1"]}, {"other_ids": ["openalex:W1", "s2:2"], "title": "Other"}, 1),
        ({}, {"title": "ON GATES."}, 1),
        ({"title": "Über Gátes"}, {"title": "Uber Gates"}, 1),
        ({"year": 2020}, {"year": 2021}, 1),
        ({"year": 2020}, {}, 1),
        ({"year": 2020}, {"year": 2022}, 2),
        ({"authors": ["Ada Lovelace"]}, {"authors": ["Lovelace A.", "B"]}, 1),
        ({"authors": ["Ada Lovelace"]}, {"authors": ["Alan Turing"]}, 2),
        ({"authors": ["Ada Lovelace"]}, {}, 1),
        ({"authors": ["Ada Lovelace"], "year": 2020}, {"authors": ["A. Lovelace"], "year": 2022}, 2),
        ({"doi": "10.5555/1"}, {"doi": "10.5555/2"}, 2),
        ({"doi": "10.5555/1", "authors": ["Ada L"]}, {"doi": "10.5555/2", "authors": ["Ada L"]}, 1),
        ({"doi": "10.5555/1"}, {"arxiv_id": "2401.00001"}, 1),
        ({}, {"title": "On Locks"}, 2),
        ({"title": "?!"}, {"title": "!!"}, 2),
    ],
)
def test_which_records_are_one_work(a: dict[str, object], b: dict[str, object], works: int) -> None:
    records = [record(**a), record(source="b", **b)]  # type: ignore[arg-type]
    papers = merge(records)
    assert len(papers) == works
    assert merge(records[::-1]) == papers
    assert len({p.id for p in papers}) == works


def test_the_richer_record_wins_field_by_field() -> None:
    poor = record("On gates", "poor.bib", doi="10.5555/1", venue="J. Gates", date="2020-05-01", year=2020)
    rich = record(
        source="rich.jsonl",
        doi="10.5555/1",
        abstract="They open, and they close.",
        authors=["Ada Lovelace"],
        year=2021,
        url="https://x.org",
        references=["doi:10.5555/2"],
    )
    (paper,) = merge([poor, rich])
    assert paper.title == "On Gates"
    assert paper.abstract == "They open, and they close."
    assert paper.venue == "J. Gates"
    assert (paper.year, paper.date) == (2021, None)
    assert paper.sources == ("poor.bib", "rich.jsonl")
    assert dict(paper.provenance) == {
        "title": "rich.jsonl",
        "abstract": "rich.jsonl",
        "authors": "rich.jsonl",
        "url": "rich.jsonl",
        "year": "rich.jsonl",
        "doi": "rich.jsonl",
        "references": "rich.jsonl",
        "venue": "poor.bib",
    }


def test_a_single_record_stays_as_it_is() -> None:
    one = record(doi="10.5555/1", authors=["A B"], year=2000)
    assert merge([one, one]) == [one]


def test_ids() -> None:
    assert record(doi="10.5555/A", arxiv_id="2401.00001").id == "doi:10.5555/a"
    assert record(arxiv_id="arXiv:2401.00001v2").id == "arxiv:2401.00001"
    assert record(arxiv_id="math.GT/0309136").id == "arxiv:math/0309136"
    assert record("On Gates").id == record("on   gates!").id
    assert record("On Gates").id.startswith("title:")
    assert len(record("On Gates").id) == len("title:") + 16


def test_a_doi_known_from_a_partial_record_is_the_works_own() -> None:
    whole = record(other_ids=["openalex:W1"])
    partial = work(
        "c", title="", other_ids=["doi:10.5555/1", "openalex:W1"], references=["doi:10.5555/2"], partial=True
    )
    (paper,) = merge([whole, partial])
    assert (paper.id, paper.doi, paper.references) == ("doi:10.5555/1", "10.5555/1", ("doi:10.5555/2",))


def test_references_are_resolved_to_the_works_that_are_here() -> None:
    cited = record("On Locks", doi="10.5555/2", other_ids=["openalex:W2"])
    citing = record(references=["openalex:W2", "doi:10.5555/2", "openalex:W3"], other_ids=["openalex:W1"])
    itself = replace(citing, references=("openalex:W1", *citing.references))
    papers = {p.title: p for p in merge([cited, itself])}
    assert papers["On Gates"].references == ("doi:10.5555/2", "openalex:W3")


def test_partial_records_without_a_work_are_counted() -> None:
    skips: list[Skip] = []
    strangers = [
        work("c.csv", title="", other_ids=[f"doi:10.5555/{n}"], references=["doi:10.5555/9"], partial=True)
        for n in range(3)
    ]
    lone = work("p.jsonl", title="No Abstract Anywhere", other_ids=["s2:1"], partial=True)
    assert len(merge([record(), *strangers, lone], skips.append)) == 1
    assert sorted(map(str, skips)) == [
        "c.csv: 3 works are known by an id alone; their references are left out",
        f"p.jsonl: {lone.id}: no abstract in any source; add one or leave it out",
    ]


WORDS = st.sampled_from(["gates", "locks", "keys"])
RECORDS = st.builds(
    lambda title, source, abstract, **fields: work(source, title=title, abstract=abstract, **fields),
    title=WORDS,
    source=st.sampled_from(["a.bib", "b.csv", "c.json"]),
    abstract=st.sampled_from(["Short.", "A longer abstract."]),
    year=st.none() | st.integers(2019, 2024),
    date=st.none() | st.sampled_from(["2020-01-01", "2021-02-02"]),
    doi=st.none() | st.sampled_from(["10.5555/1", "10.5555/2"]),
    arxiv_id=st.none() | st.sampled_from(["2401.00001", "2401.00002"]),
    authors=st.lists(st.sampled_from(["Ada Lovelace", "A. Turing", "Li Wei"]), max_size=2),
    references=st.lists(st.sampled_from(["doi:10.5555/1", "arxiv:2401.00002", "s2:7"]), max_size=3),
    other_ids=st.lists(st.sampled_from(["openalex:W1", "s2:7"]), max_size=1),
)


@given(st.lists(RECORDS, max_size=9), st.randoms(use_true_random=False))
def test_order_does_not_matter(records: list[Paper], random: object) -> None:
    papers = merge(records)
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert merge(shuffled) == papers
    assert [p.id for p in papers] == sorted({p.id for p in papers})


@given(st.lists(RECORDS, max_size=9))
def test_nothing_is_lost_and_nothing_invented(records: list[Paper]) -> None:
    papers = merge(records)
    assert {s for p in papers for s in p.sources} == {s for r in records for s in r.sources}
    for paper, field in itertools.product(papers, ("title", "abstract", "year", "date", "authors")):
        assert getattr(paper, field) in {getattr(r, field) for r in records}
    for one in {r.doi for r in records if r.doi}:
        assert sum(one == p.doi or f"doi:{one}" in p.other_ids for p in papers) == 1
