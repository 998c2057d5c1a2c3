"""Every format gives the same ten invented works, as far as it knows them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import FORMATS, merge, read

DATA = Path(__file__).parent.parent / "data" / "sources"
WORKS = json.loads((DATA / "works.json").read_text(encoding="utf-8"))
ALL = {"title", "abstract", "authors", "year", "doi", "arxiv"}

#: File, its format, the fields that it does not know, and the skips that it is to give.
FILES: list[tuple[str, str, set[str], list[str]]] = [
    ("acl.xml", "acl", {"year", "arxiv"}, ["acl.xml:record 12: no abstract"]),
    ("aminer_v1.txt", "aminer", {"doi", "arxiv"}, ["aminer_v1.txt:84: no abstract"]),
    ("aminer_v10.jsonl", "aminer", {"arxiv"}, ["aminer_v10.jsonl:11: no abstract"]),
    ("aminer_v12.json", "aminer", {"arxiv"}, []),
    ("aminer_v13.json", "aminer", {"arxiv"}, []),
    ("array.json", "json", set(), []),
    ("arxiv.atom", "atom", {"arxiv"}, ["arxiv.atom:record 11: an error that arXiv reports"]),
    ("arxiv_snapshot.jsonl", "arxiv", {"arxiv"}, ["arxiv_snapshot.jsonl:11: no abstract"]),
    ("better_bibtex.json", "zotero", set(), ["better_bibtex.json:394: no abstract"]),
    ("biblatex.bib", "bibtex", set(), []),
    ("endnote.xml", "endnote", set(), ["endnote.xml:record 11: no abstract"]),
    ("inv2024.json", "json", {"year", "arxiv"}, ["inv2024.json:262: no abstract"]),
    ("library.bib", "bibtex", set(), ["library.bib:131: no abstract", "library.bib:133: no valid BibTeX"]),
    ("library.csl.json", "csl", set(), ["library.csl.json:261: no abstract"]),
    ("library.ris", "ris", set(), ["library.ris:135: no abstract"]),
    ("listing_blank_lines.txt", "listing", ALL - {"title", "abstract"}, []),
    ("listing_dated.txt", "listing", {"authors", "doi", "arxiv"}, []),
    ("listing_dense.txt", "listing", ALL - {"title", "abstract"}, []),
    ("listing_votes.txt", "listing", {"authors", "doi", "arxiv"}, []),
    ("openalex.jsonl", "openalex", set(), ["openalex.jsonl:11: no title", "openalex.jsonl:12: no abstract"]),
    (
        "openalex_answer.json",
        "openalex",
        set(),
        ["openalex_answer.json:1 (record 11): no title", "openalex_answer.json:1 (record 12): no abstract"],
    ),
    ("openreview.json", "openreview", {"doi", "arxiv"}, ["openreview.json:1 (record 12): no abstract"]),
    (
        "plain.jsonl",
        "json",
        set(),
        [
            "plain.jsonl:6: no valid JSON",
            "plain.jsonl:8: no valid JSON",
            "plain.jsonl:10: no abstract",
            "plain.jsonl:15: no title",
            "plain.jsonl:16: no title",
        ],
    ),
    ("pubmed.xml", "pubmed", {"arxiv"}, ["pubmed.xml:record 12: no abstract"]),
    ("s2_graph.json", "semantic-scholar", set(), ["s2_graph.json:1 (record 11): no abstract"]),
    ("scopus.csv", "csv", set(), ["scopus.csv:22: no abstract"]),
    ("semicolon.csv", "csv", {"authors", "arxiv"}, []),
    ("wos.tsv", "csv", {"arxiv"}, ["wos.tsv:12: no title"]),
    ("zotero_api.json", "zotero", set(), ["zotero_api.json:488: no abstract"]),
]


def read_all(*paths: Path, format: str | None = None) -> tuple[list[Paper], list[Skip]]:
    skips: list[Skip] = []
    return list(read(paths, format, skips.append)), skips


def facts(paper: Paper) -> dict[str, object]:
    return {
        "title": paper.title,
        "abstract": paper.abstract.replace("BACKGROUND: ", "").replace("RESULTS: ", ""),
        "authors": list(paper.authors),
        "year": paper.year,
        "doi": paper.doi,
        "arxiv": paper.arxiv_id,
    }


@pytest.mark.parametrize(("name", "format", "unknown", "skipped"), FILES, ids=[f[0] for f in FILES])
def test_the_works_of_a_file(name: str, format: str, unknown: set[str], skipped: list[str]) -> None:
    papers, skips = read_all(DATA / name)
    by_title = {paper.title: facts(paper) for paper in papers}
    for work in WORKS:
        found = by_title[work["title"]]
        assert {k: v for k, v in found.items() if k not in unknown} == {
            k: v for k, v in work.items() if k not in unknown
        }
    assert len(skips) == len(skipped)
    for skip, start in zip(skips, skipped, strict=True):
        assert str(skip).startswith(f"{DATA}/{start}")
    assert all(paper.sources == (name,) for paper in papers)


@pytest.mark.parametrize(("name", "format", "unknown", "skipped"), FILES, ids=[f[0] for f in FILES])
def test_naming_the_format_changes_nothing(
    name: str, format: str, unknown: set[str], skipped: list[str]
) -> None:
    assert read_all(DATA / name) == read_all(DATA / name, format=format)


def test_every_format_has_a_file() -> None:
    tested = {format for _, format, _, _ in FILES} | {"opencitations", "parquet"}
    assert tested == set(FORMATS)


@pytest.mark.parametrize(
    "name",
    [
        f[0]
        for f in FILES
        if f[1] in ("openalex", "semantic-scholar", "aminer", "pubmed") and f[0] != "s2_graph.json"
    ],
)
def test_references_become_ids_of_the_works(name: str) -> None:
    papers = {paper.title: paper for paper in merge(read_all(DATA / name)[0])}
    ids = [papers[work["title"]].id for work in WORKS]
    cited = {number: papers[work["title"]].references for number, work in enumerate(WORKS, start=1)}
    assert cited[4] == (ids[1], ids[2])
    assert cited[10] == (ids[4], ids[8])
    assert cited[3][:2] == (ids[0], ids[1])
    assert cited[1] == ()


def test_references_of_crossref_are_dois() -> None:
    papers, skips = read_all(DATA / "crossref.json")
    assert skips == []
    assert [facts(p) for p in papers if p.doi == "10.5555/cir.2022.17"] == [
        next(w for w in WORKS if w["doi"] == "10.5555/cir.2022.17") | {"arxiv": None}
    ]
    cited = {p.doi: p.references for p in papers}
    assert cited["10.5555/til.23(4)99"] == ("doi:10.5555/sparse.2021.001", "doi:10.5555/cir.2022.17")


def test_works_outside_the_corpus_stay_in_the_references() -> None:
    papers = {p.title: p for p in merge(read_all(DATA / "s2_graph.json")[0])}
    assert "doi:10.5555/elsewhere.1" in papers["Search & Rescue of Lost Features"].references


def test_who_cites_a_work_is_read_too() -> None:
    """Work 5 lists work 9 among those that cite it."""
    records, _ = read_all(DATA / "s2_graph.json")
    citing = [record for record in records if not record.title]
    assert [(record.id[-1], record.references[0][-1]) for record in citing] == [("9", "5")]


def test_the_bulk_files_of_semantic_scholar_become_whole_papers() -> None:
    names = ("s2_papers.jsonl", "s2_abstracts.jsonl", "s2_citations.jsonl")
    records, skips = read_all(*(DATA / name for name in names))
    assert [str(s).rpartition("/")[2].split(":")[1] for s in skips] == ["13", "14"]
    left: list[Skip] = []
    papers = merge(records, left.append)
    assert {p.title for p in papers} == {
        w["title"] for w in WORKS if not w["title"].startswith("A Lower Bound")
    }
    assert sorted(s.reason.split("; ")[0].partition(": ")[2] or s.reason[:7] for s in left) == [
        "1 works",
        "1 works",
        "no abstract in any source",
    ]
    by_title = {p.title: p for p in papers}
    wanted = by_title["When p < 0.05 Is Not Enough: Reporting Variance in Unlearning"]
    assert wanted.references == ("doi:10.5555/cir.2022.17", "doi:10.5555/til.23(4)99")
    assert dict(wanted.provenance)["abstract"] == "s2_abstracts.jsonl"


@pytest.mark.parametrize("name", ["opencitations_old.csv", "opencitations_new.csv"])
def test_citations_go_to_the_papers_that_are_there(name: str) -> None:
    records, skips = read_all(DATA / "array.json", DATA / name)
    assert len(skips) == 1
    papers = {p.title: p for p in merge(records)}
    assert len(papers) == len(WORKS)
    references = papers["Search & Rescue of Lost Features"].references
    assert {"doi:10.5555/sparse.2021.001", "doi:10.5555/cir.2022.17"} <= set(references)
    assert papers["Search & Rescue of Lost Features"].sources == ("array.json", name)


def test_all_files_together_hold_the_same_works_once() -> None:
    records, _ = read_all(DATA)
    papers = merge(records)
    known = {w["title"] for w in WORKS}
    by_title = {p.title: p for p in papers if p.title in known}
    assert len(by_title) == len(WORKS) == sum(p.title in known for p in papers)
    assert all(len(p.sources) > 25 for p in by_title.values())


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    rows = [{**w, "abstract": w["abstract"] if i else None} for i, w in enumerate(WORKS)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "works.parquet")
    papers, skips = read_all(tmp_path / "works.parquet")
    assert [facts(p) for p in papers] == WORKS[1:]
    assert [str(s) for s in skips] == [
        f"{tmp_path}/works.parquet:row 1: no abstract; add one or leave the record out"
    ]


def test_parquet_with_the_columns_of_openalex(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet

    row = {"id": "https://openalex.org/W1", "title": "A", "referenced_works": ["https://openalex.org/W2"]}
    row |= {"abstract": "B.", "embedding": [0.5]}  # type: ignore[dict-item]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([row]), tmp_path / "a.parquet")
    assert read_all(tmp_path / "a.parquet")[0][0].references == ("openalex:W2",)


def test_a_folder_an_archive_and_compressed_files(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.write(DATA / "library.ris", "deep/library.ris")
        archive.writestr("__MACOSX/._x", b"junk")
    (tmp_path / "sub").mkdir()
    with zipfile.ZipFile(tmp_path / "sub" / "all.zip", "w") as archive:
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("works.jsonl.gz", gzip.compress((DATA / "openalex.jsonl").read_bytes()))
    (tmp_path / "page.txt.gz").write_bytes(gzip.compress((DATA / "listing_dense.txt").read_bytes()))
    (tmp_path / ".hidden").write_text("{}")
    records, _ = read_all(tmp_path)
    assert {r.sources[0] for r in records} == {
        "page.txt.gz",
        "sub/all.zip/inner.zip/deep/library.ris",
        "sub/all.zip/works.jsonl.gz",
    }
    assert len(records) == 10 + 12 + 10


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.RawIOBase):
        """Gives a few bytes at a time and cannot go back."""

        def __init__(self, data: bytes) -> None:
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            data = self._data.read(min(7, len(buffer)))
            buffer[: len(data)] = data
            return len(data)

    for data in ((DATA / "library.bib").read_bytes(), gzip.compress((DATA / "library.bib").read_bytes())):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Pipe(data))))
        records = list(read(["-"]))
        assert len(records) == 11
        assert records[0].sources == ("stdin",)
