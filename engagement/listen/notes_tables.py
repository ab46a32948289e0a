"""Finding voices in the tables of notes: a prompt to a column, who spoke, words with their translation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    {
        "in their words", "original", "in own words", "their words", "as it was said", "words",
        "what they said", "what people said", "what was said", "quote", "quotes", "comment", "comments",
    }
)  # fmt: skip
ENGLISH_HEADERS = frozenset({"in english", "english", "translation", "english translation"})
KINDS = {"speaker": SPEAKER_HEADERS, "original": ORIGINAL_HEADERS, "english": ENGLISH_HEADERS}
LABEL_HEADERS = frozenset({"table", "table number", "group", "no", "number", "ref", "row", "id", "#", ""})
LONGEST_LABEL = 3
"""In characters: a letter or a number, with a full stop or a bracket."""


@dataclass(frozen=True)
class Cell:
    """A cell of a table: all of a passage, or a range of characters of one."""

    passage: Passage
    column: int
    start: int
    end: int

    @property
    def text(self) -> str:
        """Give its words as they stand there."""
        return self.passage.text[self.start : self.end]

    @property
    def items(self) -> tuple[tuple[int, int], ...]:
        """List the ranges of what people say in it: the items of a list, or all of it."""
        return self.passage.items or ((self.start, self.end),)


@dataclass(frozen=True)
class Columns:
    """What the header of a table says of its columns; ``labels`` only name or number the rows."""

    prompts: dict[int, str]
    speaker: int | None
    original: int | None
    english: int | None
    labels: frozenset[int] = frozenset()


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
    rows: dict[int, list[Cell]] = defaultdict(list)
    for each in cells:
        rows[each.line].append(Cell(each, each.column, 0, len(each.text)))
    if is_at_top and _take_details(findings, rows):
        return
    first = 1
    if _has_title(rows, prompts):
        title = rows.pop(1)[0]
        findings.set_aside(HEADINGS, title.passage, prompt=prompt)
        asked = title.text.strip() if looks_like_question(title.text) else prompt
        first, prompt = 2, match_prompt(title.text, prompts) or asked
    header = rows.get(first, [])
    others = [cell for line, row in rows.items() if line > first for cell in row]
    columns = Columns({}, None, None, None)
    if others and _is_header(header, others, prompts):
        columns = read_columns(header, others, prompts)
        for cell in rows.pop(first):
            findings.set_aside(HEADINGS, cell.passage, prompt=prompt)
    take_rows(findings, list(rows.values()), columns, prompt, joins_rows=joins_rows)


def take_rows(
    findings: Findings, rows: Sequence[Sequence[Cell]], columns: Columns, prompt: str, *, joins_rows: bool
) -> None:
    """Find every voice in the rows below a header."""
    for row in rows:
        n_before = len(findings.voices)
        _take_row(findings, row, columns, prompt)
        if joins_rows:
            findings.voices[n_before:] = _join_row(findings.voices[n_before:])


def read_columns(header: Sequence[Cell], others: Sequence[Cell], prompts: Sequence[str]) -> Columns:
    """Read what a header says of its columns, and which hold nothing but letters or numbers of rows."""
    columns = _read_header(header, prompts)
    spoken = {*columns.prompts, columns.speaker, columns.original, columns.english}
    words: dict[int, list[str]] = defaultdict(list)
    for cell in others:
        words[cell.column].append(cell.text.strip())
    labels = {
        cell.column
        for cell in header
        if normalise_prompt(cell.text) in LABEL_HEADERS
        and all(len(each) <= LONGEST_LABEL for each in words[cell.column])
    }
    return replace(columns, labels=frozenset(labels - spoken))


def _join_row(voices: Sequence[PreviewVoice]) -> list[PreviewVoice]:
    joined = list[PreviewVoice]()
    for voice in voices:
        is_same = bool(joined) and joined[-1].prompt == voice.prompt
        if is_same and not joined[-1].translation and not voice.translation:
            joined[-1] = join_voices(joined[-1], voice)
        else:
            joined.append(voice)
    return joined


def _take_details(findings: Findings, rows: Mapping[int, Sequence[Cell]]) -> bool:
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
            findings.set_aside(DETAILS, cell.passage)
    return True


def _has_title(rows: Mapping[int, Sequence[Cell]], prompts: Sequence[str]) -> bool:
    """Tell whether the first row is one cell, over a header of several that all are known."""
    above, header = rows.get(1, ()), rows.get(2, ())
    if len(above) != 1 or len(header) < 2 or count_words(above[0].text) > MAX_HEADER_WORDS:
        return False
    return len(rows) > 2 and all(_is_known_header(cell.text, prompts) for cell in header)


def _is_header(header: Sequence[Cell], others: Sequence[Cell], prompts: Sequence[str]) -> bool:
    """Tell whether a first row is a header: bold, or short and either known or far shorter than the rest."""
    if not header or all(cell.passage.is_bold for cell in header):
        return bool(header)
    longest = max(count_words(cell.text) for cell in header)
    if longest > MAX_HEADER_WORDS:
        return False
    n_words = sum(count_words(cell.text) for cell in others)
    return any(_is_known_header(cell.text, prompts) for cell in header) or n_words > 3 * longest * len(others)


def _is_known_header(text: str, prompts: Sequence[str]) -> bool:
    return (
        any(normalise_prompt(text) in names for names in KINDS.values())
        or match_prompt(text, prompts) is not None
        or looks_like_question(text)
    )


def _read_header(header: Sequence[Cell], prompts: Sequence[str]) -> Columns:
    found: dict[int, str] = {}
    places: dict[str, int] = {}
    for cell in header:
        name = normalise_prompt(cell.text)
        kinds = [kind for kind, names in KINDS.items() if name in names]
        for kind in kinds:
            places.setdefault(kind, cell.column)
        prompt = match_prompt(cell.text, prompts)
        if prompt is None and not kinds and looks_like_question(cell.text):
            prompt = cell.text.strip()
        if prompt:
            found[cell.column] = prompt
    english = places.get("english")
    original = places.get("original")
    if english is not None and original is None:
        others = [cell.column for cell in header if cell.column not in (english, places.get("speaker"))]
        original = others[0] if len(others) == 1 else None
    return Columns(found, places.get("speaker"), original, english if original is not None else None)


def _take_row(findings: Findings, row: Sequence[Cell], columns: Columns, prompt: str) -> None:
    texts = {cell.column: cell.text.strip() for cell in row}
    respondent = "" if columns.speaker is None else texts.get(columns.speaker, "")
    has_original = columns.original is not None and columns.original in texts
    for cell in row:
        asked = columns.prompts.get(cell.column, prompt)
        reason = _find_reason(cell, columns, has_original=has_original)
        if reason:
            place = (cell.passage, cell.start, cell.end)
            findings.set_aside(reason, *place, prompt=asked, respondent=respondent)
        else:
            english = texts.get(columns.english, "") if columns.english is not None and has_original else ""
            _take_cell(findings, cell, asked, respondent, english)


def _find_reason(cell: Cell, columns: Columns, *, has_original: bool) -> str:
    """Say why a cell is no voice; "" when it is one."""
    text = cell.text.strip()
    if cell.column == columns.speaker or cell.column in columns.labels:
        return SPEAKERS
    if cell.column == columns.english and has_original:
        return TRANSLATIONS
    return NOTES if text.startswith("[") and text.endswith("]") else ""


def _take_cell(findings: Findings, cell: Cell, prompt: str, respondent: str, translation: str) -> None:
    passage = cell.passage
    for start, end in cell.items:
        start_at, end_at = trim_range(passage.text, start, end)
        text = passage.text[start_at:end_at]
        if not text:
            continue
        findings.voices.append(
            PreviewVoice(
                text,
                passage.part,
                passage.line,
                start_at,
                end_at,
                column_name=passage.column_name,
                prompt=prompt,
                respondent=respondent,
                translation=translation,
                language=find_language(text) if translation else "",
            )
        )
