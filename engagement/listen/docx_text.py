"""The words of one Word paragraph, by a walk of our own: insertions count, deletions do not."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

PARAGRAPH = f"{WORD}p"
TABLE = f"{WORD}tbl"
TEXT_BOX = f"{WORD}txbxContent"
DELETED = frozenset({f"{WORD}del", f"{WORD}moveFrom"})
# Properties hold tab stops and the like, a fallback repeats a drawing, ruby text repeats its base.
NOT_WORDS = frozenset({f"{WORD}pPr", f"{WORD}rPr", f"{WORD}rt", FALLBACK, TEXT_BOX})
MARKS = {
    f"{WORD}tab": "\t",
    f"{WORD}ptab": "\t",
    f"{WORD}br": "\n",
    f"{WORD}cr": "\n",
    f"{WORD}noBreakHyphen": "\u2011",
    f"{WORD}softHyphen": "\u00ad",
}


def read_paragraph(paragraph: etree._Element) -> str:
    """Read the words of one paragraph as they would be printed."""
    return "".join(words for _, words in list_pieces(paragraph))


def read_deleted(paragraph: etree._Element) -> str:
    """Read the words that tracked changes have deleted from a paragraph."""
    pieces = [each.text or "" for each in paragraph.iter(f"{WORD}delText") if _is_own(each, paragraph)]
    moved = [
        text.text or ""
        for source in paragraph.iter(f"{WORD}moveFrom")
        if _is_own(source, paragraph)
        for text in source.iter(f"{WORD}t")
    ]
    return " ".join(["".join(pieces), "".join(moved)]).strip()


def list_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """List every paragraph under ``root``, wherever it hides, but for fallbacks that repeat a drawing."""
    for paragraph in root.iter(PARAGRAPH):
        if not any(parent.tag == FALLBACK for parent in paragraph.iterancestors()):
            yield paragraph


def list_text_boxes(root: etree._Element) -> Iterator[etree._Element]:
    """List every text box under ``root`` once."""
    for box in root.iter(TEXT_BOX):
        if not any(parent.tag in (FALLBACK, TEXT_BOX) for parent in box.iterancestors()):
            yield box


def list_pieces(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """List the elements below a paragraph that make its words, each with what it adds to them."""
    for child in element:
        tag = child.tag
        if tag in NOT_WORDS or tag in DELETED:
            continue
        if tag in (f"{WORD}t", MATH_TEXT):
            yield child, child.text or ""
        elif tag in MARKS:
            yield child, MARKS[tag]
        elif tag == f"{WORD}sym":
            yield child, chr(int(child.get(f"{WORD}char", "FFFD"), 16))
        else:
            yield from list_pieces(child)


def _is_own(element: etree._Element, paragraph: etree._Element) -> bool:
    for parent in element.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag in (TEXT_BOX, FALLBACK):
            return False
    return False
