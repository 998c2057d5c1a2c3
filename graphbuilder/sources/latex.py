r"""Text with LaTeX in it (``Erd\H{o}s``, ``{B}ayes``, ``50\%``) as plain Unicode text.

Formulas keep their content: ``$\alpha$-divergence`` is ``α-divergence``. It is meant for titles, names and
abstracts, and leaves alone what it does not know.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from graphbuilder.sources.text import clean

_ESCAPED = re.compile(r"\\([%&$#_{} ,;:!/@-])")
_MATH = re.compile(r"\$\$?([^$]{0,2000})\$\$?")
_ACCENT = re.compile(
    r"\\(?:([`'^~\"=.])|([uvHcdbkrt])(?![A-Za-z]))\s*(?:\{\s*\\?([^\W\d_]?)\s*\}|\\?([^\W\d_]))"
)
_DROPPED = re.compile(
    r"\\(?:rm|bf|it|em|sc|tt|sf|sl|small|large|displaystyle|left|right|limits|noindent|par|,|!)(?![A-Za-z])\s*"
    r"|\\(?:cite[a-z]*|ref|label|footnote(?:mark)?|href)\*?(?:\[[^\[\]]*\])*\{[^{}]*\}"
)
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\*?([ \t\n]*)")
_TIE = re.compile(r"(?<=[\w.,)])~(?=\w)")
#: Escaped signs are set aside while the rest is read.
_HIDE = {
    "%": "\ue000",
    "&": "\ue001",
    "$": "\ue002",
    "#": "\ue003",
    "_": "\ue004",
    "{": "\ue005",
    "}": "\ue006",
}
_SHOW = {mark: sign for sign, mark in _HIDE.items()}
_HIDDEN = re.compile("[\ue000-\ue006]")


def plain(value: Any) -> str:
    """A text without its LaTeX; anything that is no text is handled as :func:`clean` does."""
    if not isinstance(value, str):
        return clean(value)
    text = value
    if "\\" in text:
        text = _ESCAPED.sub(_escaped, text.replace("\\\\", " "))
    if "$" in text:
        text = _MATH.sub(_formula, text)
    if "\\" in text:
        text = _ACCENT.sub(_accented, text)
        text = _DROPPED.sub("", text)
        text = _FRACTION.sub(r"\1/\2", text)
        text = _COMMAND.sub(_command, text)
    if "{" in text or "}" in text:
        text = text.replace("{", "").replace("}", "")
    if "~" in text:
        text = _TIE.sub(" ", text)
    if "``" in text or "''" in text:
        text = text.replace("``", '"').replace("''", '"')
    return text if text.isascii() else _HIDDEN.sub(lambda found: _SHOW[found[0]], text)


def _escaped(found: re.Match[str]) -> str:
    sign = found[1]
    return _HIDE.get(sign) or ("" if sign in "!-" else " " if sign in " ,;:" else sign)


def _formula(found: re.Match[str]) -> str:
    """The content of a formula; "between $5 and $10" has none."""
    content = found[1]
    if " " in content.strip() and not any(sign in content for sign in "\\^_={}<>+"):
        return found[0]
    return content


def _accented(found: re.Match[str]) -> str:
    letter = found[3] or found[4] or ""
    return unicodedata.normalize("NFC", letter + _signs("accent")[found[1] or found[2]]) if letter else ""


def _command(found: re.Match[str]) -> str:
    """A letter or a sign if the command is one; nothing if its argument follows; else its name."""
    name, gap = found[1], found[2]
    if letter := _signs("letter").get(name):
        return letter
    if sign := _signs("sign").get(name) or _greek(name):
        return sign + gap
    return "" if found.string[found.end() : found.end() + 1] in ("{", "[") else name + gap


@cache
def _signs(kind: str) -> dict[str, str]:
    """Commands of one kind with the signs that they print."""
    text = (files(__package__) / "latex.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {
        name: chr(int(sign[2:], 16)) if sign.startswith("U+") else sign for k, name, sign in rows if k == kind
    }


@cache
def _greek(name: str) -> str:
    size = "CAPITAL" if name[:1].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}")
    except KeyError:
        return ""
