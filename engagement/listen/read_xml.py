"""Parsing XML from strangers: no entities, no network, no document types."""

from __future__ import annotations

import re

from lxml import etree

from engagement.errors import UnreadableFileError

REFUSAL = (
    "contains something we don't open (a document type with entities, which no Word or Excel file needs). "
    "Save it again in Word or Excel and add the new copy."
)

OFFICE = b"http://schemas.openxmlformats.org/"
TRANSITIONAL = {
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"spreadsheetml/main": b"spreadsheetml/2006/main",
    b"drawingml/main": b"drawingml/2006/main",
    b"drawingml/chart": b"drawingml/2006/chart",
    b"officeDocument/math": b"officeDocument/2006/math",
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
}
STRICT = re.compile(rb"(\bxmlns(?::[\w-]+)?\s*=\s*[\"'])http://purl\.oclc\.org/ooxml/([\w/]+)(?=[\"'])")
"""The same words under other names: Word and Excel save so as “Strict Open XML”."""


def parse_xml(xml: bytes) -> etree._Element:
    """Parse one XML part of a document.

    Raises
    ------
    UnreadableFileError
        When it is not well formed or brings a document type of its own.
    """
    refuse_doctype(xml)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(rename_strict(xml), parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(
            "is damaged inside. Open it in its own program, save it again and add the new copy."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(REFUSAL)
    return root


def rename_strict(xml: bytes) -> bytes:
    """Give the parts of a “Strict Open XML” document the names that all others have."""

    def rename(match: re.Match[bytes]) -> bytes:
        known = TRANSITIONAL.get(match[2])
        return match[1] + OFFICE + known if known else match[0]

    return STRICT.sub(rename, xml)


def refuse_doctype(xml: bytes) -> None:
    """Refuse XML that brings a document type, before it is parsed."""
    head = xml[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableFileError(REFUSAL)
