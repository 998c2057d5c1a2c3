"""How many acronyms that texts define are found, and how many found ones are right.

    python benchmarks/definitions.py marked.jsonl

A line of the file is a paper with the pairs that a reader marks in it, as printed:
``{"title": ..., "abstract": ..., "definitions": [["VIB", "Variational Information Bottleneck"]]}``.
A pair counts if short and long form are the same but for letter case. Prints what differs, then the figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from graphbuilder.extract import definitions, sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("marked", type=Path)
    right = found = wanted = 0
    for line in parser.parse_args().marked.read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        text = f"{paper['title']}\n{paper['abstract']}"
        spans = sentences.split(paper["title"], paper["abstract"])
        ours = {(d.short.lower(), d.long.lower()) for d in definitions.find(text, spans)}
        marked = {(short.lower(), long.lower()) for short, long in paper["definitions"]}
        right, found, wanted = right + len(ours & marked), found + len(ours), wanted + len(marked)
        for sign, pairs in (("wrong ", ours - marked), ("missed", marked - ours)):
            for short, long in sorted(pairs):
                print(f"{sign}  {short} = {long}")
    print(f"{found} found, {wanted} marked: precision {right / found:.1%}, recall {right / wanted:.1%}")


if __name__ == "__main__":
    main()
