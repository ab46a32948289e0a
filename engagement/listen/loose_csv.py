"""Reading tables of text whose quotation marks are not written as tables want them, without losing one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

MARK = '"'


class OpenQuoteError(ValueError):
    """A quotation mark seems to be missing: where it was meant to be, nobody can tell."""


@dataclass(frozen=True)
class _Cell:
    text: str
    end: int
    has_stray: bool = False


def list_loose_rows(text: str, separator: str) -> Iterator[tuple[tuple[str, ...], bool]]:
    """Yield each row, and whether marks stand in it that are neither doubled nor at the end of a cell.

    Such marks are kept as part of the words.

    Raises
    ------
    OpenQuoteError
        When a cell is never closed, or runs over the end of its line with such a mark in it.
    """
    row, has_stray, place, begins = list[str](), False, 0, 0
    while place < len(text):
        cell = _read_cell(text, place, separator)
        row.append(cell.text)
        has_stray |= cell.has_stray
        place = cell.end
        if text[place : place + 1] == separator:
            place += 1
            if place < len(text):
                continue
            row.append("")
        yield () if place == begins else tuple(row), has_stray
        row, has_stray = [], False
        place += 2 if text.startswith("\r\n", place) else 1
        begins = place


def _read_cell(text: str, start: int, separator: str) -> _Cell:
    if text[start : start + 1] == MARK:
        try:
            return _read_quoted(text, start + 1, separator)
        except OpenQuoteError:
            return _read_quoting(text, start, separator)
    return _read_plain(text, start, separator)


def _read_quoting(text: str, start: int, separator: str) -> _Cell:
    """Read a cell that is not quoted itself, but whose words begin with some that are: "Quiet" is best."""
    cell = _read_plain(text, start, separator)
    if cell.text.count(MARK) % 2:
        raise OpenQuoteError
    return replace(cell, has_stray=True)


def _read_plain(text: str, start: int, separator: str) -> _Cell:
    ends = [place for end in (separator, "\r", "\n") if (place := text.find(end, start)) >= 0]
    end = min(ends, default=len(text))
    return _Cell(text[start:end], end)


def _read_quoted(text: str, start: int, separator: str) -> _Cell:
    place, has_stray = start, False
    while True:
        place = text.find(MARK, place)
        if place < 0:
            raise OpenQuoteError
        following = text[place + 1 : place + 2]
        if following == MARK:
            place += 2
        elif following in ("", separator, "\r", "\n"):
            break
        else:
            has_stray = True
            place += 1
    words = text[start:place].replace(MARK * 2, MARK)
    if has_stray and ("\n" in words or "\r" in words):
        raise OpenQuoteError
    return _Cell(words, place + 1, has_stray)
