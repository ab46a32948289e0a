"""Telling what a file is by what it holds, and refusing kindly what cannot be read."""

from __future__ import annotations

import zipfile
from pathlib import PurePath

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileFormat
from engagement.listen.zip_guard import read_entry

NAMES = {
    FileFormat.DOCX: "a Word document",
    FileFormat.ODT: "an OpenDocument text",
    FileFormat.XLSX: "an Excel workbook",
    FileFormat.ODS: "an OpenDocument spreadsheet",
    FileFormat.CSV: "a table of text (csv)",
    FileFormat.TXT: "plain text",
    FileFormat.SUBTITLES: "subtitles",
    FileFormat.PDF: "a PDF",
}
ENDINGS = {
    ".docx": FileFormat.DOCX,
    ".docm": FileFormat.DOCX,
    ".odt": FileFormat.ODT,
    ".ott": FileFormat.ODT,
    ".xlsx": FileFormat.XLSX,
    ".ods": FileFormat.ODS,
    ".xlsm": FileFormat.XLSX,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".txt": FileFormat.TXT,
    ".md": FileFormat.TXT,
    ".pdf": FileFormat.PDF,
    ".srt": FileFormat.SUBTITLES,
    ".vtt": FileFormat.SUBTITLES,
}
OPEN_DOCUMENTS = {
    FileFormat.ODT: "application/vnd.oasis.opendocument.text",
    FileFormat.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
PDF_HEAD_BYTES = 1024
"""Programs let a PDF begin so late: mail and web servers put lines of their own before it."""
WEB_PAGE = "is a web page. Open it, copy the words into a document, or print it as a PDF, and add that."
PHOTO = "is a picture. Type up the words in it, save them as .docx or .txt and add them."
SOUND = (
    "is a recording. Have it written down, by a person or a program, and add the text as .docx, .txt or .vtt."
)
OLD_START = b"\xd0\xcf\x11\xe0"
OLD_KINDS = {
    "EncryptedPackage": "is protected by a password. Open it in Word or Excel, take the password off, "
    "save it and add it again.",
    "Workbook": "is in the old format of Excel. Open it there, save it as .xlsx and add it again.",
    "PowerPoint Document": "is a presentation. Copy the words of its slides into a document and add that.",
    "__properties_version1.0": "is an e-mail saved by Outlook. Open it, save it as plain text (.txt) or "
    "print it as a PDF, and add that. Add the files that are attached to it by themselves.",
    "Quill": "is a publication of Publisher. Save it as a PDF there and add that.",
    "WordDocument": "is in the old format of Word. Open it there, save it as .docx and add it again.",
    "": "is protected by a password or in an old format of Word or Excel. "
    "Open it there, take the password off, save it as .docx or .xlsx and add it again.",
}
BINARY_EXCEL = "is a binary workbook of Excel (xlsb). Open it there, save it as .xlsx and add it again."
OTHER_ZIPS = (
    ("ppt/", "is a presentation. Copy the words of its slides into a document and add that."),
    ("Index/", "is a document of Pages, Numbers or Keynote. Export it as Word, Excel or PDF and add that."),
    ("META-INF/container.xml", "is an e-book. Copy the words that matter into a document and add that."),
)
TOLD_BY_NAME = {
    ".html": WEB_PAGE,
    ".htm": WEB_PAGE,
    ".mht": WEB_PAGE,
    ".doc": "is named like a document of an old Word but is not one: some programs write web pages or plain "
    "text under that name. Open it in Word, save it as .docx and add that.",
    ".xls": "is named like a workbook of an old Excel but is not one: some survey tools write web pages or "
    "tables of text under that name. Open it in Excel, save it as .xlsx and add that.",
    ".rtf": "is named like rich text but is not. Open it in Word, save it as .docx and add that.",
    ".eml": "is an e-mail. Open it, save it as plain text (.txt) or print it as a PDF, and add that.",
    ".pages": "is a document of Pages. Export it as Word or PDF and add that.",
    ".numbers": "is a table of Numbers. Export it as Excel or CSV and add that.",
    ".heic": PHOTO,
    ".webp": PHOTO,
    ".gif": PHOTO,
    ".tif": PHOTO,
    ".tiff": PHOTO,
    ".bmp": PHOTO,
    ".mp3": SOUND,
    ".m4a": SOUND,
    ".wav": SOUND,
    ".mp4": SOUND,
    ".mov": SOUND,
    ".sbv": "holds subtitles in a way of YouTube's own. Download them as .srt or .vtt and add that.",
}
UNREADABLE_STARTS = (
    (b"\x89PNG", PHOTO),
    (b"\xff\xd8\xff", PHOTO),
    (b"{\\rtf", "is rich text (rtf). Open it in Word, save it as .docx and add it again."),
    (b"\x1f\x8b", "is a compressed file. Unpack it and add the files that are in it."),
)


def find_format(file_name: str, content: bytes, archive: zipfile.ZipFile | None) -> FileFormat:
    """Tell the format of a file by its content.

    Raises
    ------
    UnreadableFileError
        When it cannot be read, or its name says something else.
    """
    if content.startswith(OLD_START):
        raise UnreadableFileError(
            next(told for mark, told in OLD_KINDS.items() if mark.encode("utf-16-le") in content)
        )
    for start, sentence in UNREADABLE_STARTS:
        if content.startswith(start):
            raise UnreadableFileError(sentence)
    ending = PurePath(file_name).suffix.lower()
    if archive is not None:
        return _check_name(_find_zip_format(archive), ending)
    is_pdf = content.startswith(b"%PDF") or (ending == ".pdf" and b"%PDF" in content[:PDF_HEAD_BYTES])
    if is_pdf:
        return _check_name(FileFormat.PDF, ending)
    return _find_text_format(ending)


def _find_zip_format(archive: zipfile.ZipFile) -> FileFormat:
    names = archive.namelist()
    if any(name.startswith("word/") for name in names):
        return FileFormat.DOCX
    if "xl/workbook.bin" in names:
        raise UnreadableFileError(BINARY_EXCEL)
    if any(name.startswith("xl/") for name in names):
        return FileFormat.XLSX
    for start, sentence in OTHER_ZIPS:
        if any(name.startswith(start) for name in names):
            raise UnreadableFileError(sentence)
    if "mimetype" in names:
        return _find_open_document(archive)
    raise UnreadableFileError(
        "is a zip with neither a document nor a workbook in it. Unpack it and add the files that are in it."
    )


def _find_open_document(archive: zipfile.ZipFile) -> FileFormat:
    if b"encryption-data" in (read_entry(archive, "META-INF/manifest.xml") or b""):
        raise UnreadableFileError(
            "is protected by a password. Open it in its own program, save it without the password and add "
            "that copy."
        )
    kind = (read_entry(archive, "mimetype") or b"").decode("ascii", "replace").strip()
    for found, name in OPEN_DOCUMENTS.items():
        if kind.startswith(name):
            return found
    raise UnreadableFileError(
        f"is an OpenDocument file of a kind that holds no notes or tables (“{kind[:80]}”). "
        "Save its words as .odt or .docx and add that."
    )


def _check_name(found: FileFormat, ending: str) -> FileFormat:
    if ENDINGS.get(ending) is not found:
        raise UnreadableFileError(
            f"holds {NAMES[found]}, but its name ends in “{ending or 'nothing'}”. "
            f"Rename it so that it ends in .{found} and add it again."
        )
    return found


def _find_text_format(ending: str) -> FileFormat:
    named = ENDINGS.get(ending)
    if named in (FileFormat.CSV, FileFormat.TXT, FileFormat.SUBTITLES):
        return named
    if named is not None:
        raise UnreadableFileError(
            f"is named like {NAMES[named]} but is not one, or is damaged. "
            f"Open it in its own program, save it as .{named} and add it again."
        )
    if ending in TOLD_BY_NAME:
        raise UnreadableFileError(TOLD_BY_NAME[ending])
    raise UnreadableFileError(
        f"ends in “{ending or 'nothing'}”, which cannot be read. Add a file that ends in .docx, .odt, "
        ".pdf, .txt, .csv, .xlsx, .srt or .vtt."
    )
