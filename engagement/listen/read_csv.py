"""Reading a table of text: which separator, then rows as a spreadsheet counts them."""

from __future__ import annotations

import csv
import io
from collections import Counter

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, Sheet, count_words
from engagement.listen.loose_csv import OpenQuoteError, list_loose_rows
from engagement.listen.read_text import decode_text
from engagement.listen.wide_tables import refuse_wide

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "upright bar"}
SHEET_NAME = "rows"
N_ROWS_TO_SNIFF = 200
MAX_CELL = 8 * 1024 * 1024
STRAY_MARK = "expected after '\"'"


def read_csv(content: bytes) -> FileContents:
    """Read a csv file; the separator is the one that makes the most even table.

    Raises
    ------
    UnreadableFileError
        When it is no text, a quotation mark is missing, or it has too many columns.
    """
    csv.field_size_limit(MAX_CELL)
    text, encoding = decode_text(content)
    separator = find_separator(text)
    rows, stray = _list_rows(text, separator)
    refuse_wide(rows)
    return FileContents(
        format=FileFormat.CSV,
        encoding=encoding,
        sheets=(Sheet(SHEET_NAME, tuple(rows)),),
        n_words=sum(count_words(cell) for row in rows for cell in row),
        warnings=(*_find_ragged_rows(rows), *_tell_stray_marks(stray)),
        separator=SEPARATORS[separator],
    )


def find_separator(text: str) -> str:
    """Find the separator under which most rows have the same number of cells, the more cells the better."""
    return max(SEPARATORS, key=lambda separator: _measure_evenness(text, separator))


def _measure_evenness(text: str, separator: str, *, has_spaces: bool = False) -> tuple[float, int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=has_spaces)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(N_ROWS_TO_SNIFF), strict=False):
            widths[len(row)] += bool(row)
    except csv.Error:
        return (0.0, 0)
    if not widths.total():
        return (0.0, 0)
    width, n_rows = widths.most_common(1)[0]
    return (0.0, 0) if width < 2 else (n_rows / widths.total(), width)


def _has_spaces(text: str, separator: str) -> bool:
    """Tell whether spaces before quotation marks stand between the cells, and are no part of them."""
    if f'{separator} "' not in text:
        return False
    return _measure_evenness(text, separator, has_spaces=True) > _measure_evenness(text, separator)


def _make_refusal(row: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"cannot be read as a table at row {row}: a quotation mark may be missing there. "
        "Mend that row, or save the table as .xlsx, and add it again.",
        row=row,
    )


def _list_rows(text: str, separator: str) -> tuple[list[tuple[str, ...]], list[int]]:
    """List the rows, and the numbers of those with quotation marks that are not written as tables want."""
    rows: list[tuple[str, ...]] = []
    reader = csv.reader(
        io.StringIO(text, newline=""),
        delimiter=separator,
        strict=True,
        skipinitialspace=_has_spaces(text, separator),
    )
    try:
        rows.extend(tuple(row) for row in reader)
    except csv.Error as error:
        if not str(error).endswith(STRAY_MARK):
            raise _make_refusal(len(rows) + 1) from error
        return _list_loose_rows(text, separator)
    return rows, []


def _list_loose_rows(text: str, separator: str) -> tuple[list[tuple[str, ...]], list[int]]:
    rows: list[tuple[str, ...]] = []
    stray: list[int] = []
    try:
        for row, has_stray in list_loose_rows(text, separator):
            rows.append(row)
            stray += [len(rows)] if has_stray else []
    except OpenQuoteError as error:
        raise _make_refusal(len(rows) + 1) from error
    return rows, stray


def _tell_stray_marks(stray: list[int]) -> list[str]:
    if not stray:
        return []
    shown = ", ".join(str(number) for number in stray[:5])
    return [
        f"Rows with quotation marks within a cell that are not doubled: {len(stray)}, such as row {shown}. "
        "The marks are read as part of the words. Look at these rows below before you save."
    ]


def _find_ragged_rows(rows: list[tuple[str, ...]]) -> list[str]:
    widths = Counter(len(row) for row in rows if row)
    if len(widths) < 2:
        return []
    usual = widths.most_common(1)[0][0]
    longer = [number for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row[usual:])]
    if not longer:
        return []
    shown = ", ".join(str(number) for number in longer[:5])
    return [
        f"Rows with more cells than the usual {usual}: {len(longer)}, such as row {shown}"
        ". Look at them below before you save."
    ]
