"""Writing a document anew with some of its parts changed, and looking whether words still stand in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping

from lxml import etree

from engagement.listen.erasing.blanks import NotSoundError, squeeze
from engagement.listen.read_within import is_file_within, read_file_within
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import open_zip, read_entry

THUMBNAILS = ("docprops/thumbnail", "thumbnails/")
"""Pictures of the first page: they show words."""
LISTS_OF_PARTS = ("_rels/.rels", "META-INF/manifest.xml")
XML = (".xml", ".rels")


def rewrite(archive: zipfile.ZipFile, parts: Mapping[str, etree._ElementTree]) -> bytes:
    """Write an archive with these parts in place of its own, and without the picture of its first page."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for entry in archive.infolist():
            if entry.filename.casefold().startswith(THUMBNAILS):
                continue
            content = read_entry(archive, entry.filename) or b""
            if entry.filename in parts:
                content = _write(parts[entry.filename])
            elif entry.filename in LISTS_OF_PARTS:
                content = _leave_thumbnails_out(content)
            kept = zipfile.ZipInfo(entry.filename, entry.date_time)
            kept.compress_type = entry.compress_type
            kept.external_attr = entry.external_attr
            target.writestr(kept, content)
    return out.getvalue()


def list_words(content: bytes) -> Iterator[str]:
    """Yield all the text of each XML part of an archive and of each file within it, without white space.

    Raises
    ------
    NotSoundError
        When there is a file within it that cannot be read: nobody knows which words are there.
    """
    archive = open_zip(content)
    for name in archive.namelist():
        if name.endswith(XML):
            yield squeeze("".join(map(str, parse_xml(read_entry(archive, name) or b"").itertext())))
        elif is_file_within(name):
            texts = read_file_within(name, read_entry(archive, name) or b"")
            if texts is None:
                raise NotSoundError
            yield squeeze("".join(texts))


def _write(tree: etree._ElementTree) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)


def _leave_thumbnails_out(content: bytes) -> bytes:
    root = parse_xml(content)
    for each in list(root):
        named = " ".join(str(value).casefold().lstrip("/") for value in each.attrib.values())
        if any(start in named for start in THUMBNAILS) or "metadata/thumbnail" in named:
            root.remove(each)
    return _write(root.getroottree())
