"""What a workbook holds beside its cells: notes on them, text boxes, charts, headers of the printed page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

from engagement.listen.contents import LeftOut, list_left_out
from engagement.listen.odt_text import COMMENT, list_own_boxes, list_paragraphs, read_paragraph
from engagement.listen.read_xml import parse_xml, rename_strict
from engagement.listen.zip_guard import read_entry

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}text"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NOTES_START, THREADS_START = "xl/comments", "xl/threadedComments/"
DRAWN_STARTS = ("xl/drawings/drawing", "xl/charts/chart", "xl/diagrams/data")
PAGE_WORDS = tuple(
    f"{MAIN}{order}{place}" for order in ("odd", "even", "first") for place in ("Header", "Footer")
)
OF_THREADS = "[Threaded comment]"
"""How Excel begins the note in which it repeats a comment that has answers, for programs of old."""


def list_words_beside(archive: zipfile.ZipFile) -> list[LeftOut]:
    """Account for the words of a workbook that stand in no cell."""
    return [
        *list_left_out("in notes and comments on cells", _list_notes(archive)),
        *list_left_out("in text boxes and charts", _list_drawn(archive)),
        *list_left_out("in the header or footer of the printed page", _list_page_words(archive)),
    ]


def _list_notes(archive: zipfile.ZipFile) -> Iterator[str]:
    for root in _parse_parts(archive, (NOTES_START,)):
        for note in root.iter(f"{MAIN}comment"):
            text = "".join(each.text or "" for each in note.iter(f"{MAIN}t"))
            if not text.startswith(OF_THREADS):
                yield text
    for root in _parse_parts(archive, (THREADS_START,)):
        yield from (each.text or "" for each in root.iter(THREADED))
    content = read_entry(archive, "content.xml")
    for note in () if content is None else parse_xml(content).iter(COMMENT):
        yield from (read_paragraph(each) for each in list_paragraphs(note))


def _list_drawn(archive: zipfile.ZipFile) -> Iterator[str]:
    for root in _parse_parts(archive, DRAWN_STARTS):
        labels = (each for cache in root.iter(f"{CHART}strCache") for each in cache.iter(f"{CHART}v"))
        yield from (each.text or "" for each in (*root.iter(DRAWN), *labels))
    content = read_entry(archive, "content.xml")
    for box in () if content is None else list_own_boxes(parse_xml(content)):
        yield from (read_paragraph(each) for each in list_paragraphs(box))


def _list_page_words(archive: zipfile.ZipFile) -> Iterator[str]:
    """List what is printed above and below each sheet, with the marks that say where it stands."""
    for name in sorted(archive.namelist()):
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            xml = rename_strict(read_entry(archive, name) or b"")
            if b"headerFooter" in xml:
                yield from _find_page_words(xml)


def _find_page_words(xml: bytes) -> Iterator[str]:
    steps = etree.iterparse(
        io.BytesIO(xml), tag=(f"{MAIN}row", *PAGE_WORDS), resolve_entities=False, no_network=True
    )
    for _, element in steps:
        if element.tag in PAGE_WORDS:
            yield element.text or ""
        element.clear()


def _parse_parts(archive: zipfile.ZipFile, starts: tuple[str, ...]) -> Iterator[etree._Element]:
    for name in sorted(archive.namelist()):
        if name.startswith(starts) and name.endswith(".xml"):
            yield parse_xml(read_entry(archive, name) or b"")
