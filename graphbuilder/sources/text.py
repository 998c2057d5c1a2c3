"""Text as sources print it, made plain: one line, no markup, nothing that a file format forbids."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any

_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u200b\u2060\ufeff\ufffe\uffff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_INLINE = re.compile(
    r"</?(?:jats:|mml:)?(?:a|b|bold|em|emph|i|inf|inline-formula|it|italic|label|m[a-z]{1,10}|monospace"
    r"|named-content|sc|scp|small|span|strong|sub|sup|tex-math|tt|u|ul|underline|xref)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK = re.compile(
    r"</?(?:jats:)?(?:abstract|abstracttext|br|center|div|h\d|li|list|list-item|ol|p|sec|title)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^\s*<(jats:title|title|h\d|b|strong)>\s*abstract\s*[.:]?\s*</\1>", re.IGNORECASE)


def clean(value: Any) -> str:
    """The text of a value on one line: white space collapsed, invisible characters gone, NFC.

    A number is its digits; anything else that is no text is empty. Lone surrogates (damaged bytes,
    half of a pair in JSON) become U+FFFD: see :func:`damaged`.
    """
    if not isinstance(value, str):
        if isinstance(value, bool) or not isinstance(value, int | float):
            return ""
        value = str(value)
    if value.isprintable():  # no white space but spaces, nothing invisible
        if not value.isascii():
            value = unicodedata.normalize("NFC", value)
        return value.strip() if "  " not in value else " ".join(value.split())
    if not value.isascii():
        value = unicodedata.normalize("NFC", _SURROGATE.sub("\ufffd", value))
    return " ".join(_INVISIBLE.sub("", value).split())


def damaged(value: Any) -> bool:
    """Whether a text had bytes that are no UTF-8."""
    return isinstance(value, str) and not value.isascii() and _SURROGATE.search(value) is not None


def untagged(value: Any) -> str:
    """:func:`clean` of text with HTML or JATS markup: no tags, no heading "Abstract", entities resolved."""
    if not isinstance(value, str):
        return clean(value)
    if "<" in value:
        value = _BLOCK.sub(" ", _INLINE.sub("", _HEADING.sub("", value)))
    if "&" in value:
        value = html.unescape(value)
    return clean(value)


def folded(title: str) -> str:
    """What two printings of one title share: letters and digits without case and accents."""
    if title.isascii():
        key = "".join(filter(str.isalnum, title.lower()))
    else:
        plain = unicodedata.normalize("NFKD", title).casefold()
        key = "".join(filter(str.isalnum, plain))
    return key or title
