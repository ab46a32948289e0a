"""Reading a workbook (xlsx, ods) with calamine, every cell as text."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any

from lxml import etree

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, Sheet, count_words
from engagement.listen.hidden_cells import HiddenCells, find_hidden_in_excel, find_hidden_in_ods
from engagement.listen.read_xml import parse_xml, refuse_doctype, rename_strict
from engagement.listen.wide_tables import refuse_wide
from engagement.listen.workbook_beside import list_words_beside
from engagement.listen.zip_guard import read_entry

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HEAD_BYTES = 4096
MAX_SHEET_NAME = 200
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def read_workbook(content: bytes, archive: zipfile.ZipFile, found: FileFormat) -> FileContents:
    """Read every sheet of a workbook; formulas count with the result that is stored beside them."""
    from python_calamine import CalamineError, CalamineWorkbook

    _refuse_entities(archive)
    looks = _look_at_sheets(archive)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = tuple(
            _read_sheet(workbook, each, looks) for each in workbook.sheets_metadata if _is_sheet(each)
        )
    except CalamineError as error:
        raise UnreadableFileError(
            "cannot be read as a workbook. Open it in its own program, save it again as .xlsx and add the "
            "new copy."
        ) from error
    left_out = list_words_beside(archive)
    n_words = sum(count_words(cell) for sheet in sheets for row in sheet.rows for cell in row)
    return FileContents(
        format=found,
        sheets=sheets,
        left_out=tuple(left_out),
        n_words=n_words + sum(each.n_words for each in left_out),
    )


def write_cell(value: Any) -> str:
    """Write the value of a cell as text, the same way each time."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ") if value.time() != time() else value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _is_sheet(metadata: Any) -> bool:
    return str(metadata.typ).endswith("WorkSheet")


def _read_sheet(workbook: Any, metadata: Any, looks: dict[str, tuple[int, HiddenCells]]) -> Sheet:
    if len(metadata.name) > MAX_SHEET_NAME:
        raise UnreadableFileError(
            f"has a sheet whose name is {len(metadata.name)} characters long; at most {MAX_SHEET_NAME} can "
            "be kept. "
            "Give it a shorter name and add the file again."
        )
    rows = workbook.get_sheet_by_name(metadata.name).to_python(skip_empty_area=False)
    texts = tuple(tuple(write_cell(value) for value in row) for row in rows)
    _refuse_nul(texts, metadata.name)
    refuse_wide(texts)
    n_formulas_without_result, hidden = looks.get(metadata.name, (0, HiddenCells()))
    return Sheet(
        name=metadata.name,
        rows=texts,
        n_formulas_without_result=n_formulas_without_result,
        is_hidden=not str(metadata.visible).endswith("Visible"),
        hidden=hidden.describe(texts),
    )


def _refuse_nul(rows: tuple[tuple[str, ...], ...], sheet: str) -> None:
    for number, row in enumerate(rows, start=1):
        if any("\0" in cell for cell in row):
            raise UnreadableFileError(
                f"holds a character of value zero (NUL) on sheet “{sheet}”, row {number}, which the record "
                "cannot "
                "keep. Take it out in Excel, save the file and add it again.",
                row=number,
            )


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            refuse_doctype(read_entry(archive, name, HEAD_BYTES) or b"")


def _look_at_sheets(archive: zipfile.ZipFile) -> dict[str, tuple[int, HiddenCells]]:
    """Tell of each sheet how many formulas of Excel have no result, and what is hidden."""
    looks = {}
    if (content_xml := read_entry(archive, "content.xml")) is not None:
        return {name: (0, hidden) for name, hidden in find_hidden_in_ods(content_xml).items()}
    for name, path in list_sheet_paths(archive):
        xml = rename_strict(read_entry(archive, path) or b"")
        has_formulas = b"<f" in xml or b":f>" in xml
        looks[name] = (_count_empty_formulas(xml) if has_formulas else 0, find_hidden_in_excel(xml))
    return looks


def list_sheet_paths(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """List the sheets of an Excel workbook by name, each with the part of the archive it stands in."""
    relations_xml = read_entry(archive, "xl/_rels/workbook.xml.rels")
    workbook_xml = read_entry(archive, "xl/workbook.xml")
    if relations_xml is None or workbook_xml is None:
        return []
    targets = {each.get("Id"): str(each.get("Target")) for each in parse_xml(relations_xml)}
    sheets = parse_xml(workbook_xml).iter(f"{MAIN}sheet")
    paths = [(str(each.get("name")), targets.get(each.get(f"{RELATION}id"), "")) for each in sheets]
    return [
        (name, path.lstrip("/") if path.startswith("/") else f"xl/{path}") for name, path in paths if path
    ]


def _count_empty_formulas(xml: bytes) -> int:
    n_empty = 0
    steps = etree.iterparse(
        io.BytesIO(xml), tag=f"{MAIN}c", resolve_entities=False, no_network=True, huge_tree=False
    )
    for _, cell in steps:
        if cell.find(f"{MAIN}f") is not None:
            value = cell.find(f"{MAIN}v")
            n_empty += value is None or not value.text
        cell.clear()
    return n_empty
