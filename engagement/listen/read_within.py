"""Files within a Word document: parts that are brought in whole (altChunk), and files that are embedded."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileFormat, LeftOut, list_left_out
from engagement.listen.docx_text import list_paragraphs, read_paragraph
from engagement.listen.read_text import decode_text
from engagement.listen.read_xml import parse_xml
from engagement.listen.zip_guard import open_zip, read_entry

FOLDER = "embeddings/"
BROUGHT_IN = "/aFChunk"
READ = "in files within the file"
NOT_READ = "in files within the file that cannot be read here, so their words are not counted"
WEB_PAGES = (".html", ".htm", ".xhtml")
NOT_SHOWN = ("script", "style", "head")
# Rationale: what is within is only counted, and must not cost the file itself its time.
MAX_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True)
class FileWithin:
    """A file within a document; ``texts`` are None where it cannot be read here."""

    name: str
    texts: tuple[str, ...] | None


def list_files_within(archive: zipfile.ZipFile, main_path: str) -> list[FileWithin]:
    """Read the files within a Word document, the first ones up to 8 MB."""
    files, n_bytes = [], 0
    for path in _list_paths(archive, main_path):
        n_bytes += archive.getinfo(path).file_size
        texts = read_file_within(path, read_entry(archive, path) or b"") if n_bytes <= MAX_BYTES else None
        files.append(FileWithin(posixpath.basename(path), texts))
    return files


def is_file_within(path: str) -> bool:
    """Tell whether a part of an archive is a whole file of its own."""
    return f"/{FOLDER}" in path or path.casefold().endswith((*WEB_PAGES, ".txt", ".docx", ".xlsx"))


def list_words_within(files: list[FileWithin]) -> list[LeftOut]:
    """Account for the words of files within a file, and name those of which nobody can count them."""
    texts = [text for each in files for text in each.texts or ()]
    unread = tuple(each.name for each in files if each.texts is None)
    return [*list_left_out(READ, texts), *([LeftOut(NOT_READ, 0, unread)] if unread else [])]


def read_file_within(path: str, content: bytes) -> tuple[str, ...] | None:
    """Read the words of a file within; None where it is of another kind, damaged or locked."""
    try:
        if content.startswith(b"PK"):
            return _read_archive(content)
        if path.casefold().endswith(WEB_PAGES):
            return tuple(_read_web_page(content))
        return tuple(decode_text(content)[0].splitlines()) if path.casefold().endswith(".txt") else None
    except (UnreadableFileError, etree.LxmlError, ValueError):
        return None


def _list_paths(archive: zipfile.ZipFile, main_path: str) -> list[str]:
    folder = posixpath.dirname(main_path)
    paths = {name for name in archive.namelist() if name.startswith(posixpath.join(folder, FOLDER))}
    relations = posixpath.join(folder, "_rels", f"{posixpath.basename(main_path)}.rels")
    for relation in parse_xml(read_entry(archive, relations) or b"<none/>"):
        target = posixpath.normpath(posixpath.join(folder, str(relation.get("Target")))).lstrip("/")
        if str(relation.get("Type")).endswith(BROUGHT_IN) and target in archive.namelist():
            paths.add(target)
    return sorted(each for each in paths if not each.endswith("/"))


def _read_archive(content: bytes) -> tuple[str, ...] | None:
    archive = open_zip(content)
    document = read_entry(archive, "word/document.xml")
    if document is not None:
        return tuple(map(read_paragraph, list_paragraphs(parse_xml(document))))
    if read_entry(archive, "xl/workbook.xml") is None:
        return None
    from engagement.listen.read_workbook import read_workbook

    sheets = read_workbook(content, archive, FileFormat.XLSX).sheets
    return tuple(cell for sheet in sheets for row in sheet.rows for cell in row if cell.strip())


def _read_web_page(content: bytes) -> Iterator[str]:
    parser = etree.HTMLParser(encoding=_find_encoding(content), no_network=True)
    root = etree.fromstring(content, parser)
    for element in () if root is None else root.iter():
        is_shown = isinstance(element.tag, str) and element.tag not in NOT_SHOWN
        if is_shown and element.text and not any(above.tag in NOT_SHOWN for above in element.iterancestors()):
            yield element.text
        if element.tail and not any(above.tag in NOT_SHOWN for above in element.iterancestors()):
            yield element.tail


def _find_encoding(content: bytes) -> str | None:
    """Give UTF-8 where that fits; else the page says it itself."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"
