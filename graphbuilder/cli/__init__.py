"""The command line: one file a command, loaded only when that command runs.

A command file defines ``command`` and wires options to a plain function elsewhere. Results go to
standard output, everything else to standard error. Exit codes: 0; 1 for a run that failed, with one
line that says what and what to do; 2 for wrong usage.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from graphbuilder.errors import GraphbuilderError

#: What ``graphbuilder --help`` lists, in this order, without loading a single command.
COMMANDS = {
    "build": "Read papers, extract, assemble and store the graph.",
    "extract": "Print what each paper states, one JSON object a line.",
    "ask": "Answer a question from the graph, with the sentences that say so.",
    "query": "Run a named query, or read-only Cypher of your own.",
    "show": "Show the card of a paper or an entity.",
    "why": "Show the sentences that connect two names.",
    "duplicates": "List entities that may be one thing, with the reason.",
    "export": "Write the graph, or a part of it, in another format.",
    "viz": "Draw the graph as one interactive HTML file.",
    "stats": "Count what the graph holds.",
    "copy": "Copy a graph from one store to another.",
    "doctor": "Check the installation, the graph and the server.",
    "score": "Score the extractor against annotated papers.",
    "serve": "Serve the graph as a local web page, read-only.",
    "mcp": "Serve the graph to assistants (Model Context Protocol).",
}


class _Commands(click.Group):
    """A group whose commands are imported when they run, so that ``--help`` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"graphbuilder.cli.{name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (GraphbuilderError, OSError, MemoryError) as error:
            if ctx.params.get("debug") or isinstance(error, BrokenPipeError):
                raise
            raise click.ClickException(_one_line(error)) from error
        except Exception as error:
            if ctx.params.get("debug") or isinstance(error, click.ClickException | click.exceptions.Exit):
                raise
            if isinstance(error, click.Abort):
                raise
            raise click.ClickException(
                f"unexpected {type(error).__name__}: {_one_line(error)} (--debug shows where)"
            ) from error


def _one_line(error: BaseException) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    return " ".join(str(error).split()) or type(error).__name__


@click.command(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog='Start with: graphbuilder build papers.txt && graphbuilder ask "which papers use VIB for pruning"',
)
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
@click.version_option(package_name="graphbuilder")
def main(debug: bool) -> None:
    """A citation and knowledge graph from paper abstracts, in which every edge shows its sentence."""


def graph_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """``--graph``: a path (embedded) or a ``neo4j://`` URI, also from ``GRAPHBUILDER_GRAPH``."""
    return click.option(
        "--graph",
        "-g",
        envvar="GRAPHBUILDER_GRAPH",
        default="graph.lbug",
        show_default=True,
        help="The graph: a file path, or a neo4j://, neo4j+s:// or bolt:// URI (a namespace as #NAME).",
    )(function)


def say(*words: object) -> None:
    """Print for a person, on standard error."""
    click.echo(" ".join(map(str, words)), err=True)


def run() -> None:
    """The entry point: a closed pipe (``| head``) is no error."""
    # the model's matrices are small: more threads than one only wait for each other
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    try:
        main()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
