"""Bad input gives one clear line or a counted skip, never a traceback and never a hang."""

from __future__ import annotations

import gzip
import json
import random
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphbuilder.errors import GraphbuilderError
from graphbuilder.records import Paper, Skip
from graphbuilder.sources import FORMATS, merge, read

DATA = Path(__file__).parent.parent / "data" / "sources"
FILES = sorted(path for path in DATA.iterdir() if path.name != "works.json")
GOOD = json.dumps({"title": "On Gates", "abstract": "They open."})


def read_bytes(data: bytes, tmp_path: Path, format: str | None = None) -> tuple[list[Paper], list[Skip]]:
    path = tmp_path / "input"
    path.write_bytes(data)
    skips: list[Skip] = []
    papers = list(read([path], format, skips.append))
    merge(papers, skips.append)
    for paper in papers:
        json.dumps(paper.to_json(), ensure_ascii=False).encode()  # no lone surrogates
        assert "\n" not in paper.title + paper.abstract
    return papers, skips


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\r\n\t", "the file is empty"),
        (b"\x7fELF\0\0\0\0", "a binary file of no known format"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file of no known format"),
        (b"PAR1 and then nothing", "no valid Parquet"),
        (b"hello world\n", "no known format"),
        (b"root:x:0:0:root:/root:/bin/bash\n" * 50, "no known format"),
        (b"a,b,c\n1,2,3\n", "no known format"),
        (b'{"name_of_dog": "Rex"}\n', "no fields for a title and an abstract"),
        (b"[]", "no known format"),
        (b'{"results": []}', "no fields for a title and an abstract"),
        (b"<html><body>hi</body></html>", "XML with the root element 'html'"),
        (b"\x1f\x8b\x08 this is no gzip file", "cannot be unpacked"),
        (b"PK\x03\x04 this is no zip file", "cannot be unpacked"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    papers, skips = read_bytes(data, tmp_path)
    assert papers == []
    assert len(skips) == 1
    assert skips[0].where == f"{tmp_path}/input:1"
    assert skips[0].reason.startswith(reason)


def test_a_missing_file_and_an_empty_folder(tmp_path: Path) -> None:
    with pytest.raises(GraphbuilderError, match="no such file or folder"):
        list(read([tmp_path / "missing.txt"]))
    with pytest.raises(GraphbuilderError, match="the folder has no files"):
        list(read([tmp_path]))
    with pytest.raises(GraphbuilderError, match="no format 'word'; it is one of acl, aminer"):
        list(read([DATA], "word"))


def test_broken_utf8_skips_the_record_and_no_other(tmp_path: Path) -> None:
    broken = b'{"title": "On L\xffcks", "abstract": "They close."}\n'
    papers, skips = read_bytes(GOOD.encode() + b"\n" + broken + GOOD.encode() + b"\n", tmp_path)
    assert len(papers) == 2
    assert [str(s) for s in skips] == [f"{tmp_path}/input:2: not valid UTF-8; save the file as UTF-8"]
    author = b'{"title": "A", "abstract": "B.", "authors": ["L\xe9a"]}\n'
    papers, skips = read_bytes(author, tmp_path)
    assert (papers[0].authors, skips) == (("L\ufffda",), [])


def test_half_of_a_surrogate_pair_in_json(tmp_path: Path) -> None:
    papers, skips = read_bytes(b'{"title": "A \\ud83d B", "abstract": "C."}\n' + GOOD.encode(), tmp_path)
    assert (len(papers), len(skips)) == (1, 1)


@pytest.mark.parametrize(
    "name", ["listing_dense.txt", "library.bib", "openalex.jsonl", "scopus.csv", "pubmed.xml"]
)
def test_utf16_with_a_byte_order_mark(name: str, tmp_path: Path) -> None:
    text = (DATA / name).read_text(encoding="utf-8-sig").replace('encoding="UTF-8"', "")
    plain = read_bytes(text.encode(), tmp_path)
    assert len(plain[0]) >= 10
    assert read_bytes(text.encode("utf-16"), tmp_path) == plain


@pytest.mark.parametrize("around", ['{"title": "%s"}\n', '[{"title": "%s", "abstract": "x"},\n', "%s\n"])
def test_a_line_of_50_mb(around: str, tmp_path: Path) -> None:
    start = time.process_time()
    line = around.encode().replace(b"%s", b"a" * 50_000_000)
    papers, skips = read_bytes(GOOD.encode() + b"\n" + line + GOOD.encode() + b"\n", tmp_path)
    assert len(papers) == 2
    assert len(skips) == 1
    assert ":2: longer than 16 million characters" in str(skips[0])
    assert time.process_time() - start < 20


def test_a_line_of_50_mb_in_other_formats(tmp_path: Path) -> None:
    long = b"a" * 50_000_000
    for name in ("library.bib", "library.ris", "listing_dense.txt", "scopus.csv"):
        data = (DATA / name).read_bytes()
        papers, skips = read_bytes(data + b"\n" + long + b"\n" + data, tmp_path)
        assert len(papers) >= 19, name
        assert any("long" in s.reason or "million" in s.reason for s in skips), name


def test_an_entity_bomb_is_refused_before_it_grows(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "lol">{levels}]><feed><entry><title>&l11;</title></entry></feed>'
    start = time.process_time()
    papers, skips = read_bytes(bomb.encode(), tmp_path)
    assert papers == []
    assert "entities of its own" in skips[0].reason
    assert time.process_time() - start < 2


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret")
    xml = f'<!DOCTYPE feed [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><feed><entry><title>&x;</title></entry></feed>'
    papers, skips = read_bytes(xml.encode(), tmp_path)
    assert papers == []
    assert len(skips) == 1


def test_a_name_space_that_is_not_declared(tmp_path: Path) -> None:
    feed = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><summary>B</summary></entry><x:y/></feed>'
    papers, skips = read_bytes(feed.encode(), tmp_path, "atom")
    assert [p.title for p in papers] == ["A"]
    assert "unbound prefix" in str(skips[0])


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"parquet"}))
def test_deep_nesting(format: str, tmp_path: Path) -> None:
    for data in (
        b"[" * 200_000,
        b'{"title":' * 100_000,
        b"<a>" * 200_000,
        b"@a{b,c=" + b"{" * 100_000,
        b"(" * 100_000,
    ):
        start = time.process_time()
        assert read_bytes(data, tmp_path, format)[0] == []
        assert time.process_time() - start < 10


def test_a_deep_value_spoils_its_record_alone(tmp_path: Path) -> None:
    deep = b'{"title": "A", "abstract": "B.", "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
    papers, skips = read_bytes(GOOD.encode() + b"\n" + deep + b"\n" + GOOD.encode(), tmp_path)
    assert (len(papers), len(skips)) == (2, 1)
    assert ":2: nested too deep" in str(skips[0])


def test_an_array_goes_on_after_a_broken_record(tmp_path: Path) -> None:
    rows = [{"title": f"T{n}", "abstract": "A.", "authors": [{"name": "B"}]} for n in range(9)]
    text = json.dumps(rows, indent=2).replace('"title": "T4"', '"title": T4')
    papers, skips = read_bytes(text.encode(), tmp_path)
    assert [p.title for p in papers] == [f"T{n}" for n in range(9) if n != 4]
    assert len(skips) == 1
    assert ":38: no valid JSON" in str(skips[0])


def test_a_damaged_archive_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    whole = gzip.compress((GOOD + "\n").encode() * 50_000, mtime=0)
    papers, skips = read_bytes(whole[:-2000], tmp_path)
    assert len(papers) > 1000
    assert [s.reason.partition(" (")[0] for s in skips] == ["damaged"]


def test_a_zip_with_a_password_and_a_bomb_of_zeros(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zeros", b"\0" * 100_000_000)
        archive.writestr("works.jsonl", GOOD)
    skips: list[Skip] = []
    assert len(list(read([path], on_skip=skips.append))) == 1
    assert [s.reason.partition(";")[0] for s in skips] == ["a binary file of no known format"]


@pytest.mark.parametrize("path", FILES, ids=[f.name for f in FILES])
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damage(path: Path, data: st.DataObject, tmp_path: Path) -> None:
    """Cut, flipped, repeated and foreign bytes, with the format found and with it named."""
    raw = bytearray(path.read_bytes())
    rng = random.Random(data.draw(st.integers(0, 2**32)))
    for _ in range(data.draw(st.integers(1, 6))):
        place = rng.randrange(len(raw)) if raw else 0
        match data.draw(st.sampled_from(("cut", "flip", "repeat", "insert", "drop"))):
            case "cut":
                del raw[place:]
            case "flip" if raw:
                raw[place] ^= 1 << rng.randrange(8)
            case "repeat":
                raw[place:place] = raw[place : place + 50] * rng.randrange(1, 40)
            case "insert":
                raw[place:place] = data.draw(st.binary(max_size=20))
            case "drop":
                del raw[place : place + rng.randrange(200)]
    papers, skips = read_bytes(bytes(raw), tmp_path)
    assert papers or skips
    assert all(
        s.reason and ":" in s.where
        for s in skips
        if "works are known" not in s.reason and "in any" not in s.reason
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.just("10.5555/x"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("path", [f for f in FILES if f.suffix in (".json", ".jsonl")], ids=lambda f: f.name)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_wrong_types(path: Path, data: st.DataObject, tmp_path: Path) -> None:
    """Any value at any place of a record."""
    text = path.read_text(encoding="utf-8-sig")
    if "NumberInt" in text:
        text = text.replace("NumberInt(", "").replace("),\n", ",\n")
    rows = (
        json.loads(text)
        if path.suffix == ".json"
        else [json.loads(x) for x in text.splitlines() if x.endswith("}")]
    )
    if isinstance(rows, dict):
        rows = next(
            v for v in [*rows.values(), *rows.get("message", {}).values()] if isinstance(v, list) and v
        )
    row = data.draw(st.sampled_from(rows))
    places: list[tuple[object, object]] = []

    def visit(node: object) -> None:
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):  # type: ignore[arg-type]
            places.append((node, key))
            if isinstance(value, dict | list) and value:
                visit(value)

    visit(row)
    for node, key in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=5)):
        node[key] = data.draw(VALUES)  # type: ignore[index]
    name = next(f for f in FORMATS if read_bytes(b"", tmp_path, f) and _reads(path, f))
    read_bytes((json.dumps(row) + "\n" + GOOD).encode(), tmp_path, name)


def _reads(path: Path, format: str) -> bool:
    from graphbuilder.sources import formats
    from graphbuilder.sources.source import Source

    with path.open("rb") as file:
        return formats.detect(Source.of(file, path.name)) == FORMATS[format]


@pytest.mark.parametrize("format", sorted(FORMATS))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace")))
def test_anything_under_any_format(format: str, data: bytes, tmp_path: Path) -> None:
    read_bytes(data, tmp_path, format)
