"""Print the reference of the command line, from the commands themselves: ``python docs/reference.py``."""

from __future__ import annotations

import click

from graphbuilder.cli import COMMANDS, main


def reference() -> str:
    """The reference as Markdown: each command with the help that it prints."""
    parts = [
        "# Commands\n",
        "Printed by `python docs/reference.py`; a test compares it with the commands.\n",
    ]
    context = click.Context(main, info_name="graphbuilder", max_content_width=100)
    for name in COMMANDS:
        command = main.get_command(context, name)
        assert command is not None
        with click.Context(command, parent=context, info_name=name, max_content_width=100) as inner:
            parts.append(f"## {name}\n\n```text\n{command.get_help(inner)}\n```\n")
    return "\n".join(parts)


if __name__ == "__main__":
    print(reference(), end="")
