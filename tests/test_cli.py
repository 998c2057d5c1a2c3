"""The command line as a user meets it: exit codes, one line for an error, results on standard output."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples" / "papers.txt"


def graphbuilder(*words: object, **kw: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload,no-any-return]
        [sys.executable, "-m", "graphbuilder", *map(str, words)],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
        **kw,
    )


@pytest.fixture(scope="session")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "graph.lbug"
    built = graphbuilder("build", EXAMPLES, "--graph", path)
    assert built.returncode == 0, built.stderr
    return path


def test_build_ask_and_the_rest_work_on_the_examples(graph: Path, tmp_path: Path) -> None:
    asked = graphbuilder("ask", "which papers use VIB for pruning", "--graph", graph, "--json")
    answer = json.loads(asked.stdout)
    assert answer["answers"], asked.stderr
    sentence = answer["answers"][0]["evidence"][0]["sentence"]
    assert "ariational" in sentence or "VIB" in sentence
    for words in (
        ["stats"],
        ["query", "--list"],
        ["show", "Variational Information Bottleneck"],
        ["duplicates"],
    ):
        run = graphbuilder(*words, *([] if "--list" in words else ["--graph", graph]))
        assert run.returncode == 0, (words, run.stderr)
        assert run.stdout or words == ["duplicates"]
    for name in ("map.html", "graph.graphml", "graph.json"):
        run = graphbuilder("viz" if name.endswith("html") else "export", tmp_path / name, "--graph", graph)
        assert run.returncode == 0, run.stderr
        assert (tmp_path / name).stat().st_size > 1000


def test_help_starts_fast_and_loads_nothing_heavy() -> None:
    started = time.perf_counter()
    code = (
        "import sys; sys.argv = ['graphbuilder', '--help']\n"
        "from graphbuilder.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'spacy', 'ladybug', 'pyarrow', 'numpy', 'networkx', 'rich', 'neo4j', 'pyvis'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    assert time.perf_counter() - started < 3  # 0.1 s alone; other tests share the machine


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.txt", b""),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("prose.txt", b"It was a dark and stormy night. " * 5),
        ("broken.jsonl", b'{"title": "A", "abstract": "\xff\xfe broken"\n' * 3),
        ("no-abstract.jsonl", b'{"title": "Only a title"}\n'),
        ("no-columns.csv", b"a,b\n1,2\n"),
        ("cut.jsonl.gz", gzip.compress(b'{"title": "T", "abstract": "An abstract."}\n' * 99, mtime=0)[:40]),
    ],
)
def test_bad_input_gives_clear_lines_and_leaves_the_old_graph(
    graph: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    before = graph.read_bytes()
    (tmp_path / name).write_bytes(content)
    run = graphbuilder("build", tmp_path / name, "--graph", graph)
    assert run.returncode == 1
    assert name in run.stderr
    assert "Traceback" not in run.stderr
    assert run.stdout == ""
    assert graph.read_bytes() == before


@pytest.mark.parametrize("source", ["missing.txt", "folder"])
def test_a_missing_file_and_an_empty_folder_are_named(tmp_path: Path, source: str) -> None:
    (tmp_path / "folder").mkdir()
    run = graphbuilder("build", tmp_path / source, "--graph", tmp_path / "g.lbug")
    assert run.returncode == 1
    assert source in run.stderr
    assert "Traceback" not in run.stderr


def test_good_records_go_on_where_one_is_bad(tmp_path: Path) -> None:
    rows = tmp_path / "mixed.jsonl"
    good = json.dumps({"title": "A Study of Pruning", "abstract": "We use pruning on the CIFAR-10 dataset."})
    rows.write_text(f'{good}\n{{"title": \n{good.replace("Study", "View")}\n')
    run = graphbuilder("build", rows, "--graph", tmp_path / "g.lbug")
    assert run.returncode == 0
    assert "2 papers" in run.stdout
    assert "mixed.jsonl:2" in run.stderr


def test_a_line_of_50_megabytes_does_no_harm(tmp_path: Path) -> None:
    rows = tmp_path / "long.jsonl"
    good = json.dumps({"title": "A Study of Pruning", "abstract": "We use pruning on the CIFAR-10 dataset."})
    rows.write_text(good + "\n" + "x" * 50_000_000 + "\n")
    run = graphbuilder("build", rows, "--graph", tmp_path / "g.lbug")
    assert run.returncode == 0, run.stderr
    assert "long.jsonl:2" in run.stderr
    assert len(run.stderr) < 2000


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    run = graphbuilder(
        "build", "-", "--graph", tmp_path / "g.lbug", input=EXAMPLES.read_text(encoding="utf-8")
    )
    assert run.returncode == 0, run.stderr


def test_a_graph_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    run = graphbuilder("build", EXAMPLES, "--graph", blocked / "g.lbug")
    assert run.returncode == 1
    assert len(run.stderr.strip().splitlines()) == 1


def test_asking_a_graph_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    run = graphbuilder("ask", "what", "--graph", tmp_path / "none.lbug")
    assert run.returncode == 1
    assert "build" in run.stderr


def test_wrong_usage_has_exit_code_2() -> None:
    assert graphbuilder("build").returncode == 2
    assert graphbuilder("nonsense").returncode == 2


def test_the_graph_comes_from_the_environment_too(graph: Path) -> None:
    run = graphbuilder("stats", "--json", env={**os.environ, "GRAPHBUILDER_GRAPH": str(graph)})
    assert run.returncode == 0
    assert json.loads(run.stdout)


def test_the_corpus_pages_hold_628_works(tmp_path: Path) -> None:
    pages = sorted((ROOT.parent / "shared" / "corpus").glob("0*.txt"))
    if not pages:
        pytest.skip("the corpus is not beside this checkout")
    run = graphbuilder("build", *pages, "--graph", tmp_path / "g.lbug")
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("628 papers")


def test_every_process_builds_the_same_bytes(tmp_path: Path) -> None:
    hashes = {
        graphbuilder(
            "build",
            EXAMPLES,
            "--graph",
            tmp_path / f"{seed}.lbug",
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
        )
        .stdout.splitlines()[-1]
        .split()[1]
        for seed in (1, 2, 3)
    }
    assert len(hashes) == 1
