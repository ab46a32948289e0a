"""Telling what a file is by what it holds, and refusing kindly what cannot be read."""

from __future__ import annotations

import zipfile
from pathlib import PurePath

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileFormat

NAMES = {
    FileFormat.DOCX: "a Word document",
    FileFormat.XLSX: "an Excel workbook",
    FileFormat.CSV: "a table of text (csv)",
    FileFormat.TXT: "plain text",
}
ENDINGS = {
    ".docx": FileFormat.DOCX,
    ".docm": FileFormat.DOCX,
    ".xlsx": FileFormat.XLSX,
    ".xlsm": FileFormat.XLSX,
    ".csv": FileFormat.CSV,
    ".tsv": FileFormat.CSV,
    ".txt": FileFormat.TXT,
    ".md": FileFormat.TXT,
}
UNREADABLE_STARTS = (
    (
        b"\xd0\xcf\x11\xe0",
        "is protected by a password or in an old format of Word or Excel. "
        "Open it there, take the password off, save it as .docx or .xlsx and add it again.",
    ),
    (b"%PDF", "is a PDF, which cannot be read yet. Save the notes as .docx or .txt and add them again."),
    (b"\x89PNG", "is a picture. Type up the words in it, save them as .docx or .txt and add them."),
    (b"\xff\xd8\xff", "is a picture. Type up the words in it, save them as .docx or .txt and add them."),
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
    for start, sentence in UNREADABLE_STARTS:
        if content.startswith(start):
            raise UnreadableFileError(sentence)
    ending = PurePath(file_name).suffix.lower()
    if archive is not None:
        return _check_name(_find_zip_format(archive), ending)
    return _find_text_format(ending)


def _find_zip_format(archive: zipfile.ZipFile) -> FileFormat:
    names = archive.namelist()
    if any(name.startswith("word/") for name in names):
        return FileFormat.DOCX
    if any(name.startswith("xl/") for name in names):
        return FileFormat.XLSX
    if "mimetype" in names:
        raise UnreadableFileError(
            "is an OpenDocument file, which cannot be read yet. Save it as .docx or .xlsx and add it again."
        )
    raise UnreadableFileError(
        "is a zip with neither a Word document nor an Excel workbook in it. Unpack it and add the files "
        "that are in it."
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
    if named in (FileFormat.CSV, FileFormat.TXT):
        return named
    if named is not None:
        raise UnreadableFileError(
            f"is named like {NAMES[named]} but is not one, or is damaged. "
            f"Open it in its own program, save it as .{named} and add it again."
        )
    raise UnreadableFileError(
        f"ends in “{ending or 'nothing'}”, which cannot be read. Add a file that ends in .docx, .txt, .csv "
        "or .xlsx."
    )
