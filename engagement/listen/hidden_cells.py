"""Finding which rows and columns of a sheet are hidden in its own program (xlsx, ods)."""

from __future__ import annotations

import io
import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from engagement.listen.columns import write_letter

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
# "filter" is said of rows that a filter takes out of sight.
OUT_OF_SIGHT = ("collapse", "filter")
EXCEL_TAG = re.compile(rb"<(?:\w+:)?(row|col)\s([^>]{0,500}?\bhidden=[\"'](?:1|true)[^>]{0,500})>")
EXCEL_PLACE = re.compile(rb"\b(r|min|max)=[\"'](\d{1,9})[\"']")
MOST_NAMED = 6

Range = tuple[int, int]
"""The first and the last of several rows or columns, counted from 0."""


@dataclass
class HiddenCells:
    """Rows and columns that are hidden, in the order of the sheet."""

    rows: list[Range] = field(default_factory=list)
    columns: list[Range] = field(default_factory=list)

    def describe(self, cells: Sequence[Sequence[str]]) -> str:
        """Name those that hold words, such as "rows 3 to 5, column C"; empty where none does."""
        if not (self.rows or self.columns):
            return ""
        filled_rows = [number for number, row in enumerate(cells) if any(cell.strip() for cell in row)]
        filled_columns = sorted({at for row in cells for at, cell in enumerate(row) if cell.strip()})
        rows = _name("row", _within(self.rows, filled_rows), lambda at: str(at + 1))
        columns = _name("column", _within(self.columns, filled_columns), write_letter)
        return ", ".join(each for each in (rows, columns) if each)


def find_hidden_in_excel(xml: bytes) -> HiddenCells:
    """Find what is hidden on one sheet of an Excel workbook."""
    hidden = HiddenCells()
    for kind, attributes in EXCEL_TAG.findall(xml):
        place = {name: int(number) - 1 for name, number in EXCEL_PLACE.findall(attributes)}
        if kind == b"row" and b"r" in place:
            hidden.rows.append((place[b"r"], place[b"r"]))
        elif kind == b"col" and b"min" in place and b"max" in place:
            hidden.columns.append((place[b"min"], place[b"max"]))
    return hidden


def find_hidden_in_ods(xml: bytes) -> dict[str, HiddenCells]:
    """Find what is hidden on each sheet of an OpenDocument spreadsheet, by the sheet's name."""
    found: dict[str, HiddenCells] = {}
    sheet, n_rows, n_columns = HiddenCells(), 0, 0
    for event, element in _walk(xml):
        if event == "start":
            if element.tag == f"{TABLE}table":
                sheet, n_rows, n_columns = HiddenCells(), 0, 0
                found[element.get(f"{TABLE}name", "")] = sheet
            continue
        is_hidden = element.get(f"{TABLE}visibility") in OUT_OF_SIGHT
        if element.tag == f"{TABLE}table-row":
            n_equal = int(element.get(f"{TABLE}number-rows-repeated", "1"))
            sheet.rows += [(n_rows, n_rows + n_equal - 1)] if is_hidden else []
            n_rows += n_equal
        elif element.tag == f"{TABLE}table-column":
            n_equal = int(element.get(f"{TABLE}number-columns-repeated", "1"))
            sheet.columns += [(n_columns, n_columns + n_equal - 1)] if is_hidden else []
            n_columns += n_equal
        element.clear()
    return found


def _walk(xml: bytes) -> Iterator[tuple[str, etree._Element]]:
    tags = [f"{TABLE}{name}" for name in ("table", "table-row", "table-column")]
    yield from etree.iterparse(
        io.BytesIO(xml),
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
    )


def _within(ranges: Sequence[Range], filled: Sequence[int]) -> list[Range]:
    """Give the ranges that hold one of these places, each no longer than they are, and neighbours as one."""
    joined: list[Range] = []
    for first, last in ranges:
        begins, ends = bisect_left(filled, first), bisect_right(filled, last)
        if begins == ends:
            continue
        first, last = filled[begins], filled[ends - 1]
        if joined and joined[-1][1] + 1 == first:
            first = joined.pop()[0]
        joined.append((first, last))
    return joined


def _name(what: str, ranges: Sequence[Range], write: Callable[[int], str]) -> str:
    if not ranges:
        return ""
    named = [
        write(first) if first == last else f"{write(first)} to {write(last)}"
        for first, last in ranges[:MOST_NAMED]
    ]
    n_more = sum(last - first + 1 for first, last in ranges[MOST_NAMED:])
    is_one = len(ranges) == 1 and ranges[0][0] == ranges[0][1]
    more = f" and {n_more} more" if n_more else ""
    return f"{what if is_one else what + 's'} {', '.join(named)}{more}"
