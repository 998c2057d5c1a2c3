"""Identifiers of works in one spelling: ``doi:10.1/x``, ``arxiv:2401.01234``, ``openalex:W1``."""

from __future__ import annotations

import re
from typing import Any, TypeGuard

from graphbuilder.sources.text import damaged

_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>]+)", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_ARXIV = re.compile(
    r"(?:^|arxiv[:.]\s*|arxiv\.org/(?:abs|pdf|html|e-print)/|/abs/)"
    r"(\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?(?=$|[\s\]\[)(,;?#/])",
    re.IGNORECASE,
)


def doi(value: Any) -> str | None:
    """The DOI in a text or a URL, in lower case; None for none and for the DOIs that arXiv gives."""
    if not _is_text(value) or not (found := _DOI.search(value)):
        return None
    name = found[1].rstrip(".,;:'])}").lower() if not found[1].endswith(")") else _closed(found[1].lower())
    return None if _ARXIV_DOI.match(name) else name


def arxiv(value: Any) -> str | None:
    """The arXiv id in a text, URL or DOI, without its version; old style in lower case."""
    if not _is_text(value):
        return None
    value = value.strip()
    if found := _ARXIV_DOI.search(value):
        value = found[1]
    found = _ARXIV.search(value)
    if not found:
        return None
    name = found[1].lower()
    if "/" in name:  # math.GT/0309136 is math/0309136
        archive, number = name.split("/")
        name = f"{archive.split('.')[0]}/{number}"
    return name


def _is_text(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and not damaged(value)


def _closed(name: str) -> str:
    """A DOI may end in a bracket, but only in one that it opens."""
    while name.endswith(")") and name.count(")") > name.count("("):
        name = name[:-1].rstrip(".,;:'")
    return name


_KNOWN = re.compile(r"(openalex|s2|dblp|pmid|mag|acl|openreview|omid|aminer|title):(\S+)", re.IGNORECASE)


def known(value: Any) -> str | None:
    """An id in this project's own spelling, from that spelling or from a DOI, an arXiv id or a URL of one."""
    if not _is_text(value):
        return None
    if name := arxiv(value):
        return f"arxiv:{name}"
    if name := doi(value):
        return f"doi:{name}"
    found = _KNOWN.fullmatch(value.strip())
    return f"{found[1].lower()}:{found[2]}" if found else None


def simple(value: Any) -> bool:
    """Whether a value can be a catalogue's id: a number, or a text without white space."""
    if isinstance(value, int):
        return not isinstance(value, bool)
    return _is_text(value) and 0 < len(value) < 200 and value.isprintable() and " " not in value


def of_url(value: Any) -> str | None:
    """The id of the work that a page of OpenReview, the ACL Anthology or OpenAlex shows."""
    found = _PAGE.match(value.strip()) if _is_text(value) else None
    if not found:
        return None
    site, name = found[1].lower(), found[2].rstrip("/")
    catalogue = next(prefix for part, prefix in _SITES.items() if part in site)
    return f"{catalogue}:{name.removesuffix('.pdf')}"


_SITES = {"openreview": "openreview", "acl": "acl", "openalex": "openalex"}
_PAGE = re.compile(
    r"https?://(?:www\.)?(openreview\.net/(?:forum|pdf)\?id=|(?:www\.)?aclanthology\.org/|aclweb\.org/anthology/"
    r"|openalex\.org/(?=W))([\w.-]+)/?",
    re.IGNORECASE,
)
