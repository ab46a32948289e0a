"""Count the example's voices by the written reading rules, without the importer of the product."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph
from python_calamine import CalamineWorkbook

EXAMPLES = Path(__file__).parents[2] / "data" / "examples"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPEAKER = re.compile(r"(?P<who>\S+(?: \S+){0,2}): (?P<words>.+)", re.DOTALL)
DETAIL = re.compile(r"(Host|Facilitator|Date|Venue|Place|Area|Ward|Number attending|How many came): .+")
PROMPT_HEADERS = 3


@dataclass(frozen=True)
class Heard:
    """One voice as counted here: its words, who spoke, and the English beside another language."""

    words: str
    who: str = ""
    english: str = ""


def read_description() -> dict[str, Any]:
    return json.loads((EXAMPLES / "engagement.json").read_text(encoding="utf-8"))


def list_notes() -> list[Path]:
    return sorted(EXAMPLES.glob("*.docx"))


@cache
def hear_everything() -> dict[str, list[Heard]]:
    heard = {path.name: hear_notes(path) for path in list_notes()}
    heard["15-survey-responses.xlsx"] = [Heard(words) for words in hear_survey()]
    return heard


def hear_notes(path: Path) -> list[Heard]:
    heard: list[Heard] = []
    for block in docx.Document(str(path)).iter_inner_content():
        if isinstance(block, Table):
            heard += _hear_table(block)
        elif words := _hear_paragraph(block, is_top=not heard):
            heard.append(words)
    return heard


@cache
def read_survey() -> list[dict[str, Any]]:
    sheet = CalamineWorkbook.from_path(EXAMPLES / "15-survey-responses.xlsx").get_sheet_by_index(0)
    header, *rows = sheet.to_python()
    return [dict(zip(header, row, strict=True)) for row in rows]


def hear_survey() -> list[str]:
    words_columns = [column for column in read_survey()[0] if column.endswith("where you live?")]
    assert len(words_columns) == PROMPT_HEADERS
    return [row[column] for row in read_survey() for column in words_columns if row[column]]


def _hear_paragraph(paragraph: Paragraph, *, is_top: bool) -> Heard | None:
    text = _read_text(paragraph).strip()
    is_note = text.startswith("[") and text.endswith("]")
    if not text or is_note or _is_heading(paragraph, text) or (is_top and DETAIL.fullmatch(text)):
        return None
    mark = SPEAKER.fullmatch(text)
    if mark and len(mark["who"]) <= 12:
        return Heard(mark["words"], who=mark["who"])
    return Heard(text)


def _hear_table(table: Table) -> list[Heard]:
    header, *rows = [[cell.text.strip() for cell in row.cells] for row in table.rows]
    if header == ["In their words", "In English"]:
        return [Heard(words, english=english) for words, english in rows]
    return [Heard(words, who=row[0]) for row in rows for words in row[1:] if words]


def _is_heading(paragraph: Paragraph, text: str) -> bool:
    is_styled = paragraph.style.name.startswith(("Heading", "Title", "Subtitle"))
    is_bold = all(run.bold for run in paragraph.runs if run.text.strip()) and len(text.split()) <= 12
    return is_styled or is_bold


def _read_text(paragraph: Paragraph) -> str:
    """Read a paragraph with its tracked insertions and without any text box that hangs on it."""
    words = [
        each.text or ""
        for each in paragraph._p.iter(f"{WORD}t")
        if not any(above.tag == f"{WORD}txbxContent" for above in each.iterancestors())
    ]
    return "".join(words)
