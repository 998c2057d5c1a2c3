"""Answers and cards as a person reads them in a terminal; plain text when it is none."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphbuilder.ask.answer import Answer, Evidence, Found
from graphbuilder.ask.cards import Card
from graphbuilder.ask.fulltext import BY

if TYPE_CHECKING:
    from rich.console import Console

    from graphbuilder.ask.asker import Asker

_SHOWN = 20


def print_answer(answer: Answer, explain: bool = False) -> None:
    """Print an answer: what was understood, what we stand by with its sentences, then the looser finds."""
    console = _console()
    console.print(f"[dim]Understood:[/dim] {_safe(answer.understood)}", highlight=False)
    if answer.unused:
        console.print(f"[dim]No paper has:[/dim] {_safe(', '.join(answer.unused))}", highlight=False)
    if answer.answers:
        console.print()
    for found in answer.answers[:_SHOWN]:
        _print_found(console, found)
    if len(answer.answers) > _SHOWN:
        console.print(f"[dim]and {len(answer.answers) - _SHOWN} more: --json lists them all[/dim]")
    if answer.related:
        heading = "Less sure" if answer.answers else "Nothing that I would stand by. Nearest in the text"
        if answer.related[0].by == BY:
            heading = "No answer in this graph. Papers that have words of the question (full text)"
        console.print(f"\n[bold]{heading}:[/bold]")
        for found in answer.related:
            _print_found(console, found, brief=True)
    if not answer.answers and not answer.related:
        console.print("No answer in this graph.")
    if answer.suggestions:
        console.print(f"[dim]Names in the graph that come near:[/dim] {_safe(', '.join(answer.suggestions))}")
    if explain:
        print_cypher(answer)


def print_cypher(answer: Answer) -> None:
    """Print what was run, ready to paste into Neo4j Browser: the parameters, then the Cypher."""
    import json

    for name, cypher, parameters in answer.steps:
        print(f"\n// {name}")
        for key, value in parameters.items():
            print(f":param {key} => {json.dumps(value, ensure_ascii=False)};")
        print(f"{cypher};")


def print_card(card: Card) -> None:
    """Print the card of a paper or an entity."""
    console = _console()
    console.print(f"[bold]{_safe(card.entity.name)}[/bold]  [dim]{card.entity.label}[/dim]", highlight=False)
    if card.entity.aliases:
        console.print(f"[dim]also[/dim] {_safe(', '.join(card.entity.aliases))}", highlight=False)
    for name, value in card.facts.items():
        if value in (None, "", []):
            continue
        shown = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        console.print(f"[dim]{name}[/dim] {_safe(shown)}", highlight=False)
    for role, lines in groupby(card.lines, key=lambda line: line.role):
        console.print(f"\n[bold]{role.lower().replace('_', ' ')}[/bold]")
        listed = list(lines)
        for line in listed[:_SHOWN]:
            note = f"  [dim]{_safe(line.note)}[/dim]" if line.note else ""
            console.print(f"  {_safe(line.name)}  [dim]{line.label}[/dim]{note}", highlight=False)
            if line.evidence is not None:
                _print_sentence(console, line.evidence)
        if len(listed) > _SHOWN:
            console.print(f"  [dim]and {len(listed) - _SHOWN} more[/dim]")
    if card.others:
        names = ", ".join(f"{e.name} ({e.label})" for e in card.others[:6])
        console.print(f"\n[dim]The name also stands for:[/dim] {_safe(names)}", highlight=False)


def print_lines(lines: Iterable[tuple[str, tuple[Evidence, ...]]]) -> None:
    """Print what connects two names, each line with its sentences."""
    console = _console()
    for said, evidence in lines:
        console.print(_safe(said), highlight=False)
        for one in evidence:
            _print_sentence(console, one)


def prompt(asker: Asker, explain: bool = False) -> None:
    """Ask for questions until the input ends, with history and completion of names."""
    read = _reader(asker)
    while True:
        try:
            question = read().strip()
        except (EOFError, KeyboardInterrupt):
            print()
            return
        if question in ("quit", "exit", ":q"):
            return
        if question:
            print_answer(asker.ask(question), explain)
            print()


def _reader(asker: Asker) -> Any:
    if not sys.stdin.isatty():
        return input
    try:
        import readline
    except ImportError:  # not on every system; the prompt works without
        return lambda: input("? ")
    history = Path.home() / ".local" / "state" / "graphbuilder" / "history"
    with suppress(OSError):
        history.parent.mkdir(parents=True, exist_ok=True)
        history.touch()
        readline.read_history_file(history)

    def complete(_: str, number: int) -> str | None:
        line = readline.get_line_buffer()[: readline.get_endidx()]
        start = readline.get_begidx()
        names = asker.index.beginning_with(line[start:]) if len(line) - start >= 2 else []
        return names[number] if number < len(names) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" ")
    readline.parse_and_bind("tab: complete")

    def read() -> str:
        line = input("? ")
        with suppress(OSError):
            readline.append_history_file(1, history)
        return line

    return read


def _print_found(console: Console, found: Found, brief: bool = False) -> None:
    mark = "[dim]·[/dim]" if brief else "[green]●[/green]"
    others = [alias for alias in found.aliases if alias != found.name][:4]
    aliases = f"  [dim]{_safe(', '.join(others))}[/dim]" if others else ""
    number = f"  {found.row['papers']} papers" if "papers" in found.row and found.label != "Row" else ""
    console.print(f"{mark} {_safe(found.name)}{number}{aliases}", highlight=False)
    if found.note:
        console.print(f"    [dim]{_safe(found.note)}[/dim]", highlight=False)
    for evidence in found.evidence[: 1 if brief else 3]:
        _print_sentence(console, evidence)


def _print_sentence(console: Console, evidence: Evidence) -> None:
    """Print a sentence with its marks, indented; in a pipe it stays on one line."""
    from rich.padding import Padding
    from rich.text import Text

    line = Text(evidence.sentence.replace("\n", " "), style="dim" if evidence.marks else "")
    for start, end in evidence.marks:
        line.stylize("bold not dim", start, end)
    console.print(Text("    ").append_text(line) if console.soft_wrap else Padding(line, (0, 0, 0, 4)))


def _console() -> Console:
    from rich.console import Console

    return Console(soft_wrap=not sys.stdout.isatty(), emoji=False)


def _safe(text: str) -> str:
    from rich.markup import escape

    return escape("".join(c if c.isprintable() else " " for c in text))
