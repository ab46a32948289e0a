"""Short ways to write the files that people bring, good and bad."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docx
import xlsxwriter

MAIN_PART = "word/document.xml"
BODY = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
    "<w:body>{body}</w:body></w:document>"
)


def write_docx(*paragraphs: str | tuple[str, str]) -> bytes:
    """Write a Word document; a pair is a style and its text."""

    def fill(document: Any) -> None:
        for each in paragraphs:
            style, text = each if isinstance(each, tuple) else (None, each)
            document.add_paragraph(text, style=style)

    return build_docx(fill)


def build_docx(fill: Callable[[Any], None]) -> bytes:
    """Write a Word document that ``fill`` has put words into."""
    document = docx.Document()
    fill(document)
    return _save(document)


def write_raw_docx(body: str, **parts: str) -> bytes:
    """Write a Word document whose body is given as XML, beside further parts by name."""
    return replace_parts(write_docx("x"), {MAIN_PART: BODY.format(body=body), **parts})


def replace_parts(archive: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """Write a zip again with some of its parts replaced or added."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, text in parts.items():
            new.writestr(name, text)
    return target.getvalue()


def write_xlsx(
    rows: Sequence[Sequence[Any]], *, sheet: str = "Sheet1", more: Mapping[str, Any] | None = None
) -> bytes:
    """Write a workbook of one sheet, every string as a string; ``more`` holds further sheets by name."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(
        target,
        {"strings_to_formulas": False, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd hh:mm"},
    ) as workbook:
        for name, cells in {sheet: rows, **(more or {})}.items():
            page = workbook.add_worksheet(name)
            for number, row in enumerate(cells):
                for column, value in enumerate(row):
                    if value is not None:
                        page.write(number, column, value)
    return target.getvalue()


def _save(document: Any) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


ODT_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "style": "style",
        "fo": "xsl-fo-compatible",
        "svg": "svg-compatible",
    }.items()
)


ODT_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    'manifest:media-type="application/vnd.oasis.opendocument.{kind}"/></manifest:manifest>'
)


def write_odt(body: str, *, styles: str = "", pages: str = "", kind: str = "text") -> bytes:
    """Write an OpenDocument file from the XML of its body, its own styles and its styles of pages."""
    content = (
        f"<office:document-content {ODT_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    page_styles = f"<office:document-styles {ODT_SPACES}>{pages}</office:document-styles>"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("META-INF/manifest.xml", ODT_MANIFEST.format(kind=kind))
        archive.writestr("content.xml", content)
        archive.writestr("styles.xml", page_styles)
    return target.getvalue()
