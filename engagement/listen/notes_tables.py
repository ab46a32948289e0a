"""Finding voices in the tables of notes: a prompt to a column, who spoke, words with their translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from engagement.listen.contents import Passage, count_words
from engagement.listen.details import KEY_TO_FIELD
from engagement.listen.found_voices import (
    DETAILS,
    HEADINGS,
    NOTES,
    SPEAKERS,
    TRANSLATIONS,
    Findings,
    PreviewVoice,
    join_voices,
    trim_range,
)
from engagement.listen.languages import find_language
from engagement.listen.prompts import looks_like_question, match_prompt, normalise_prompt

MAX_HEADER_WORDS = 8
SPEAKER_HEADERS = frozenset(
    {"who", "speaker", "name", "person", "who said it", "who spoke", "participant", "respondent"}
)
ORIGINAL_HEADERS = frozenset(
    {"in their words", "original", "in own words", "their words", "as it was said", "words"}
)
ENGLISH_HEADERS = frozenset({"in english", "english", "translation", "english translation"})


@dataclass(frozen=True)
class _Columns:
    """What the header of a table says of its columns."""

    prompts: dict[int, str]
    speaker: int | None
    original: int | None
    english: int | None


def find_table_voices(
    findings: Findings,
    cells: Sequence[Passage],
    prompts: Sequence[str],
    prompt: str,
    is_at_top: bool,
    *,
    joins_rows: bool = False,
) -> None:
    """Go through one table row by row and find every voice in it.

    That is each cell, or, where rows are joined, what a row says to one prompt.
    """
    rows: dict[int, list[Passage]] = defaultdict(list)
    for cell in cells:
        rows[cell.line].append(cell)
    if is_at_top and _take_details(findings, rows):
        return
    header = rows.get(1, [])
    columns = _Columns({}, None, None, None)
    if len(rows) > 1 and _is_header(header, [cell for cell in cells if cell.line > 1], prompts):
        columns = _read_header(header, prompts)
        for cell in rows.pop(1):
            findings.set_aside(HEADINGS, cell, prompt=prompt)
    for row in rows.values():
        n_before = len(findings.voices)
        _take_row(findings, row, columns, prompt)
        if joins_rows:
            findings.voices[n_before:] = _join_row(findings.voices[n_before:])


def _join_row(voices: Sequence[PreviewVoice]) -> list[PreviewVoice]:
    joined = list[PreviewVoice]()
    for voice in voices:
        is_same = bool(joined) and joined[-1].prompt == voice.prompt
        if is_same and not joined[-1].translation and not voice.translation:
            joined[-1] = join_voices(joined[-1], voice)
        else:
            joined.append(voice)
    return joined


def _take_details(findings: Findings, rows: dict[int, list[Passage]]) -> bool:
    pairs = [
        (row[0].text.strip().rstrip(":").casefold(), row[1].text.strip())
        for row in rows.values()
        if len(row) == 2
    ]
    known = {KEY_TO_FIELD[key]: value for key, value in pairs if key in KEY_TO_FIELD}
    if len(known) < 2 or len(known) * 2 < len(rows):
        return False
    for field, value in known.items():
        findings.details.setdefault(field, value)
    for row in rows.values():
        for cell in row:
            findings.set_aside(DETAILS, cell)
    return True


def _is_header(header: Sequence[Passage], others: Sequence[Passage], prompts: Sequence[str]) -> bool:
    """Tell whether a first row is a header: bold, or short and either known or far shorter than the rest."""
    if not header or all(cell.is_bold for cell in header):
        return bool(header)
    longest = max(count_words(cell.text) for cell in header)
    if longest > MAX_HEADER_WORDS:
        return False
    n_words = sum(count_words(cell.text) for cell in others)
    return any(_is_known_header(cell.text, prompts) for cell in header) or n_words > 3 * longest * len(others)


def _is_known_header(text: str, prompts: Sequence[str]) -> bool:
    known = SPEAKER_HEADERS | ORIGINAL_HEADERS | ENGLISH_HEADERS
    return (
        normalise_prompt(text) in known
        or match_prompt(text, prompts) is not None
        or looks_like_question(text)
    )


def _read_header(header: Sequence[Passage], prompts: Sequence[str]) -> _Columns:
    found: dict[int, str] = {}
    places: dict[str, int] = {}
    for cell in header:
        name = normalise_prompt(cell.text)
        for kind, names in (
            ("speaker", SPEAKER_HEADERS),
            ("original", ORIGINAL_HEADERS),
            ("english", ENGLISH_HEADERS),
        ):
            if name in names:
                places.setdefault(kind, cell.column)
        prompt = match_prompt(cell.text, prompts) or (
            cell.text.strip() if looks_like_question(cell.text) else None
        )
        if prompt:
            found[cell.column] = prompt
    english = places.get("english")
    original = places.get("original")
    if english is not None and original is None:
        others = [cell.column for cell in header if cell.column not in (english, places.get("speaker"))]
        original = others[0] if len(others) == 1 else None
    return _Columns(found, places.get("speaker"), original, english if original is not None else None)


def _take_row(findings: Findings, row: Sequence[Passage], columns: _Columns, prompt: str) -> None:
    texts = {cell.column: cell.text.strip() for cell in row}
    respondent = "" if columns.speaker is None else texts.get(columns.speaker, "")
    has_original = columns.original is not None and columns.original in texts
    for cell in row:
        asked = columns.prompts.get(cell.column, prompt)
        reason = _find_reason(cell, columns, has_original=has_original)
        if reason:
            findings.set_aside(reason, cell, prompt=asked, respondent=respondent)
        else:
            english = texts.get(columns.english, "") if columns.english is not None and has_original else ""
            _take_cell(findings, cell, asked, respondent, english)


def _find_reason(cell: Passage, columns: _Columns, *, has_original: bool) -> str:
    """Say why a cell is no voice; "" when it is one."""
    text = cell.text.strip()
    if cell.column == columns.speaker:
        return SPEAKERS
    if cell.column == columns.english and has_original:
        return TRANSLATIONS
    return NOTES if text.startswith("[") and text.endswith("]") else ""


def _take_cell(findings: Findings, cell: Passage, prompt: str, respondent: str, translation: str) -> None:
    for start, end in cell.items or ((0, len(cell.text)),):
        start_at, end_at = trim_range(cell.text, start, end)
        text = cell.text[start_at:end_at]
        findings.voices.append(
            PreviewVoice(
                text,
                cell.part,
                cell.line,
                start_at,
                end_at,
                column_name=cell.column_name,
                prompt=prompt,
                respondent=respondent,
                translation=translation,
                language=find_language(text) if translation else "",
            )
        )
