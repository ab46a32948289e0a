"""The words of one Word paragraph, by a walk of our own: insertions count, deletions do not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"

PARAGRAPH = f"{WORD}p"
TABLE = f"{WORD}tbl"
TEXT_BOX = f"{WORD}txbxContent"
CONTROL = f"{WORD}sdt"
CHOICES = f"{WORD}ddList"
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


def is_unfilled(element: etree._Element) -> bool:
    """Tell whether an element is a form field that nobody has filled in, and only shows what to do there."""
    return element.tag == CONTROL and element.find(f"{WORD}sdtPr/{WORD}showingPlcHdr") is not None


def is_in_unfilled(element: etree._Element) -> bool:
    """Tell whether an element stands in such a form field."""
    return any(is_unfilled(above) for above in element.iterancestors(CONTROL))


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
    """List every paragraph under ``root``, wherever it hides, but for those that nobody wrote.

    These are in fallbacks that repeat a drawing, and in form fields that are not filled in.
    """
    for paragraph in root.iter(PARAGRAPH):
        above = paragraph.iterancestors(FALLBACK, CONTROL)
        if not any(parent.tag == FALLBACK or is_unfilled(parent) for parent in above):
            yield paragraph


def list_text_boxes(root: etree._Element) -> Iterator[etree._Element]:
    """List every text box under ``root`` once, without those inside another one under it."""
    for box in root.iter(TEXT_BOX):
        above = takewhile(lambda parent: parent is not root, box.iterancestors())
        if not any(parent.tag in (FALLBACK, TEXT_BOX) or is_unfilled(parent) for parent in above):
            yield box


def list_pieces(element: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """List the elements below a paragraph that make its words, each with what it adds to them."""
    for child in element:
        tag = child.tag
        if tag in NOT_WORDS or tag in DELETED or is_unfilled(child):
            continue
        if tag in (f"{WORD}t", MATH_TEXT):
            yield child, child.text or ""
        elif tag in MARKS:
            yield child, MARKS[tag]
        elif tag == CHOICES:
            yield child, _read_choice(child)
        elif tag == f"{WORD}sym":
            yield child, chr(int(child.get(f"{WORD}char", "FFFD"), 16))
        else:
            yield from list_pieces(child)


def _read_choice(choices: etree._Element) -> str:
    """Read what was chosen from the list of an old form field; the first where nothing was."""
    entries = [str(each.get(f"{WORD}val", "")) for each in choices.iter(f"{WORD}listEntry")]
    chosen = choices.find(f"{WORD}result")
    if chosen is None:
        chosen = choices.find(f"{WORD}default")
    place = 0 if chosen is None else int(chosen.get(f"{WORD}val", "0"))
    return entries[place] if 0 <= place < len(entries) else ""


def _is_own(element: etree._Element, paragraph: etree._Element) -> bool:
    for parent in element.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag in (TEXT_BOX, FALLBACK):
            return False
    return False
