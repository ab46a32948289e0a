"""Blanking cells of a workbook, in the cell and in the list of words that cells share."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from engagement.listen.contents import Place
from engagement.listen.erasing.archives import rewrite
from engagement.listen.erasing.blanks import BLANK, Cuts, NotSoundError, blank_spans
from engagement.listen.read_workbook import list_sheet_paths
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import read_entry

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
# Rationale: a sheet of OpenDocument has a million rows, the last ones all empty and written as one.
MOST_REPEATED = 2**20
SHARED = "xl/sharedStrings.xml"
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
REFERENCE = re.compile(r"([A-Z]+)(\d+)")

Cells = Mapping[Place, str]
"""What every cell says, by its place."""


def redact_xlsx(archive: zipfile.ZipFile, cuts: Cuts, cells: Cells, columns: Mapping[str, int]) -> bytes:
    """Blank cells of an Excel workbook; words that other cells share stay for these."""
    paths = dict(list_sheet_paths(archive))
    trees = {path: parse_xml(read_entry(archive, path) or b"") for path in paths.values()}
    known: dict[str, dict[tuple[int, int], etree._Element]] = {}
    for place, spans in cuts.items():
        if place[0] not in known:
            known[place[0]] = dict(_list_xlsx_cells(trees.get(paths.get(place[0], ""))))
        cell = known[place[0]].get((place[1], columns[place[2]]))
        if cell is None:
            raise NotSoundError
        _say_in_xlsx(cell, blank_spans(cells[place], spans))
    shared_xml = read_entry(archive, SHARED)
    parts = {path: root.getroottree() for path, root in trees.items()}
    if shared_xml is not None:
        shared = parse_xml(shared_xml)
        _blank_unused(shared, trees.values())
        parts[SHARED] = shared.getroottree()
    return rewrite(archive, parts)


def redact_ods(archive: zipfile.ZipFile, cuts: Cuts, cells: Cells, columns: Mapping[str, int]) -> bytes:
    """Blank cells of an OpenDocument spreadsheet."""
    root = parse_xml(read_entry(archive, "content.xml") or b"")
    rows: dict[str, list[etree._Element | None]] = {}
    for place, spans in cuts.items():
        if place[0] not in rows:
            rows[place[0]] = _list_ods_rows(root, place[0])
        row = rows[place[0]][place[1] - 1]
        cells_of_row = () if row is None else tuple(row.iterchildren(*CELLS))
        cell = _pick(cells_of_row, columns[place[2]])
        if cell is None:
            raise NotSoundError
        _say_in_ods(cell, blank_spans(cells[place], spans))
    return rewrite(archive, {"content.xml": root.getroottree()})


def _list_xlsx_cells(root: etree._Element | None) -> Iterator[tuple[tuple[int, int], etree._Element]]:
    """Yield the cells of a sheet, each by its row (from 1) and column (from 0)."""
    for cell in () if root is None else root.iter(f"{MAIN}c"):
        if found := REFERENCE.fullmatch(cell.get("r", "")):
            yield (int(found[2]), _read_letters(found[1])), cell


def _read_letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _say_in_xlsx(cell: etree._Element, words: str) -> None:
    for child in list(cell):
        cell.remove(child)
    cell.set("t", "inlineStr")
    text = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
    text.set(KEEP_SPACES, "preserve")
    text.text = words


def _blank_unused(shared: etree._Element, sheets: Iterable[etree._Element]) -> None:
    """Blank the shared words to which no cell points any more."""
    used = {
        int(value.text or "-1")
        for root in sheets
        for cell in root.iter(f"{MAIN}c")
        if cell.get("t") == "s" and (value := cell.find(f"{MAIN}v")) is not None
    }
    for number, item in enumerate(shared.iterchildren(f"{MAIN}si")):
        if number not in used:
            for child in list(item):
                item.remove(child)
            etree.SubElement(item, f"{MAIN}t").text = BLANK


def _list_ods_rows(root: etree._Element, name: str) -> list[etree._Element | None]:
    """List the rows of a sheet as they are counted; None for one that stands for many equal ones."""
    sheets = (each for each in root.iter(f"{TABLE}table") if each.get(f"{TABLE}name") == name)
    rows: list[etree._Element | None] = []
    for row in next(sheets, root).iter(f"{TABLE}table-row"):
        n_equal = int(row.get(f"{TABLE}number-rows-repeated", "1"))
        rows += [row] if n_equal == 1 else [None] * min(n_equal, MOST_REPEATED)
    return rows


def _pick(cells: Iterable[etree._Element], wanted: int) -> etree._Element | None:
    """Find a cell of a row by its column; None where it stands for many equal ones."""
    begins = 0
    for cell in cells:
        n_equal = int(cell.get(f"{TABLE}number-columns-repeated", "1"))
        if begins <= wanted < begins + n_equal:
            return cell if n_equal == 1 else None
        begins += n_equal
    return None


def _say_in_ods(cell: etree._Element, words: str) -> None:
    for child in list(cell):
        cell.remove(child)
    for name in list(cell.attrib):
        if not str(name).startswith(TABLE) or name == f"{TABLE}formula":
            del cell.attrib[name]
    cell.set(f"{OFFICE}value-type", "string")
    for line in words.split("\n"):
        etree.SubElement(cell, f"{TEXT}p").text = line
