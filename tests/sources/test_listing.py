"""Copied listing pages: what is a paper, what is furniture, and which year a date is of."""

from __future__ import annotations

from pathlib import Path

import pytest

from graphbuilder.records import Paper, Skip
from graphbuilder.sources import merge, read

SHARED = Path(__file__).parents[3] / "shared" / "corpus"
EXAMPLE = Path(__file__).parents[2] / "examples" / "papers.txt"

ABSTRACT = (
    "We study a question that nobody asked before and answer it at some length. The answer is longer than a "
    "title ever is, and it is made of sentences. It is good enough for the tests that follow."
)


def read_page(text: str, tmp_path: Path) -> tuple[list[Paper], list[Skip]]:
    (tmp_path / "page.txt").write_text(text, encoding="utf-8")
    skips: list[Skip] = []
    return list(read([tmp_path / "page.txt"], on_skip=skips.append)), skips


def dated(*dates: str, page: str = "Oct 27") -> str:
    records = (
        f"A Title of Number {n}\n{ABSTRACT}\n  • 3 authors\n·\n{date}\n" for n, date in enumerate(dates)
    )
    return f"Daily Papers\nbyAK and the research community\n{page}\n\n" + "\n".join(records)


@pytest.mark.skipif(not SHARED.exists(), reason="the five copied pages are not beside this checkout")
def test_five_pages_hold_628_works() -> None:
    skips: list[Skip] = []
    papers = merge(read(sorted(SHARED.glob("0*.txt")), on_skip=skips.append), skips.append)
    assert len(papers) == 628
    assert skips == []
    assert sum(len(p.sources) for p in papers) == 650
    assert sum(len(p.sources) == 3 for p in papers) == 1
    for paper in papers:
        assert not paper.title.startswith(("Subscribe", "new", "Get trending"))
        assert len(paper.abstract) > 400
        assert paper.date is None or paper.date < "2025-11"


@pytest.mark.skipif(not SHARED.exists(), reason="the 45,521 records are not beside this checkout")
def test_json_lines_of_a_whole_field() -> None:
    skips: list[Skip] = []
    assert sum(1 for _ in read([SHARED / "abstracts.jsonl.gz"], on_skip=skips.append)) == 45_521
    assert skips == []


def test_the_example_page() -> None:
    papers, skips = list(read([EXAMPLE])), []
    assert len(merge(papers, skips.append)) == 24
    assert skips == []
    assert all(p.date and p.abstract.endswith(".") for p in papers)
    assert sum(p.year == 2025 for p in papers) == 11


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SubscribeGates for All", "Gates for All"),
        ("Subscribe3D Gates for All", "3D Gates for All"),
        ("Get trending papers in your email inbox!SubscribeDaily PapersGates for All", "Gates for All"),
        ("Subscribe to Learn: Gates for All", "Subscribe to Learn: Gates for All"),
        ("Subscribers and Their Gates", "Subscribers and Their Gates"),
        ("Newton's Gates for All", "Newton's Gates for All"),
    ],
)
def test_furniture_that_sticks_to_the_first_title(line: str, title: str, tmp_path: Path) -> None:
    papers, skips = read_page(f"{line}\n{ABSTRACT}\nSecond Title\n{ABSTRACT}\n", tmp_path)
    assert [p.title for p in papers] == [title, "Second Title"]
    assert skips == []


def test_only_the_first_title_can_have_furniture_at_its_start(tmp_path: Path) -> None:
    papers, _ = read_page(f"First Title\n{ABSTRACT}\nSubscribeNet\n{ABSTRACT}\n", tmp_path)
    assert [p.title for p in papers] == ["First Title", "SubscribeNet"]


def test_a_page_that_was_copied_whole(tmp_path: Path) -> None:
    head = "Some Paper Site\n\nModels\n\nDatasets\n\nLog In\n\nSign Up\n\nDaily Papers\n\nNov 3\n\n"
    foot = "\n\nPrevious\n\n1\n\n2\n\nNext\n\nCompany\n\nTOS\n\nPrivacy\n"
    records = (
        f"Submitted by\n\n128\n\nGates for All\n\n{ABSTRACT}\n\nnowhere Nowhere University\n·\n4 authors\n"
    )
    papers, skips = read_page(head + records + foot, tmp_path)
    assert [p.title for p in papers] == ["Gates for All"]
    assert papers[0].abstract == ABSTRACT
    assert skips == []


def test_dates_with_and_without_a_year_and_with_a_count_of_comments(tmp_path: Path) -> None:
    years = ["Dec 30, 2024", "Nov 2, 2024 7", "Oct 3, 2023", "Jan 1, 2022", "May 5, 2021"]
    papers, _ = read_page(dated(*years, "Sep 2 2", "Jan 21", "Oct 27 12"), tmp_path)
    assert [p.date for p in papers] == [
        "2024-12-30",
        "2024-11-02",
        "2023-10-03",
        "2022-01-01",
        "2021-05-05",
        "2025-09-02",
        "2025-01-21",
        "2025-10-27",
    ]
    assert [p.year for p in papers] == [int((p.date or "")[:4]) for p in papers]


def test_a_date_that_the_page_cannot_have_seen_stays_unknown(tmp_path: Path) -> None:
    papers, _ = read_page(dated(*["Dec 30, 2024"] * 5, "Nov 2"), tmp_path)
    assert (papers[-1].date, papers[-1].year) == (None, None)


def test_years_stay_unknown_where_the_page_does_not_tell(tmp_path: Path) -> None:
    too_few = dated("Dec 30, 2024", "Sep 2")
    too_old = dated(*["Mar 1, 2024"] * 9, "Sep 2")
    for page in (too_few, too_old):
        assert read_page(page, tmp_path)[0][-1].date is None


def test_a_page_that_prints_its_year(tmp_path: Path) -> None:
    assert read_page(dated("Sep 2 2", page="Oct 27, 2023"), tmp_path)[0][0].date == "2023-09-02"


def test_no_such_day(tmp_path: Path) -> None:
    papers, _ = read_page(dated("Feb 30, 2024"), tmp_path)
    assert (papers[0].date, papers[0].year) == (None, None)


def test_abstracts_that_are_wrapped_or_have_paragraphs(tmp_path: Path) -> None:
    words = ABSTRACT.split()
    lines = "\n".join(" ".join(words[i : i + 8]) for i in range(0, len(words), 8))
    papers, _ = read_page(f"First Title\n\n{lines}\n\nSecond Title\n\n{lines}\n", tmp_path)
    assert [(p.title, p.abstract) for p in papers] == [("First Title", ABSTRACT), ("Second Title", ABSTRACT)]
    papers, _ = read_page(f"A\n\n{ABSTRACT}\n\n{ABSTRACT}\n\nB\n\n{ABSTRACT}\n\nC\n\n{ABSTRACT}\n", tmp_path)
    assert [p.abstract.count("nobody asked") for p in papers] == [2, 1, 1]


def test_what_cannot_be_a_paper_is_said(tmp_path: Path) -> None:
    more = "".join(
        f"{title}\n{ABSTRACT}\n" for title in ("Second Title", "Third Title", "Fourth Title", "Fifth Title")
    )
    page = f"First Title\n{ABSTRACT}\nA Title That Has No Abstract\n{more}A Last Title Alone\n"
    papers, skips = read_page(page, tmp_path)
    assert [p.title.split()[0] for p in papers] == ["First", "Second", "Third", "Fourth", "Fifth"]
    assert [str(s) for s in skips] == [
        f"{tmp_path}/page.txt:3: a title without an abstract; add one or leave it out",
        f"{tmp_path}/page.txt:12: a title without an abstract; add one or leave it out",
    ]


def test_a_short_abstract_is_one_still(tmp_path: Path) -> None:
    page = (
        dated("Dec 30, 2024").rstrip()
        + "\n\nIs It So?\nWe prove that it is so, in a few words.\n·\nMay 4, 2023\n"
    )
    papers, skips = read_page(page, tmp_path)
    assert [(p.title, p.date) for p in papers] == [
        ("A Title of Number 0", "2024-12-30"),
        ("Is It So?", "2023-05-04"),
    ]
    assert skips == []
