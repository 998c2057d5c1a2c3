"""What a build promises: the same bytes, nothing lost, nothing read twice."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import graphbuilder
from graphbuilder import GraphbuilderError, stores

TOPICS = ["pruning", "quantization", "machine unlearning", "image classification", "speech recognition"]
TOOLS = ["Variational Information Bottleneck (VIB)", "Low-Rank Adaptation (LoRA)", "contrastive learning"]


def records(count: int, first: int = 0) -> list[dict[str, object]]:
    """Invented papers."""
    return [
        {
            "title": f"Net{n}: Towards {TOPICS[n % 5].title()} in Setting {n}",
            "abstract": f"We propose Net{n}, which uses {TOOLS[n % 3]} for {TOPICS[n % 5]}. "
            f"On the CIFAR-10 dataset, Net{n} reaches an accuracy of {50 + n % 50}.{n % 10}%.",
            "year": 2015 + n % 10,
        }
        for n in range(first, first + count)
    ]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def content(graph: Path) -> str:
    with graphbuilder.open(graph) as opened:
        stated: str = opened.manifest()["content_hash"]
        assert opened.read().content_hash() == stated
        return stated


def test_order_and_workers_do_not_change_the_graph(tmp_path: Path) -> None:
    rows = records(40)
    one = graphbuilder.build([write(tmp_path / "a.jsonl", rows)], tmp_path / "one.lbug", workers=1)
    random.Random(3).shuffle(rows)
    (tmp_path / "again").mkdir()
    two = graphbuilder.build([write(tmp_path / "again" / "a.jsonl", rows)], tmp_path / "two.lbug", workers=2)
    assert one.content_hash == two.content_hash == content(tmp_path / "two.lbug")


def test_adding_files_gives_the_graph_of_all_at_once_and_reads_only_what_is_new(tmp_path: Path) -> None:
    first, second = (
        write(tmp_path / "1.jsonl", records(20)),
        write(tmp_path / "2.jsonl", records(12, first=15)),
    )
    whole = graphbuilder.build([first, second], tmp_path / "whole.lbug")
    graphbuilder.build([first], tmp_path / "grown.lbug")
    grown = graphbuilder.build([second], tmp_path / "grown.lbug", add=True)
    assert grown.content_hash == whole.content_hash
    assert (grown.papers, grown.extracted) == (27, 7)


def grow(pages: list[Path], graph: Path) -> list[str]:
    """The content of a graph to which the pages were added one by one."""
    graphbuilder.build(pages[:1], graph)
    for page in pages[1:]:
        graphbuilder.build([page], graph, add=True)
    with graphbuilder.open(graph) as opened:
        return list(opened.read().lines())


def test_adding_pages_one_by_one_in_any_order_gives_the_graph_of_all_at_once(tmp_path: Path) -> None:
    # the pages overlap, and a page may define what another one only names
    rows = records(24)
    for n in (3, 10, 17):
        rows[n]["abstract"] = f"Here VIB and LoRA compress Net{n - 1}, and we prune by contrastive learning."
    pages = [write(tmp_path / f"{n}.jsonl", rows[5 * n : 5 * n + 7]) for n in range(5)]
    graphbuilder.build(pages, tmp_path / "whole.lbug")
    with graphbuilder.open(tmp_path / "whole.lbug") as whole:
        expected = list(whole.read().lines())
    assert grow(pages, tmp_path / "grown.lbug") == expected
    assert grow(pages[::-1], tmp_path / "backwards.lbug") == expected


def test_adding_the_real_pages_one_by_one_gives_the_graph_of_all_at_once(tmp_path: Path) -> None:
    pages = sorted((Path(__file__).parents[2] / "shared" / "corpus").glob("0*.txt"))
    if len(pages) < 2:
        pytest.skip("the pages of real abstracts are not here")
    graphbuilder.build(pages, tmp_path / "whole.lbug")
    # statements depend on a paper's text alone: the archive saves reading the papers twice
    shutil.copy(tmp_path / "whole.lbug.archive", tmp_path / "grown.lbug.archive")
    with graphbuilder.open(tmp_path / "whole.lbug") as whole:
        assert grow(pages[::-1], tmp_path / "grown.lbug") == list(whole.read().lines())


def test_a_build_replaces_what_was_there(tmp_path: Path) -> None:
    graph = tmp_path / "g.lbug"
    graphbuilder.build([write(tmp_path / "1.jsonl", records(5))], graph)
    graphbuilder.build([write(tmp_path / "2.jsonl", records(3, first=100))], graph)
    with graphbuilder.open(graph) as opened:
        titles = [r["title"] for r in opened.query("MATCH (p:Paper) RETURN p.title AS title").rows]
    assert len(titles) == 3
    assert all("Net10" in t for t in titles)


def test_a_failed_write_leaves_the_old_graph_and_keeps_what_was_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = tmp_path / "g.lbug"
    graphbuilder.build([write(tmp_path / "1.jsonl", records(5))], graph)
    before = content(graph)
    more = write(tmp_path / "2.jsonl", records(9))

    def no_store(*_: object, **__: object) -> None:
        raise GraphbuilderError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(stores, "open_store", no_store)
        with pytest.raises(GraphbuilderError):
            graphbuilder.build([more], graph)
    assert content(graph) == before
    assert graphbuilder.build([more], graph).extracted == 0


def test_a_killed_build_leaves_the_old_graph_and_goes_on(tmp_path: Path) -> None:
    graph = tmp_path / "g.lbug"
    graphbuilder.build([write(tmp_path / "1.jsonl", records(5))], graph)
    before = content(graph)
    many = write(tmp_path / "many.jsonl", records(1500))
    command = [
        sys.executable,
        "-m",
        "graphbuilder",
        "build",
        str(many),
        "--graph",
        str(graph),
        "--workers",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    log = Path(f"{graph}.archive-wal")
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        if log.exists() and log.stat().st_size > 1_300_000:  # more than what one commit writes
            break
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL, "the build was over before it could be killed"
    assert content(graph) == before
    again = graphbuilder.build([many], graph, workers=1)
    assert 0 < again.extracted < 1500
    assert again.content_hash == content(graph)


def test_two_builds_at_once_are_refused_in_one_line(tmp_path: Path) -> None:
    from graphbuilder.archive import Archive, archive_path

    graph = tmp_path / "g.lbug"
    source = write(tmp_path / "1.jsonl", records(2))
    with Archive(archive_path(str(graph))), pytest.raises(GraphbuilderError, match="another build"):
        graphbuilder.build([source], graph)


def test_the_names_file_changes_the_next_build(tmp_path: Path) -> None:
    graph = tmp_path / "g.lbug"
    source = write(tmp_path / "1.jsonl", records(6))
    graphbuilder.build([source], graph)
    names = tmp_path / "g.lbug.names"
    names.write_text("alias pruning = quantization\n" + names.read_text())
    graphbuilder.build([source], graph)
    with graphbuilder.open(graph) as opened:
        forms = opened.query(
            "MATCH (e) WHERE e.name = $name RETURN e.aliases AS aliases", {"name": "quantization"}
        ).rows
    assert any("pruning" in f.lower() for f in forms[0]["aliases"])


def test_confidence_cuts_entities_and_what_hangs_on_them(tmp_path: Path) -> None:
    source = write(tmp_path / "1.jsonl", records(6))
    everything = graphbuilder.build([source], tmp_path / "a.lbug")
    sure = graphbuilder.build([source], tmp_path / "b.lbug", min_confidence=1.0)
    assert sum(sure.counts.get(k, 0) for k in ("Method", "Concept")) < sum(
        everything.counts.get(k, 0) for k in ("Method", "Concept")
    )


def test_nothing_to_build_from_is_an_error_and_strict_names_the_record(tmp_path: Path) -> None:
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "Only a title"}\n')
    with pytest.raises(GraphbuilderError, match="no paper"):
        graphbuilder.build([bad], tmp_path / "g.lbug")
    with pytest.raises(GraphbuilderError, match=r"bad\.jsonl:1"):
        graphbuilder.build([bad], tmp_path / "g.lbug", strict=True)
    assert not (tmp_path / "g.lbug").exists()


def test_networkx_holds_every_node_and_edge(tmp_path: Path) -> None:
    graph = tmp_path / "g.lbug"
    graphbuilder.build([write(tmp_path / "1.jsonl", records(4))], graph)
    with graphbuilder.open(graph) as opened:
        whole, nx = opened.read(), opened.to_networkx()
    assert nx.number_of_nodes() == sum(map(len, whole.nodes.values()))
    assert nx.number_of_edges() == sum(map(len, whole.edges.values()))


def test_cited_works_outside_the_corpus_are_counted_and_kept_on_demand(tmp_path: Path) -> None:
    rows = [
        {
            "id": "https://openalex.org/W1",
            "title": "One",
            "abstract_inverted_index": {"Pruning": [0]},
            "referenced_works": ["https://openalex.org/W2", "https://openalex.org/W9"],
        },
        {
            "id": "https://openalex.org/W2",
            "title": "Two",
            "abstract_inverted_index": {"Pruning": [0]},
            "referenced_works": [],
        },
    ]
    source = write(tmp_path / "works.jsonl", rows)
    built = graphbuilder.build([source], tmp_path / "a.lbug")
    assert (built.external, built.counts["Paper"], built.counts["CITES"]) == (1, 2, 1)
    kept = graphbuilder.build([source], tmp_path / "b.lbug", keep_external=True)
    assert (kept.external, kept.counts["Paper"], kept.counts["CITES"]) == (1, 3, 2)


def test_files_cannot_be_added_where_the_old_ones_are_not_kept(tmp_path: Path) -> None:
    graph = tmp_path / "g.lbug"
    source = write(tmp_path / "1.jsonl", records(3))
    graphbuilder.build([source], graph)
    before = content(graph)
    (tmp_path / "g.lbug.archive").unlink()
    with pytest.raises(GraphbuilderError, match="without --add"):
        graphbuilder.build([write(tmp_path / "2.jsonl", records(3, first=9))], graph, add=True)
    assert content(graph) == before
