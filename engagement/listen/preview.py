"""Showing what an import would do before anything is saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from engagement.errors import UnreadableFileError
from engagement.listen.columns import PERSONAL, suggest_sheet_mapping
from engagement.listen.contents import (
    FORM_FIELDS,
    FileContents,
    FileFormat,
    LeftOut,
    Sheet,
    count_words,
)
from engagement.listen.details import SourceDetails, make_details, make_title
from engagement.listen.found_voices import Findings, PreviewVoice, SetAside
from engagement.listen.mapping import ColumnUse, Mapping, NotesSplit
from engagement.listen.notes import split_notes
from engagement.listen.prompts import match_prompt
from engagement.listen.read_text import looks_wrapped
from engagement.listen.sheets import get_sheet, split_sheet
from engagement.listen.speakers import is_full_name
from models.sources import SourceKind

UNACCOUNTED = "not recognised by the reader"


@dataclass(frozen=True)
class Receipt:
    """Every word of a file accounted for: in a voice, or left out for a reason."""

    n_words: int
    n_captured: int
    left_out: tuple[LeftOut, ...]

    @property
    def adds_up(self) -> bool:
        """Tell whether captured and left-out words make up the file."""
        return self.n_captured + sum(each.n_words for each in self.left_out) == self.n_words


@dataclass(frozen=True)
class Preview:
    """What would be saved from one file, and of notes what would not.

    ``names`` are speakers who are named in full in it.
    """

    voices: tuple[PreviewVoice, ...]
    receipt: Receipt
    details: SourceDetails
    new_prompts: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    aside: tuple[SetAside, ...] = ()

    @property
    def n_voices(self) -> int:
        """Count the voices."""
        return len(self.voices)


def suggest_mapping(
    contents: FileContents,
    prompts: Sequence[str] = (),
    sheet: str = "",
    header: tuple[int, int] | None = None,
) -> Mapping:
    """Suggest how a file becomes voices; people look at it before anything is saved.

    ``header`` is where people say that the header of the sheet is: its first row, and how many rows it has.
    """
    if not contents.is_sheet:
        is_wrapped = contents.format is FileFormat.TXT and looks_wrapped(contents.passages)
        is_form = any(each.part == FORM_FIELDS for each in contents.passages)
        return Mapping(
            split=NotesSplit.PARAGRAPHS if is_wrapped else NotesSplit.LINES,
            taken=(FORM_FIELDS,) if is_form else (),
        )
    if not contents.sheets:
        raise UnreadableFileError("The workbook has no sheet with cells. Check it in Excel and add it again.")
    chosen = get_sheet(contents, sheet) if sheet else max(contents.sheets, key=_measure_words)
    return suggest_sheet_mapping(chosen, prompts, header)


def preview_import(
    contents: FileContents,
    mapping: Mapping,
    details: SourceDetails | None = None,
    *,
    prompts: Sequence[str] = (),
    file_name: str = "",
) -> Preview:
    """Work out the voices of one file, its receipt, its details and what to look at, without saving."""
    if contents.is_sheet:
        findings = split_sheet(contents, mapping, prompts)
    else:
        findings = split_notes(contents, mapping, prompts)
    names = list_full_names(findings.voices)
    voices = tuple(findings.voices)
    if names and not mapping.keeps_names:
        voices = tuple(
            replace(voice, respondent=names.get(voice.respondent, voice.respondent)) for voice in voices
        )
    known = set(prompts)
    asked = dict.fromkeys(voice.prompt for voice in voices if voice.prompt)
    return Preview(
        voices=voices,
        receipt=make_receipt(contents, findings),
        details=details or _suggest_details(contents, findings, file_name),
        new_prompts=tuple(prompt for prompt in asked if prompt not in known),
        names=tuple(names),
        aside=tuple(findings.aside),
        warnings=tuple(_list_warnings(contents, mapping, voices)),
    )


def list_full_names(voices: Sequence[PreviewVoice]) -> dict[str, str]:
    """Give every speaker who is named in full a number instead, in the order in which they first speak."""
    names = dict.fromkeys(voice.respondent for voice in voices if is_full_name(voice.respondent))
    return {name: f"Speaker {number}" for number, name in enumerate(names, start=1)}


def list_new_prompts(previews: Sequence[Preview]) -> tuple[str, ...]:
    """List the prompts that saving all of these would add, each once however it is written."""
    found: list[str] = []
    for prompt in (each for preview in previews for each in preview.new_prompts):
        if match_prompt(prompt, found) is None:
            found.append(prompt)
    return tuple(found)


def make_receipt(contents: FileContents, findings: Findings) -> Receipt:
    """Account for every word, each once; what nobody has accounted for is named as such."""
    n_captured = findings.count_captured()
    left_out = [*findings.list_left_out(), *contents.left_out]
    n_missing = contents.n_words - n_captured - sum(each.n_words for each in left_out)
    if n_missing:
        left_out.append(LeftOut(UNACCOUNTED, n_missing))
    return Receipt(contents.n_words, n_captured, tuple(left_out))


def pack_receipt(receipt: Receipt) -> dict[str, Any]:
    """Write a receipt for the record."""
    return {
        "n_words": receipt.n_words,
        "n_captured": receipt.n_captured,
        "left_out": [
            {"reason": each.reason, "n_words": each.n_words, "samples": list(each.samples)}
            for each in receipt.left_out
        ],
    }


def unpack_receipt(packed: dict[str, Any]) -> Receipt | None:
    """Read a receipt back from the record; None where there is none."""
    if not packed:
        return None
    left_out = (
        LeftOut(each["reason"], each["n_words"], tuple(each["samples"])) for each in packed["left_out"]
    )
    return Receipt(packed["n_words"], packed["n_captured"], tuple(left_out))


def _measure_words(sheet: Sheet) -> tuple[bool, int]:
    return not sheet.is_hidden, sum(count_words(cell) for row in sheet.rows for cell in row)


def _suggest_details(contents: FileContents, findings: Findings, file_name: str) -> SourceDetails:
    kind = SourceKind.SURVEY if contents.is_sheet else SourceKind.FOCUS_GROUP
    details = make_details(findings.details, title=findings.title or make_title(file_name), kind=kind)
    if not contents.is_sheet:
        return details
    newest = max((voice.said_on for voice in findings.voices if voice.said_on), default=None)
    n_came = len({voice.line for voice in findings.voices})
    return replace(details, held_on=newest, n_came=n_came or None)


def _list_warnings(contents: FileContents, mapping: Mapping, voices: Sequence[PreviewVoice]) -> list[str]:
    warnings = list(contents.warnings)
    if contents.is_sheet:
        warnings += _list_sheet_warnings(get_sheet(contents, mapping.sheet), mapping)
    elif not voices:
        warnings.append(
            "No words were found that could become voices. Check that this is the right file; words in "
            "pictures have to be typed up."
        )
    n_equal = sum(count - 1 for count in Counter(voice.text for voice in voices).values())
    if n_equal:
        warnings.append(f"Said in the same words as another voice here: {n_equal}. All are kept.")
    n_unprompted = sum(not voice.prompt for voice in voices)
    if 0 < n_unprompted < len(voices):
        warnings.append(f"Under no prompt: {n_unprompted} of {len(voices)} voices.")
    return warnings


def _list_sheet_warnings(sheet: Sheet, mapping: Mapping) -> list[str]:
    warnings = []
    if sheet.n_formulas_without_result:
        warnings.append(
            f"Formulas without a result: {sheet.n_formulas_without_result}. Nothing can be read from these "
            "cells. Open the file in Excel, save it and add it again if they matter."
        )
    if sheet.is_hidden:
        warnings.append(
            "All of this sheet is hidden in its own program. Check that it is meant to be read: "
            "choose another one below if not."
        )
    if sheet.hidden:
        warnings.append(
            f"Hidden on this sheet in its own program: {sheet.hidden}. Their words are read like all others: "
            "leave a column out below if it should stay hidden."
        )
    personal = [
        each.header for each in mapping.columns if each.use is ColumnUse.IGNORE and each.why == PERSONAL
    ]
    if personal:
        warnings.append(
            f"Left out, because they may say who somebody is: {', '.join(f'“{each}”' for each in personal)}."
        )
    below = sheet.rows[mapping.first_row - 1 + mapping.n_header_rows :]
    if not any(cell.strip() for row in below for cell in row):
        warnings.append("Below the header there is no row with words. Check that this is the right file.")
    elif not mapping.list_columns(ColumnUse.WORDS):
        warnings.append("No column is marked as words yet. Choose the columns that hold what people said.")
    return warnings
