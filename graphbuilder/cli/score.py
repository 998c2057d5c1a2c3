"""``graphbuilder score``: precision, recall and F1 of the extractor on annotated papers."""

from __future__ import annotations

import json

import click


@click.command()
@click.argument("gold", metavar="GOLD.jsonl")
@click.option(
    "--predicted",
    metavar="FILE.jsonl",
    help="Output of 'graphbuilder extract' to score, instead of reading the papers of GOLD anew.",
)
@click.option("--model", metavar="NAME_OR_PATH", help="Model that finds the entities; 'patterns' needs none.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="X",
    help="Leave out entities that are less sure than X (0 to 1).",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(
    gold: str,
    predicted: str | None,
    model: str | None,
    min_confidence: float,
    as_json: bool,
) -> None:
    """Score the extractor against GOLD: one JSON object a paper, in the form that 'extract' prints.

    Each has a title, an abstract (unless --predicted is given) and entities with name, aliases, type and
    role; used_for and results are scored where they are there.
    """
    from graphbuilder import score

    papers = score.read(gold)
    if predicted:
        found = score.read(predicted)
    else:
        found = score.extracted(papers, model=model, min_confidence=min_confidence)
    figures = score.score(papers, found)
    if as_json:
        click.echo(json.dumps({name: row._asdict() for name, row in figures.items()}))
        return
    click.echo(f"{'':20} {'P':>6} {'R':>6} {'F1':>6} {'gold':>6}")
    for name, (p, r, f1, number) in figures.items():
        click.echo(f"{name:20} {100 * p:6.1f} {100 * r:6.1f} {100 * f1:6.1f} {number:6}")
