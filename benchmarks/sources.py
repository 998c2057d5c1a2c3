"""Speed and memory of every reader: ``python benchmarks/sources.py [--records 20000] [format ...]``.

Each format's file is made from invented papers of usual length, and read in a process of its own on one core;
memory is the peak of that process. The last row merges two files that hold the same works.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

Paper = dict[str, Any]

WORDS = """
we the a of in for with model network gate layer token prune compress attention transformer dataset
accuracy benchmark method loss training gradient sparse quantized cache memory latency bound entropy
information bottleneck variational latent code teacher student distil robust domain transfer image text
""".split()  # noqa: SIM905


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("formats", nargs="*", help=", ".join(WRITERS))
    parser.add_argument("--read", metavar="FILE", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        print(json.dumps(measure(Path(options.read))))
        return
    print(f"{'format':<22}{'MB':>7}{'records':>9}{'records/s':>11}{'MB/s':>7}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for name in options.formats or WRITERS:
            path = Path(folder) / name
            WRITERS[name](path, list(papers(options.records)))
            run = [sys.executable, __file__, "--read", str(path)]
            got = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
            size = path.stat().st_size / 1e6
            print(
                f"{name:<22}{size:>7.1f}{got['records']:>9}{got['records'] / got['seconds']:>11,.0f}"
                f"{size / got['seconds']:>7.1f}{got['peak']:>9.0f}",
                flush=True,
            )
            path.unlink()


def measure(path: Path) -> dict[str, float]:
    from graphbuilder.sources import merge, read

    start = time.process_time()
    if path.name == "merge":
        both = [*read([path]), *read([path.rename(path.with_name("merge"))])]
        records = len(both)
        start = time.process_time()
        merge(both)
    else:
        records = sum(1 for _ in read([path]))
    seconds = time.process_time() - start
    return {
        "records": records,
        "seconds": seconds,
        "peak": peak(),
    }


def peak() -> float:
    """MB that this process held at most; ``ru_maxrss`` would count what the process that started it held."""
    status = Path("/proc/self/status")
    if status.exists():
        return (
            int(next(x for x in status.read_text().splitlines() if x.startswith("VmHWM")).split()[1]) / 1024
        )
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def papers(count: int) -> Iterator[Paper]:
    rng = random.Random(1)

    def text(words: int) -> str:
        return " ".join(rng.choices(WORDS, k=words))

    for n in range(count):
        yield {
            "n": n,
            "title": f"{text(8).capitalize()} {n}",
            "abstract": ". ".join(text(20).capitalize() for _ in range(9)) + ".",
            "authors": [f"{text(1).title()} {text(1).title()}son" for _ in range(4)],
            "year": 2015 + n % 10,
            "venue": "Proceedings of the Conference on Invented Results",
            "doi": f"10.5555/cir.{n}",
            "references": [rng.randrange(count) for _ in range(20)],
        }


def lines(path: Path, rows: Iterator[Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write((row if isinstance(row, str) else json.dumps(row)) + "\n")


def index(text: str) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for place, word in enumerate(text.split()):
        places.setdefault(word, []).append(place)
    return places


def listing(path: Path, rows: list[Paper]) -> None:
    lines(
        path, (f"{p['title']}\n\n{p['abstract']}\n\n  • 4 authors\n·\nOct 3, {p['year']} 2\n" for p in rows)
    )


def jsonl(path: Path, rows: list[Paper]) -> None:
    lines(path, ({k: v for k, v in p.items() if k not in ("n", "references")} for p in rows))


def json_array(path: Path, rows: list[Paper]) -> None:
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def table(path: Path, rows: list[Paper]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Title", "Abstract", "Authors", "Year", "DOI", "Source title"))
        writer.writerows(
            (p["title"], p["abstract"], "; ".join(p["authors"]), p["year"], p["doi"], p["venue"])
            for p in rows
        )


def parquet(path: Path, rows: list[Paper]) -> None:
    import pyarrow
    import pyarrow.parquet

    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)


def arxiv(path: Path, rows: list[Paper]) -> None:
    lines(
        path,
        (
            {
                "id": f"{p['year'] % 100}01.{p['n']:05}",
                "title": p["title"].replace(" ", "\n  ", 1),
                "abstract": rf"  {p['abstract']} Erd\H{{o}}s proved $\alpha \leq 2$ for 50\% of them." + "\n",
                "categories": "cs.LG",
                "doi": p["doi"],
                "journal-ref": p["venue"],
                "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
                "update_date": "2024-01-01",
                "authors_parsed": [[*reversed(a.split()), ""] for a in p["authors"]],
            }
            for p in rows
        ),
    )


def atom(path: Path, rows: list[Paper]) -> None:
    entries = (
        f"<entry><id>http://arxiv.org/abs/2401.{p['n']:05}v1</id><published>2024-01-01T00:00:00Z</published>"
        f"<title>{p['title']}</title><summary>{p['abstract']}</summary>"
        + "".join(f"<author><name>{a}</name></author>" for a in p["authors"])
        + "</entry>"
        for p in rows
    )
    lines(path, iter(['<feed xmlns="http://www.w3.org/2005/Atom">', *entries, "</feed>"]))


def openalex(path: Path, rows: list[Paper]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as file:
        for p in rows:
            work = {
                "id": f"https://openalex.org/W{p['n']}",
                "doi": f"https://doi.org/{p['doi']}",
                "title": p["title"],
                "publication_year": p["year"],
                "publication_date": f"{p['year']}-01-01",
                "ids": {"openalex": f"https://openalex.org/W{p['n']}"},
                "primary_location": {"source": {"display_name": p["venue"]}},
                "authorships": [{"author": {"display_name": a}} for a in p["authors"]],
                "referenced_works": [f"https://openalex.org/W{r}" for r in p["references"]],
                "abstract_inverted_index": index(p["abstract"]),
            }
            file.write(json.dumps(work) + "\n")


def semantic_scholar(path: Path, rows: list[Paper]) -> None:
    lines(
        path,
        (
            {
                "paperId": f"{p['n']:040x}",
                "externalIds": {"DOI": p["doi"], "CorpusId": p["n"]},
                "title": p["title"],
                "abstract": p["abstract"],
                "year": p["year"],
                "venue": p["venue"],
                "authors": [{"authorId": "1", "name": a} for a in p["authors"]],
                "references": [{"paperId": f"{r:040x}", "title": "x"} for r in p["references"]],
            }
            for p in rows
        ),
    )


def aminer(path: Path, rows: list[Paper]) -> None:
    records = [
        {
            "id": p["n"],
            "title": p["title"],
            "authors": [{"name": a, "id": 1} for a in p["authors"]],
            "venue": {"raw": p["venue"]},
            "year": p["year"],
            "n_citation": 1,
            "references": p["references"],
            "indexed_abstract": {"IndexLength": 180, "InvertedIndex": index(p["abstract"])},
        }
        for p in rows
    ]
    path.write_text(json.dumps(records), encoding="utf-8")  # one line, as one huge array


def opencitations(path: Path, rows: list[Paper]) -> None:
    head = "oci,citing,cited,creation,timespan,journal_sc,author_sc"
    pairs = (f"0-1,{p['doi']},10.5555/cir.{p['references'][0]},2020,P1Y,no,no" for p in rows)
    lines(path, iter([head, *pairs]))


def bibtex(path: Path, rows: list[Paper]) -> None:
    lines(
        path,
        (
            f"@inproceedings{{key{p['n']},\n  title = {{{{Gates}} {p['title']}}},\n"
            f"  author = {{{' and '.join(p['authors'])}}},\n  year = {{{p['year']}}},\n"
            f"  booktitle = {{{p['venue']}}},\n  doi = {{{p['doi']}}},\n"
            f"  abstract = {{{p['abstract']} Erd{{\\H{{o}}}}s proved it for 50\\% of them.}}\n}}\n"
            for p in rows
        ),
    )


def ris(path: Path, rows: list[Paper]) -> None:
    lines(
        path,
        (
            f"TY  - CONF\nTI  - {p['title']}\n"
            + "".join(f"AU  - {', '.join(reversed(a.split()))}\n" for a in p["authors"])
            + f"PY  - {p['year']}\nT2  - {p['venue']}\nDO  - {p['doi']}\nAB  - {p['abstract']}\nER  - \n"
            for p in rows
        ),
    )


def csl(path: Path, rows: list[Paper]) -> None:
    items = [
        {
            "id": p["n"],
            "type": "paper-conference",
            "title": p["title"],
            "abstract": f"<jats:p>{p['abstract']}</jats:p>",
            "container-title": p["venue"],
            "DOI": p["doi"],
            "author": [dict(zip(("given", "family"), a.split(), strict=True)) for a in p["authors"]],
            "issued": {"date-parts": [[p["year"], 1, 2]]},
        }
        for p in rows
    ]
    path.write_text(json.dumps(items, indent=1), encoding="utf-8")


def zotero(path: Path, rows: list[Paper]) -> None:
    items = [
        {
            "itemType": "conferencePaper",
            "title": p["title"],
            "abstractNote": p["abstract"],
            "date": str(p["year"]),
            "DOI": p["doi"],
            "creators": [{"creatorType": "author", "name": a} for a in p["authors"]],
        }
        for p in rows
    ]
    path.write_text(json.dumps({"items": items}, indent=1), encoding="utf-8")


def openreview(path: Path, rows: list[Paper]) -> None:
    notes = [
        {
            "id": f"n{p['n']}",
            "forum": f"n{p['n']}",
            "pdate": 1_700_000_000_000,
            "content": {
                "title": {"value": p["title"]},
                "abstract": {"value": p["abstract"]},
                "authors": {"value": p["authors"]},
                "venue": {"value": f"INV {p['year']}"},
            },
        }
        for p in rows
    ]
    path.write_text(json.dumps({"notes": notes}), encoding="utf-8")


def acl(path: Path, rows: list[Paper]) -> None:
    records = (
        f"<paper id='{p['n']}'><title><fixed-case>G</fixed-case>ates {p['title']}</title>"
        + "".join(
            "<author><first>{}</first><last>{}</last></author>".format(*a.split()) for a in p["authors"]
        )
        + f"<abstract>{escape(p['abstract'])}</abstract><url>2024.inv-main.{p['n']}</url></paper>"
        for p in rows
    )
    head = (
        "<collection id='2024.inv'><volume id='main'><meta><booktitle>Inv</booktitle><year>2024</year></meta>"
    )
    lines(path, iter([head, *records, "</volume></collection>"]))


def pubmed(path: Path, rows: list[Paper]) -> None:
    records = (
        f"<PubmedArticle><MedlineCitation><PMID>{p['n']}</PMID><Article><Journal><JournalIssue><PubDate>"
        f"<Year>{p['year']}</Year></PubDate></JournalIssue><Title>{p['venue']}</Title></Journal>"
        f"<ArticleTitle>{p['title']}.</ArticleTitle><Abstract><AbstractText>{p['abstract']}</AbstractText></Abstract>"
        "<AuthorList>"
        + "".join(
            "<Author><ForeName>{}</ForeName><LastName>{}</LastName></Author>".format(*a.split())
            for a in p["authors"]
        )
        + "</AuthorList></Article></MedlineCitation><PubmedData><ArticleIdList>"
        f'<ArticleId IdType="doi">{p["doi"]}</ArticleId></ArticleIdList><ReferenceList>'
        + "".join(
            f"<Reference><ArticleIdList><ArticleId IdType='pubmed'>{r}</ArticleId></ArticleIdList>"
            "</Reference>"
            for r in p["references"]
        )
        + "</ReferenceList></PubmedData></PubmedArticle>"
        for p in rows
    )
    lines(path, iter(["<PubmedArticleSet>", *records, "</PubmedArticleSet>"]))


def endnote(path: Path, rows: list[Paper]) -> None:
    def style(text: Any) -> str:
        return f'<style face="normal">{text}</style>'

    records = (
        "<record><contributors><authors>"
        + "".join(f"<author>{style(a)}</author>" for a in p["authors"])
        + f"</authors></contributors><titles><title>{style(p['title'])}</title></titles><dates><year>"
        f"{style(p['year'])}</year></dates><abstract>{style(p['abstract'])}</abstract></record>"
        for p in rows
    )
    lines(path, iter(["<xml><records>", *records, "</records></xml>"]))


WRITERS: dict[str, Callable[[Path, list[Paper]], None]] = {
    "listing": listing,
    "json lines": jsonl,
    "json array": json_array,
    "csv": table,
    "parquet": parquet,
    "arxiv": arxiv,
    "atom": atom,
    "openalex (gz)": openalex,
    "semantic-scholar": semantic_scholar,
    "aminer": aminer,
    "opencitations": opencitations,
    "bibtex": bibtex,
    "ris": ris,
    "csl": csl,
    "zotero": zotero,
    "openreview": openreview,
    "acl": acl,
    "pubmed": pubmed,
    "endnote": endnote,
    "merge": jsonl,
}


if __name__ == "__main__":
    main()
