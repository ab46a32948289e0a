"""Reading dates as people in Britain write them: the day comes before the month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"\b(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
NUMBERS = re.compile(r"\b(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4}|\d{2})\b")
DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+([a-z]{3,9})\.?,?[\s\-]+(\d{4}|\d{2})\b", re.IGNORECASE
)
MONTH_DAY = re.compile(
    r"\b([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})\b(?!:)", re.IGNORECASE
)
TWELVE_HOURS = re.compile(r"\d:\d\d:\d\d [AP]M\b")


def parse_date(text: str, *, month_first: bool = False) -> date | None:
    """Read the first date in a text; None when there is none."""
    if match := ISO.search(text):
        return _make_date(int(match[1]), int(match[3]), int(match[4]))
    if match := NUMBERS.search(text):
        first, second = int(match[1]), int(match[2])
        day, month = (second, first) if month_first else (first, second)
        return _make_date(_fill_century(int(match[3])), month, day)
    if match := DAY_MONTH.search(text):
        return _make_date(_fill_century(int(match[3])), _find_month(match[2]), int(match[1]))
    if match := MONTH_DAY.search(text):
        return _make_date(_fill_century(int(match[3])), _find_month(match[1]), int(match[2]))
    return None


def is_month_first(texts: Sequence[str]) -> bool:
    """Tell whether a column writes the month first: a second number above 12 proves it.

    Where no number proves anything, a clock of twelve hours with seconds speaks for it: exports of American
    survey tools have both.
    """
    pairs = [(int(match[1]), int(match[2])) for text in texts if (match := NUMBERS.search(text))]
    is_american = any(second > 12 for _, second in pairs) or any(map(TWELVE_HOURS.search, texts))
    return is_american and not any(first > 12 for first, _ in pairs)


def _find_month(name: str) -> int:
    start = name[:3].lower()
    return MONTHS.index(start) + 1 if start in MONTHS else 0


def _fill_century(year: int) -> int:
    return year + 2000 if year < 100 else year


def _make_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
