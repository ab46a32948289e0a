"""Writing tables as an xlsx workbook: text stays text, whatever it begins with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

Cell = str | int | date | None

# XML 1.0 cannot hold these; Excel shows nothing sensible for them either.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARK = "\N{REPLACEMENT CHARACTER}"
LONGEST_CELL = 32_767
CUT_SHORT = "… (cut short: a cell holds no more)"
DATE_FORMAT = "d mmmm yyyy"
READ_ME = "Read me"


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading and its width in characters."""

    heading: str
    width: int = 16


@dataclass(frozen=True)
class Table:
    """One sheet: its name, its columns, and rows as long as these."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def fit_text(text: str) -> str:
    """Make text fit a cell: a mark for what xlsx cannot hold, one kind of line break, no more than fits."""
    marked = NOT_IN_XML.sub(MARK, text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(marked.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return marked
    room = LONGEST_CELL - len(CUT_SHORT)
    kept = marked.encode("utf-16-le")[: 2 * room].decode("utf-16-le", errors="ignore")
    return kept + CUT_SHORT


def write_workbook(title: str, words: Sequence[tuple[str, str]], tables: Sequence[Table]) -> bytes:
    """Write the words of the first sheet and one sheet for each table; no formula and no link is made."""
    from xlsxwriter import Workbook

    content = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(content, options) as workbook:
        workbook.set_properties({"title": fit_text(title), "comments": "Made by Common Thread."})
        formats = _make_formats(workbook)
        _write_read_me(workbook.add_worksheet(READ_ME), words, formats)
        for table in tables:
            _write_table(workbook.add_worksheet(table.name), table, formats)
    return content.getvalue()


def _make_formats(workbook: Any) -> dict[str, Any]:
    wrapped = {"text_wrap": True, "valign": "top"}
    return {
        "text": workbook.add_format({**wrapped, "num_format": "@"}),
        "number": workbook.add_format({"valign": "top", "num_format": "0"}),
        "date": workbook.add_format({"valign": "top", "align": "left", "num_format": DATE_FORMAT}),
        "heading": workbook.add_format(
            {**wrapped, "bold": True, "font_color": "#FFFFFF", "bg_color": "#1D70B8"}
        ),
        "title": workbook.add_format({**wrapped, "bold": True}),
    }


def _write_read_me(sheet: Any, words: Sequence[tuple[str, str]], formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    for row, (what, said) in enumerate(words):
        sheet.write_string(row, 0, fit_text(what), formats["title"])
        sheet.write_string(row, 1, fit_text(said), formats["text"])


def _write_table(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for position, column in enumerate(table.columns):
        sheet.set_column(position, position, column.width)
    for row, cells in enumerate(table.rows, start=1):
        for position, cell in enumerate(cells):
            _write_cell(sheet, row, position, cell, formats)
    headings = [{"header": column.heading, "header_format": formats["heading"]} for column in table.columns]
    sheet.add_table(
        0,
        0,
        max(len(table.rows), 1),
        len(table.columns) - 1,
        {"name": table.name.replace(" ", "_"), "columns": headings, "style": "Table Style Light 1"},
    )
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_cell(sheet: Any, row: int, position: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, date):
        sheet.write_datetime(row, position, cell, formats["date"])
    elif isinstance(cell, int):
        sheet.write_number(row, position, cell, formats["number"])
    elif cell:
        sheet.write_string(row, position, fit_text(cell), formats["text"])
