"""The sheet of what was typed: a file that only grows, so that every voice has its place in it."""

from __future__ import annotations

import csv
import io
import secrets
from dataclasses import dataclass
from datetime import datetime

from engagement.errors import EngagementError
from engagement.listen.mapping import ColumnMapping, ColumnUse, Mapping
from engagement.listen.read_csv import SHEET_NAME

FILE_NAME = "typed-in.csv"
PART = SHEET_NAME
WORDS = "words"
COLUMNS = {
    "kept at": ColumnUse.IGNORE,
    "typed by": ColumnUse.IGNORE,
    "prompt": ColumnUse.PROMPT,
    "area": ColumnUse.AREA,
    "speaker": ColumnUse.RESPONDENT,
    "about the speaker": ColumnUse.IGNORE,
    WORDS: ColumnUse.WORDS,
    "about this sheet": ColumnUse.IGNORE,
}
MAPPING = Mapping(
    sheet=PART,
    columns=tuple(ColumnMapping(at, header, use) for at, (header, use) in enumerate(COLUMNS.items())),
)
FIRST_ROW = 3
"""The row of the first voice, after the header and the row that says what the sheet is."""
MOST_ROWS = 2_000
"""Rationale: the sheet is written anew with each voice; 2,000 long answers are a megabyte."""


@dataclass(frozen=True)
class SheetRow:
    """One voice as it stands in the sheet."""

    kept_at: datetime
    typed_by: str
    words: str
    prompt: str = ""
    area: str = ""
    speaker: str = ""
    about: str = ""
    note: str = ""


def start_sheet(opened_at: datetime, opened_by: str, wording: str) -> bytes:
    """Write the head of a sheet: the columns, and when, by whom and with which consent it was begun."""
    mark = secrets.token_hex(8)
    about = (
        f"Sheet {mark}. Begun by {opened_by}. Consent as it was asked for: {wording or 'not written down'}"
    )
    head = dict.fromkeys(COLUMNS, "") | {"kept at": _write_moment(opened_at), "about this sheet": about}
    return _write_row(COLUMNS) + _write_row(head.values())


def can_grow(sheet: bytes) -> bool:
    """Tell whether a file is a sheet of ours; a copy that took its place when words were erased is none."""
    head = sheet.partition(b"\n")[0].rstrip(b"\r").decode(errors="replace")
    return next(csv.reader([head.removeprefix("\ufeff")])) == list(COLUMNS)


def add_row(sheet: bytes, row: SheetRow) -> bytes:
    """Give the sheet with one more row at its end, also when some of its words were erased in their place.

    Raises
    ------
    EngagementError
        When the sheet is no sheet of ours any more, because a copy without some words has taken its place.
    """
    end = b"" if sheet.endswith(b"\n") else b"\r\n"
    if not can_grow(sheet):
        raise EngagementError(
            "Words were erased from this sheet, and the copy that stayed cannot grow. Begin another one."
        )
    cells = (
        _write_moment(row.kept_at), row.typed_by, row.prompt, row.area, row.speaker, row.about, row.words,
        row.note,
    )  # fmt: skip
    return sheet + end + _write_row(cells)


def _write_row(cells: object) -> bytes:
    row = io.StringIO(newline="")
    csv.writer(row, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(cells)  # type: ignore[arg-type]
    return row.getvalue().encode()


def _write_moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")
