"""Blanking cells of a workbook, in the cell and in the list of words that cells share."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from engagement.listen.erasing.archives import rewrite
from engagement.listen.erasing.blanks import BLANK, Cuts, NotSoundError, blank_spans
from engagement.listen.read_workbook import list_sheet_paths
from engagement.listen.read_xml import parse_xml
from engagement.listen.slices import Place
from engagement.listen.zip_guard import read_entry

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SHARED = "xl/sharedStrings.xml"
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
REFERENCE = re.compile(r"([A-Z]+)(\d+)")

Cells = Mapping[Place, str]
"""What every cell says, by its place."""


def redact_xlsx(archive: zipfile.ZipFile, cuts: Cuts, cells: Cells, columns: Mapping[str, int]) -> bytes:
    """Blank cells of an Excel workbook; words that other cells share stay for these."""
    paths = dict(list_sheet_paths(archive))
    trees = {path: parse_xml(read_entry(archive, path) or b"") for path in paths.values()}
    for place, spans in cuts.items():
        root = trees.get(paths.get(place[0], ""))
        cell = None if root is None else _find_xlsx_cell(root, place[1], columns[place[2]])
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
    for place, spans in cuts.items():
        sheet = next(
            (each for each in root.iter(f"{TABLE}table") if each.get(f"{TABLE}name") == place[0]), None
        )
        row = None if sheet is None else _pick(sheet.iter(f"{TABLE}table-row"), "rows", place[1] - 1)
        kinds = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
        cell = None if row is None else _pick(row.iterchildren(*kinds), "columns", columns[place[2]])
        if cell is None:
            raise NotSoundError
        _say_in_ods(cell, blank_spans(cells[place], spans))
    return rewrite(archive, {"content.xml": root.getroottree()})


def _find_xlsx_cell(root: etree._Element, line: int, position: int) -> etree._Element | None:
    for cell in root.iter(f"{MAIN}c"):
        found = REFERENCE.fullmatch(cell.get("r", ""))
        if found and int(found[2]) == line and _read_letters(found[1]) == position:
            return cell
    return None


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


def _pick(elements: Iterator[etree._Element], what: str, wanted: int) -> etree._Element | None:
    """Find one of several elements that may stand for many equal ones; None where it is one of many."""
    begins = 0
    for element in elements:
        n_equal = int(element.get(f"{TABLE}number-{what}-repeated", "1"))
        if begins <= wanted < begins + n_equal:
            return element if n_equal == 1 else None
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
