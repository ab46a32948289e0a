"""What a file holds, before anybody decides what is a voice: passages of notes, or the cells of sheets.

It crosses from the reading process to this one as JSON, never as objects.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

N_SAMPLES = 3
SAMPLE_LENGTH = 80

Place = tuple[str, int, str]
"""A paragraph, a line or a cell: its part of the file, its line or row, its column."""


class FileFormat(StrEnum):
    """The formats that can be read."""

    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"
    TXT = "txt"
    CSV = "csv"
    XLSX = "xlsx"
    ODS = "ods"
    SUBTITLES = "vtt"


class PassageRole(StrEnum):
    """How a passage of notes is written."""

    TEXT = "text"
    LIST_ITEM = "list item"
    HEADING = "heading"
    CELL = "cell"
    CONTENTS = "table of contents"


TEXT_BOXES = "text boxes"
FORM_FIELDS = "form fields"
ASIDES = {
    TEXT_BOXES: "in text boxes",
    FORM_FIELDS: "in the fields of the form",
    "header": "in the header of the page",
    "footer": "in the footer of the page",
    "footnotes": "in footnotes",
    "endnotes": "in endnotes",
    "comments": "in comments in the margin",
}
"""Kinds of words that stand beside the page, with how the receipt names them."""


def find_aside(part: str) -> str:
    """Tell which kind of words beside the page a part holds; "" for the page itself."""
    return TEXT_BOXES if part.startswith("text box ") else part if part in ASIDES else ""


@dataclass(frozen=True)
class Passage:
    """One paragraph, line or table cell of notes, exactly as it stands in the file.

    ``level`` is that of a heading (1 is the highest, 0 is the title). ``items`` are the ranges of the list
    items within a cell that holds a list. ``column`` counts the cells of a row from 0. ``speaker`` is who
    says it, where the file tells that apart from the words.
    """

    part: str
    line: int
    text: str
    role: PassageRole = PassageRole.TEXT
    column_name: str = ""
    column: int = 0
    level: int = 0
    is_bold: bool = False
    items: tuple[tuple[int, int], ...] = ()
    speaker: str = ""


@dataclass(frozen=True)
class Sheet:
    """One sheet as it stands in the file: every cell as text, rows from the very first.

    ``hidden`` names its rows and columns with words that its own program hides, ``is_hidden`` tells whether
    it hides all of it.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    n_formulas_without_result: int = 0
    is_hidden: bool = False
    hidden: str = ""


@dataclass(frozen=True)
class LeftOut:
    """Words that will not become voices, with the reason and a few of them to know them by."""

    reason: str
    n_words: int
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class FileContents:
    """Everything that was read from one file.

    ``n_words`` counts the words of the whole file by a walk of its own, so that a passage which the reader
    misses shows up in the receipt.
    """

    format: FileFormat
    encoding: str = ""
    passages: tuple[Passage, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    n_words: int = 0
    warnings: tuple[str, ...] = ()
    separator: str = ""
    paragraphs: tuple[Passage, ...] = field(default=())

    @property
    def is_sheet(self) -> bool:
        """Tell whether columns have to be mapped."""
        return self.format in (FileFormat.CSV, FileFormat.XLSX, FileFormat.ODS)


def count_words(text: str) -> int:
    """Count the words of a text, as everything between white space."""
    return len(text.split())


def warn_of_pictures(n_pictures: int) -> str:
    """Say that words inside pictures are not read."""
    return (
        f"The file has {n_pictures} {'picture' if n_pictures == 1 else 'pictures'}. Words inside a picture "
        "are not read: type them up if they matter."
    )


def list_left_out(reason: str, texts: Iterable[str]) -> list[LeftOut]:
    """Account for texts that were left out for one reason; an empty list when there are no words in them."""
    filled = [text.strip() for text in texts if text.strip()]
    if not filled:
        return []
    samples = tuple(text[:SAMPLE_LENGTH] for text in filled[:N_SAMPLES])
    return [LeftOut(reason, sum(count_words(text) for text in filled), samples)]


def pack_contents(contents: FileContents) -> bytes:
    """Write contents as JSON in plain ASCII, which also carries characters that have no UTF-8."""
    return json.dumps(contents, default=vars).encode("ascii")


def unpack_contents(packed: bytes) -> FileContents:
    """Read back what ``pack_contents`` wrote."""
    fields: dict[str, Any] = json.loads(packed)
    return FileContents(
        format=FileFormat(fields["format"]),
        encoding=fields["encoding"],
        passages=tuple(_unpack_passage(each) for each in fields["passages"]),
        paragraphs=tuple(_unpack_passage(each) for each in fields["paragraphs"]),
        sheets=tuple(_unpack_sheet(each) for each in fields["sheets"]),
        left_out=tuple(
            LeftOut(each["reason"], each["n_words"], tuple(each["samples"])) for each in fields["left_out"]
        ),
        n_words=fields["n_words"],
        warnings=tuple(fields["warnings"]),
        separator=fields["separator"],
    )


def _unpack_passage(fields: dict[str, Any]) -> Passage:
    items = tuple((start, end) for start, end in fields.pop("items"))
    return Passage(role=PassageRole(fields.pop("role")), items=items, **fields)


def _unpack_sheet(fields: dict[str, Any]) -> Sheet:
    return Sheet(rows=tuple(tuple(row) for row in fields.pop("rows")), **fields)
