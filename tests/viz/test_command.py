"""The command: what it writes, what it refuses, and how fast it says what it can."""

from __future__ import annotations

import subprocess
import sys

import pytest
from click.testing import CliRunner

from graphbuilder.cli import main
from graphbuilder.stores import open_store


@pytest.fixture(scope="module")
def stored(graph, tmp_path_factory) -> str:
    path = str(tmp_path_factory.mktemp("graph") / "graph.lbug")
    with open_store(path) as store:
        store.write(graph, {"schema": 1})
    return path


def test_it_writes_one_file_and_says_so_on_standard_error(stored, tmp_path) -> None:
    file = tmp_path / "map.html"
    result = CliRunner().invoke(main, ["viz", str(file), "--graph", stored])
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert str(file) in result.stderr
    assert file.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_dash_writes_to_standard_output(stored) -> None:
    result = CliRunner().invoke(main, ["viz", "-", "--graph", stored, "--about", "torsion flow"])
    assert result.exit_code == 0, result.output
    assert "<title>torsion flow</title>" in result.stdout


def test_an_unknown_name_is_one_line(stored, tmp_path) -> None:
    result = CliRunner().invoke(
        main, ["viz", str(tmp_path / "x.html"), "--graph", stored, "--about", "torsoin flow"]
    )
    assert result.exit_code == 1
    assert "did you mean 'torsion flow'" in result.stderr
    assert not (tmp_path / "x.html").exists()


def test_choices_exclude_each_other(stored) -> None:
    result = CliRunner().invoke(main, ["viz", "-", "--graph", stored, "--about", "x", "--path", "a", "b"])
    assert result.exit_code == 2


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from graphbuilder.cli import main\n"
        "try: main(['viz', '--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'pyvis', 'IPython', 'networkx', 'numpy', 'ladybug', 'jinja2', 'spacy'} & set(sys.modules)\n"
        "print('HEAVY', sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "HEAVY []" in done.stdout
