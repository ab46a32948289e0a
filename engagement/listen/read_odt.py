"""Reading an OpenDocument text: the body in its order, then what stands beside the page."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engagement.errors import UnreadableFileError
from engagement.listen.contents import (
    FileContents,
    FileFormat,
    LeftOut,
    Passage,
    PassageRole,
    count_words,
    list_left_out,
    warn_of_pictures,
)
from engagement.listen.docx_styles import BOLD_LEVEL, TITLE_LEVEL
from engagement.listen.odt_styles import OdtStyles
from engagement.listen.odt_text import (
    BOXES,
    COMMENT,
    DELETED,
    DRAW,
    NOTE,
    OFFICE,
    PARAGRAPHS,
    SHAPES,
    TABLE,
    TEXT,
    list_own_boxes,
    list_paragraphs,
    read_paragraph,
)
from engagement.listen.page_reader import PageReader
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import read_entry

LIST = f"{TEXT}list"
ROLES = {LIST: PassageRole.LIST_ITEM, f"{TEXT}table-of-content": PassageRole.CONTENTS}
ROW, COLUMN = f"{TABLE}table-row", f"{TABLE}table-cell"
COVERED = f"{TABLE}covered-table-cell"
NOTE_PARTS = {"footnotes": "footnote", "endnotes": "endnote"}
PAGE_PARTS = {"header": "header", "footer": "footer"}
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
MAX_REPEATED = 1_000


def read_odt(archive: zipfile.ZipFile) -> FileContents:
    """Read the body as passages, with headers, footers, notes and comments after it."""
    styles = _read_styles(archive)
    body, reader = read_body(archive)
    page_words = tuple(_list_page_words(styles))
    deleted = _list_deleted_words(body)
    n_words = sum(count_words(read_paragraph(each)) for each in list_paragraphs(body))
    return FileContents(
        format=FileFormat.ODT,
        passages=(*reader.passages, *_list_notes(body), *page_words),
        left_out=tuple(deleted),
        n_words=n_words
        + sum(count_words(each.text) for each in page_words)
        + sum(each.n_words for each in deleted),
        warnings=tuple(_list_warnings(body)),
    )


def read_body(archive: zipfile.ZipFile) -> tuple[etree._Element, PageReader]:
    """Read the body alone: its element, and its passages with theirs."""
    root = parse_xml(read_entry(archive, "content.xml") or b"")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise UnreadableFileError("has no page in it. Open it in its own program, save it again and add it.")
    reader = _BodyReader(styles=OdtStyles(_read_styles(archive), root))
    reader.read_blocks(body, PassageRole.TEXT)
    return body, reader


def _read_styles(archive: zipfile.ZipFile) -> etree._Element | None:
    styles_xml = read_entry(archive, "styles.xml")
    return None if styles_xml is None else parse_xml(styles_xml)


@dataclass(kw_only=True)
class _BodyReader(PageReader):
    """Walks the body of an OpenDocument text."""

    styles: OdtStyles

    def read_blocks(self, parent: etree._Element, role: PassageRole) -> None:
        """Read paragraphs, lists and tables, also inside sections."""
        for child in parent:
            if child.tag in PARAGRAPHS:
                self._read_body_paragraph(child, role)
            elif child.tag == f"{TABLE}table":
                self._read_table(child)
            elif child.tag == f"{DRAW}frame":
                self._read_text_boxes(child)
            elif child.tag in SHAPES:
                self._read_box(child)
            elif isinstance(child.tag, str) and child.tag != DELETED:
                self.read_blocks(child, ROLES.get(child.tag, role))

    def _read_body_paragraph(self, paragraph: etree._Element, role: PassageRole) -> None:
        text = read_paragraph(paragraph)
        if text.strip():
            level = self._find_level(paragraph)
            is_heading = role is PassageRole.TEXT and level is not None
            self.add_paragraph(
                paragraph,
                text,
                PassageRole.HEADING if is_heading else role,
                BOLD_LEVEL if level is None else level,
                is_bold=self.styles.is_wholly_bold(paragraph),
            )
        self._read_text_boxes(paragraph)

    def _find_level(self, paragraph: etree._Element) -> int | None:
        if self.styles.is_title(paragraph):
            return TITLE_LEVEL
        if paragraph.tag == f"{TEXT}h":
            return int(paragraph.get(f"{TEXT}outline-level", "1"))
        return None

    def _read_text_boxes(self, parent: etree._Element) -> None:
        """Read the text boxes that hang on a paragraph or stand in a table, each as a part of its own."""
        for box in list_own_boxes(parent):
            self._read_box(box)

    def _read_box(self, box: etree._Element) -> None:
        with self.in_text_box():
            self.read_blocks(box, PassageRole.TEXT)

    def _read_table(self, table: etree._Element) -> None:
        part = self.begin_table()
        rows = [row for row in table.iter(ROW) if next(row.iterancestors(f"{TABLE}table")) is table]
        for number, row in enumerate(rows, start=1):
            for column, cell in _list_cells(row):
                self._read_cell(part, number, column, cell)
        if next(table.iterancestors(f"{TABLE}table"), None) is None:
            self._read_text_boxes(table)

    def _read_cell(self, part: str, row: int, column: int, cell: etree._Element) -> None:
        paragraphs = list(_list_cell_paragraphs(cell))
        texts = [read_paragraph(each) for each in paragraphs]
        filled = [each for each, words in zip(paragraphs, texts, strict=True) if words.strip()]
        if filled:
            are_items = [next(each.iterancestors(LIST, COLUMN)).tag == LIST for each in paragraphs]
            is_bold = all(self.styles.is_wholly_bold(each) for each in filled)
            self.add_cell((part, row, column), paragraphs, texts, are_items, is_bold=is_bold)
        for nested in cell.iter(f"{TABLE}table"):
            if next(nested.iterancestors(COLUMN)) is cell:
                self._read_table(nested)


def _list_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row:
        if cell.tag == COLUMN:
            yield column, cell
        if cell.tag in (COLUMN, COVERED):
            column += min(int(cell.get(f"{TABLE}number-columns-repeated", "1")), MAX_REPEATED)


def _list_cell_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for paragraph in cell.iter(*PARAGRAPHS):
        above = next(paragraph.iterancestors(COLUMN, *BOXES, NOTE, COMMENT))
        if above is cell:
            yield paragraph


def _list_notes(body: etree._Element) -> Iterator[Passage]:
    """List the paragraphs of footnotes, endnotes and comments, each kind as one part."""
    for part, note_class in NOTE_PARTS.items():
        notes = [each for each in body.iter(NOTE) if each.get(f"{TEXT}note-class", "footnote") == note_class]
        yield from _number_lines(part, notes)
    yield from _number_lines("comments", list(body.iter(COMMENT)))


def _list_page_words(styles: etree._Element | None) -> Iterator[Passage]:
    if styles is not None:
        for part, tag in PAGE_PARTS.items():
            yield from _number_lines(part, list(styles.iter(f"{STYLE}{tag}")))


def _number_lines(part: str, roots: list[etree._Element]) -> Iterator[Passage]:
    texts = [read_paragraph(each) for root in roots for each in list_paragraphs(root)]
    for line, text in enumerate((each for each in texts if each.strip()), start=1):
        yield Passage(part, line, text)


def _list_deleted_words(body: etree._Element) -> list[LeftOut]:
    deletions = body.iter(f"{TEXT}deletion")
    return list_left_out(
        "deleted with tracked changes",
        [read_paragraph(each) for deletion in deletions for each in deletion.iter(*PARAGRAPHS)],
    )


def _list_warnings(body: etree._Element) -> Iterator[str]:
    n_pictures = sum(1 for _ in body.iter(f"{DRAW}image"))
    if n_pictures:
        yield warn_of_pictures(n_pictures)
