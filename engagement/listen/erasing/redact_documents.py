"""Blanking passages of Word and OpenDocument texts, also what tracked changes and fallbacks hold of them."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Sequence

from lxml import etree

from engagement.listen import docx_text, odt_text
from engagement.listen.docx_text import DELETED, FALLBACK, WORD
from engagement.listen.erasing.archives import rewrite
from engagement.listen.erasing.blanks import Cuts, NotSoundError, Span, blank, blank_spans
from engagement.listen.odt_text import ITSELF, TEXT
from engagement.listen.page_reader import PageReader
from engagement.listen.read_docx import read_body as read_docx_body
from engagement.listen.read_odt import read_body as read_odt_body

ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
KEEP_SPACES = "{http://www.w3.org/XML/1998/namespace}space"
BlankParagraph = Callable[[etree._Element, Sequence[Span]], None]


def redact_docx(archive: zipfile.ZipFile, cuts: Cuts) -> bytes:
    """Blank passages of the body of a Word document."""
    path, body, reader = read_docx_body(archive)
    _blank_passages(reader, cuts, docx_text.read_paragraph, _blank_docx)
    return rewrite(archive, {path: body.getroottree()})


def redact_odt(archive: zipfile.ZipFile, cuts: Cuts) -> bytes:
    """Blank passages of the body of an OpenDocument text."""
    body, reader = read_odt_body(archive)
    _blank_passages(reader, cuts, odt_text.read_paragraph, _blank_odt)
    return rewrite(archive, {"content.xml": body.getroottree()})


def _blank_passages(
    reader: PageReader, cuts: Cuts, read: Callable[[etree._Element], str], blank_paragraph: BlankParagraph
) -> None:
    left = set(cuts)
    for passage, elements in zip(reader.passages, reader.elements, strict=True):
        place = passage.part, passage.line, passage.column_name
        if place not in cuts:
            continue
        left.discard(place)
        begins = 0
        for element in elements:
            length = len(read(element))
            blank_paragraph(element, _shift(cuts[place], begins, length))
            begins += length + 1
    if left:
        raise NotSoundError


def _shift(spans: Iterable[Span], begins: int, length: int) -> list[Span]:
    """Give the part of spans that falls on so many characters from ``begins`` on, counted from there."""
    moved = [(max(start - begins, 0), min(end - begins, length)) for start, end in spans]
    return [(start, end) for start, end in moved if start < end]


def _blank_docx(paragraph: etree._Element, spans: Sequence[Span]) -> None:
    if not spans:
        return
    begins = 0
    for element, words in list(docx_text.list_pieces(paragraph)):
        own = _shift(spans, begins, len(words))
        begins += len(words)
        if own and words != "\n":
            if element.tag != docx_text.MATH_TEXT:
                element.tag = f"{WORD}t"
            element.clear()
            element.set(KEEP_SPACES, "preserve")
            element.text = blank_spans(words, own)
    _remove_repeated(paragraph)


def _remove_repeated(paragraph: etree._Element) -> None:
    # What was deleted there with tracked changes, and old copies of a drawing, hold the same words.
    for element in list(paragraph.iter(*DELETED)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for choice in [*paragraph.iterancestors(ALTERNATIVES), *paragraph.iter(ALTERNATIVES)]:
        for element in choice.findall(FALLBACK):
            choice.remove(element)


def _blank_odt(paragraph: etree._Element, spans: Sequence[Span]) -> None:
    if not spans:
        return
    begins = 0
    for element, slot, words in list(odt_text.list_pieces(paragraph)):
        shown = blank_spans(words, _shift(spans, begins, len(words)))
        begins += len(words)
        if slot != ITSELF:
            setattr(element, slot, shown)
        elif shown != words:
            element.tag = f"{TEXT}span"
            element.attrib.clear()
            element.text = blank(words)
