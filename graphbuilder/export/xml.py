"""Text that XML can hold."""

from __future__ import annotations

import re

#: What XML 1.0 forbids even as a character reference (https://www.w3.org/TR/xml/#charsets).
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile('[\x00-\x1f&<>"\ud800-\udfff\ufffe\uffff]')
#: White space as references, for readers fold it in attributes and turn a carriage return into a line feed.
_REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"} | {c: f"&#{ord(c)};" for c in "\t\n\r"}


def escape(text: str) -> str:
    """``text`` for an element or an attribute in double quotes.

    A character that XML cannot hold becomes U+FFFD, one for one, so that offsets into the text stay right.
    """
    if _SPECIAL.search(text) is None:
        return text
    text = _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
    for character, reference in _REFERENCES.items():
        text = text.replace(character, reference)
    return text
