"""A table as one HTML page that loads nothing: the literature, or the method-task matrix.

Every piece shows its sentence when the pointer rests on it.
"""

from __future__ import annotations

import html
from typing import TextIO
from urllib.parse import quote

from graphbuilder.export.table import Item, table
from graphbuilder.export.xml import escape
from graphbuilder.records import PropertyGraph

_HEAD = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
body {{ font: 14px/1.4 system-ui, sans-serif; margin: 1.5rem; color: #222; background: #fff }}
table {{ border-collapse: collapse }}
th, td {{ border: 1px solid #ddd; padding: .3rem .5rem; text-align: left; vertical-align: top }}
th {{ position: sticky; top: 0; background: #f4f4f4 }}
td:empty {{ background: #fbf3e6 }}
[title] {{ cursor: help }}
a {{ color: #1a4f8b }}
</style>
</head>
<body>
<h1>{title}</h1>
"""


def write(graph: PropertyGraph, out: TextIO) -> None:
    """Write the table that suits the graph."""
    found = table(graph)
    out.write(_HEAD.format(title=escape(found.title)))
    out.writelines(f"<p>{escape(remark)}</p>\n" for remark in found.remarks)
    out.write("<table>\n<thead><tr>" + "".join(f"<th>{escape(name)}</th>" for name in found.columns))
    out.write("</tr></thead>\n<tbody>\n")
    for row in found.rows:
        cells = "".join(f"<td>{', '.join(map(_item, cell))}</td>" for cell in row)
        out.write(f"<tr>{cells}</tr>\n")
    out.write("</tbody>\n</table>\n</body>\n</html>\n")


def _item(item: Item) -> str:
    shown = escape(item.text)
    if item.link is not None and item.link.lower().startswith(("http://", "https://")):
        address = html.escape(quote(item.link, safe="/:?#@!$&+,;=%~_-.()'", errors="replace"))
        return f'<a href="{address}">{shown}</a>'
    return f'<span title="{escape(item.note)}">{shown}</span>' if item.note else shown
