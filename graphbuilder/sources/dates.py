"""Dates and years as sources print them."""

from __future__ import annotations

import datetime
import re
from typing import Any

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january", "feb february", "mar march", "apr april", "may", "jun june",
            "jul july", "aug august", "sep sept september", "oct october", "nov november", "dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)(1[5-9]\d\d|20\d\d)(?!\d)")


def year(value: Any) -> int | None:
    """The year in a number or a text, between 1500 and 2099."""
    if isinstance(value, bool):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int):
        return value if 1500 <= value <= 2099 else None
    if isinstance(value, str) and (found := _YEAR.search(value[:100])):
        return int(found[1])
    return None


def iso(value: Any) -> str | None:
    """The day in a text that starts with year, month and day (``2024-10-03T00:00:00Z``)."""
    if not isinstance(value, str) or not (found := _ISO.match(value.strip())):
        return None
    return day(int(found[1]), int(found[2]), int(found[3]))


def day(of_year: int, month: int, of_month: int) -> str | None:
    """The ISO date of a day, None for one that is in no calendar."""
    try:
        return datetime.date(of_year, month, of_month).isoformat()
    except ValueError:
        return None
