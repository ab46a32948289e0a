"""Reading a Word document: the body in its order, and a list of all words that stand elsewhere."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, PassageRole, count_words
from engagement.listen.docx_beside import list_asides, list_warnings, list_words_beside
from engagement.listen.docx_styles import BOLD_LEVEL, DocxStyles
from engagement.listen.docx_text import (
    DELETED,
    PARAGRAPH,
    TABLE,
    TEXT_BOX,
    WORD,
    is_in_unfilled,
    is_unfilled,
    list_paragraphs,
    list_text_boxes,
    read_paragraph,
)
from engagement.listen.page_reader import PageReader
from engagement.listen.read_within import list_files_within
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import read_entry

OFFICE_DOCUMENT = "/officeDocument"


def read_docx(archive: zipfile.ZipFile) -> FileContents:
    """Read the body as passages, and count what stands outside it."""
    path, body, reader = read_body(archive)
    asides = tuple(list_asides(archive, path))
    within = list_files_within(archive, path)
    left_out = list_words_beside(archive, path, body, within)
    n_seen = sum(_count_paragraph_words(each) for each in list_paragraphs(body))
    n_beside = sum(count_words(each.text) for each in asides) + sum(each.n_words for each in left_out)
    return FileContents(
        format=FileFormat.DOCX,
        passages=(*reader.passages, *asides),
        left_out=tuple(left_out),
        n_words=n_seen + n_beside,
        warnings=tuple(list_warnings(body, within)),
    )


def read_body(archive: zipfile.ZipFile) -> tuple[str, etree._Element, PageReader]:
    """Read the body alone: the part it stands in, its element, and its passages with theirs."""
    path = _find_main_part(archive)
    root = parse_xml(read_entry(archive, path) or b"")
    styles_xml = read_entry(archive, posixpath.join(posixpath.dirname(path), "styles.xml"))
    reader = _BodyReader(styles=DocxStyles(None if styles_xml is None else parse_xml(styles_xml)))
    body = root.find(f"{WORD}body")
    if body is None:
        raise UnreadableFileError("has no page in it. Open it in Word, save it again and add the new copy.")
    reader.read_blocks(body)
    return path, body, reader


@dataclass(kw_only=True)
class _BodyReader(PageReader):
    """Walks the body of a Word document."""

    styles: DocxStyles

    def read_blocks(self, parent: etree._Element) -> None:
        """Read paragraphs and tables, also inside content controls."""
        for child in parent:
            if child.tag == PARAGRAPH:
                self._read_body_paragraph(child)
            elif child.tag == TABLE:
                self._read_table(child)
            elif child.tag not in DELETED and child.tag != TEXT_BOX and not is_unfilled(child):
                self.read_blocks(child)

    def _read_body_paragraph(self, paragraph: etree._Element) -> None:
        text = read_paragraph(paragraph)
        if text.strip():
            role, level = self._find_role(paragraph)
            self.add_paragraph(paragraph, text, role, level, is_bold=self.styles.is_wholly_bold(paragraph))
        self._read_text_boxes(paragraph)

    def _read_text_boxes(self, parent: etree._Element) -> None:
        """Read the text boxes that hang on a paragraph or stand in a table, each as a part of its own."""
        for box in list_text_boxes(parent):
            with self.in_text_box():
                self.read_blocks(box)

    def _find_role(self, paragraph: etree._Element) -> tuple[PassageRole, int]:
        level = self.styles.find_heading_level(paragraph)
        if level is not None:
            return PassageRole.HEADING, level
        if self.styles.is_contents(paragraph):
            return PassageRole.CONTENTS, BOLD_LEVEL
        if self.styles.is_list_item(paragraph):
            return PassageRole.LIST_ITEM, BOLD_LEVEL
        return PassageRole.TEXT, BOLD_LEVEL

    def _read_table(self, table: etree._Element) -> None:
        part = self.begin_table()
        rows = [list(_list_cells(row)) for row in _list_rows(table)]
        for number, row in enumerate(rows, start=1):
            for column, cell in row:
                self._read_cell(part, number, column, cell)
        if next(table.iterancestors(TABLE), None) is None:
            self._read_text_boxes(table)

    def _read_cell(self, part: str, row: int, column: int, cell: etree._Element) -> None:
        paragraphs = [] if is_in_unfilled(cell) else list(_list_own_paragraphs(cell))
        texts = [read_paragraph(paragraph) for paragraph in paragraphs]
        filled = [each for each, words in zip(paragraphs, texts, strict=True) if words.strip()]
        if filled:
            are_items = [self.styles.is_list_item(each) for each in paragraphs]
            is_bold = all(self.styles.is_wholly_bold(each) for each in filled)
            self.add_cell((part, row, column), paragraphs, texts, are_items, is_bold=is_bold)
        for nested in _list_own_tables(cell):
            self._read_table(nested)


def _list_rows(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == f"{WORD}tr":
            yield child
        elif child.tag in (f"{WORD}sdt", f"{WORD}sdtContent", f"{WORD}customXml", f"{WORD}ins"):
            yield from _list_rows(child)


def _list_cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    column = 0
    for cell in row.iter(f"{WORD}tc"):
        if next(cell.iterancestors(f"{WORD}tr")) is not row:
            continue
        yield column, cell
        span = cell.find(f"{WORD}tcPr/{WORD}gridSpan")
        column += 1 if span is None else max(int(span.get(f"{WORD}val", "1")), 1)


def _list_own_paragraphs(cell: etree._Element) -> Iterator[etree._Element]:
    for child in cell:
        if child.tag == PARAGRAPH:
            yield child
        elif child.tag not in (TABLE, TEXT_BOX) and child.tag not in DELETED and not is_unfilled(child):
            yield from _list_own_paragraphs(child)


def _list_own_tables(cell: etree._Element) -> Iterator[etree._Element]:
    for table in cell.iter(TABLE):
        if next(table.iterancestors(f"{WORD}tc")) is cell:
            yield table


def _find_main_part(archive: zipfile.ZipFile) -> str:
    relations = read_entry(archive, "_rels/.rels")
    if relations is not None:
        for relation in parse_xml(relations):
            if str(relation.get("Type")).endswith(OFFICE_DOCUMENT):
                return str(relation.get("Target")).lstrip("/")
    return "word/document.xml"


def _count_paragraph_words(paragraph: etree._Element) -> int:
    return count_words(read_paragraph(paragraph))
