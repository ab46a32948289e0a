"""Parsing XML from strangers: no entities, no network, no document types."""

from __future__ import annotations

from lxml import etree

from engagement.errors import UnreadableFileError

REFUSAL = (
    "contains something we don't open (a document type with entities, which no Word or Excel file needs). "
    "Save it again in Word or Excel and add the new copy."
)


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
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFileError(
            "is damaged inside. Open it in its own program, save it again and add the new copy."
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFileError(REFUSAL)
    return root


def refuse_doctype(xml: bytes) -> None:
    """Refuse XML that brings a document type, before it is parsed."""
    head = xml[:4096].replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise UnreadableFileError(REFUSAL)
