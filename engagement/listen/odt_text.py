"""The words of one paragraph of an OpenDocument text, with white space as the format counts it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from lxml import etree

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"

PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
TEXT_BOX = f"{DRAW}text-box"
SHAPES = frozenset(
    f"{DRAW}{shape}" for shape in ("custom-shape", "rect", "ellipse", "circle", "line", "polygon", "path")
)
BOXES = (TEXT_BOX, *sorted(SHAPES))
"""What holds paragraphs of its own beside the text: text boxes, and shapes with words in them."""
NOTE = f"{TEXT}note"
COMMENT = f"{OFFICE}annotation"
DELETED = f"{TEXT}tracked-changes"
# Words of these stand beside the paragraph or repeat it, and are read on their own.
ELSEWHERE = frozenset(
    {TEXT_BOX, *SHAPES, NOTE, COMMENT, f"{TEXT}ruby-text", f"{SVG}title", f"{SVG}desc", f"{TABLE}table"}
)
ITSELF = "itself"
SPACES = re.compile(r"[ \t\r\n]+")


def read_paragraph(paragraph: etree._Element) -> str:
    """Read the words of one paragraph as they would be printed."""
    return "".join(shown for _, _, shown in list_pieces(paragraph))


def list_pieces(paragraph: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """List what makes the words of a paragraph.

    Yields
    ------
    tuple of (element, str, str)
        An element, what of it ("text", "tail" or itself), and what that adds to the words.
    """
    last = ""
    for element, slot, piece in _walk(paragraph):
        shown = piece if slot == ITSELF else SPACES.sub(" ", piece)
        if slot != ITSELF and last in ("", " ", "\n", "\t"):
            shown = shown.removeprefix(" ")
        last = shown[-1:] or last
        yield element, slot, shown


def list_paragraphs(root: etree._Element) -> Iterator[etree._Element]:
    """List every paragraph under ``root``, wherever it hides, but for those that were deleted."""
    for paragraph in root.iter(*PARAGRAPHS):
        if not any(parent.tag == DELETED for parent in paragraph.iterancestors()):
            yield paragraph


def list_own_boxes(root: etree._Element) -> Iterator[etree._Element]:
    """List every text box under ``root`` that does not stand inside another one under it."""
    for box in root.iter(*BOXES):
        above = takewhile(lambda parent: parent is not root, box.iterancestors())
        if box is not root and not any(parent.tag in BOXES for parent in above):
            yield box


def _walk(element: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    yield element, "text", element.text or ""
    for child in element:
        if child.tag == f"{TEXT}s":
            yield child, ITSELF, " " * int(child.get(f"{TEXT}c", "1"))
        elif child.tag == f"{TEXT}tab":
            yield child, ITSELF, "\t"
        elif child.tag == f"{TEXT}line-break":
            yield child, ITSELF, "\n"
        elif isinstance(child.tag, str) and child.tag not in ELSEWHERE:
            yield from _walk(child)
        yield child, "tail", child.tail or ""
