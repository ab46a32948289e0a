"""Word documents of a heading, paragraphs and one table, written without any library.

The heading is a real heading, the table's first row is marked as headings and comes again on each page, the
language is set: screen readers and Word's own check of access find what they look for.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KINDS}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KINDS}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_PACKAGE = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    '<Relationship Id="r2" Target="docProps/core.xml" '
    'Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"/>'
    "</Relationships>"
)
_DOCUMENT_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_RELATIONS}">'
    f'<Relationship Id="r1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_STYLES = (
    f'{_HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="en-GB"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:pPr><w:spacing w:after="80"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:next w:val="Normal"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:after="200"/>'
    '<w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style></w:styles>'
)
_SIDES = ("top", "bottom", "insideH")


def write_docx(
    title: str, paragraphs: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> bytes:
    """Write a document: its title as the heading, the paragraphs, then the rows under their headings."""
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _PACKAGE,
        "docProps/core.xml": _write_core(title),
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/styles.xml": _STYLES,
        "word/document.xml": _write_document(title, paragraphs, headings, rows),
    }
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, words in parts.items():
            archive.writestr(name, words)
    return written.getvalue()


def _write_core(title: str) -> str:
    package = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{package}" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{_clean(title)}</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"
    )


def _write_document(
    title: str, paragraphs: Sequence[str], headings: Sequence[str], rows: Sequence[Sequence[str]]
) -> str:
    heading = _write_paragraph(title, '<w:pPr><w:pStyle w:val="Heading1"/></w:pPr>')
    body = "".join(_write_paragraph(each) for each in paragraphs)
    edges = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="6F777B"/>' for side in _SIDES)
    grid = "<w:gridCol/>" * len(headings)
    table = (
        f'<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLook w:firstRow="1"/><w:tblCaption w:val="{_clean(title, quote=True)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_write_row(headings, is_head=True)}"
        f"{''.join(_write_row(row) for row in rows)}</w:tbl>"
    )
    page = '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/></w:sectPr>'
    whole = f"<w:body>{heading}{body}{table}<w:p/>{page}</w:body>"
    return f'{_HEAD}<w:document xmlns:w="{_WORD}">{whole}</w:document>'


def _write_row(cells: Sequence[str], *, is_head: bool = False) -> str:
    kind = "<w:cantSplit/><w:tblHeader/>" if is_head else "<w:cantSplit/>"
    bold = "<w:b/>" if is_head else ""
    written = "".join(f"<w:tc><w:tcPr/>{_write_paragraph(cell, run=bold)}</w:tc>" for cell in cells)
    return f"<w:tr><w:trPr>{kind}</w:trPr>{written}</w:tr>"


def _write_paragraph(words: str, properties: str = "", run: str = "") -> str:
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:p>{properties}<w:r>{look}<w:t xml:space="preserve">{_clean(words)}</w:t></w:r></w:p>'


def _clean(words: str, *, quote: bool = False) -> str:
    """Escape words for XML; characters that XML cannot hold are left out."""
    held = "".join(each for each in words if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))
    return escape(held, {'"': "&quot;"} if quote else {})
