"""Looking at the columns of a sheet: where its header is, and what each column most likely holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from engagement.listen.consent_answers import find_consent
from engagement.listen.contents import Sheet, count_words
from engagement.listen.dates import is_month_first, parse_date
from engagement.listen.header_words import (
    ABOUT_PEOPLE,
    AREA,
    MACHINERY,
    OF_A_PERSON,
    OPEN,
    PERHAPS_OF_A_PERSON,
    PROMPT,
    RESPONDENT,
    WORDS,
    asks_for_a_view,
    looks_personal,
    says,
)
from engagement.listen.mapping import ColumnMapping, ColumnUse, Mapping
from engagement.listen.prompts import MAX_PROMPT_WORDS, looks_like_question, match_prompt
from engagement.listen.survey_tools import SurveyTool, find_tool

NUMBER = re.compile(r"^(?:Q ?\d+[.:)]?|\d+[.:)])(?: ?[a-z][.)])?\s+(?=\w+ \w)", re.IGNORECASE)
AGAIN = re.compile(r"(?: \(\d+\)|(?<=\?)\d)$")
"""How a question that is asked again is told apart: by us, and by Microsoft Forms ("Why?2")."""
RATING = re.compile(r"\d{1,2}\b")
MAX_CHOICE_WORDS = 8.0
MAX_YES_OR_NO = 2
MIN_WORDS_OF_SOME = 1.5
MIN_WORDS_TOLD_ONCE = 2.0
MAX_HEADER_WORDS = 12
N_ROWS_TO_LOOK_AT = 2_000
N_EXAMPLES = 3
MIN_SHARE_OF_DATES = 0.8
MIN_SHARE_OF_PERSONAL = 0.5
OPEN_ENDED = "open-ended response"
PERSONAL = "personal data: it is better not to keep it"
# Rationale: a choice is ticked from a list and comes back again and again; an answer in somebody's own
# words is longer and hardly ever comes twice.
MAX_CHOICES = 30
MIN_WORDS_PER_ANSWER = 4.0
MIN_SHARE_OF_DIFFERENT_ANSWERS = 0.6
MIN_WORDS_TOLD = 10.0
"""From so many words in an answer on, people tell something, whatever stands in the header.

Rationale: a whole address has up to nine; "Is your home address well served by buses?" is answered with more.
"""


@dataclass(frozen=True)
class ColumnLook:
    """What one column looks like: its header as it stands, a few cells and some counts."""

    position: int
    header: str
    examples: tuple[str, ...]
    n_filled: int
    n_different: int
    n_words_each: float
    share_of_dates: float
    share_of_personal: float


def look_at_columns(sheet: Sheet, first_row: int, n_header_rows: int) -> tuple[ColumnLook, ...]:
    """Look at every column of a sheet below its header."""
    headers = make_headers(sheet, first_row, n_header_rows)
    rows = sheet.rows[first_row - 1 + n_header_rows :][:N_ROWS_TO_LOOK_AT]
    return tuple(_look_at_column(position, header, rows) for position, header in enumerate(headers))


def find_header(sheet: Sheet) -> tuple[int, int]:
    """Find the header of a sheet.

    Returns
    -------
    tuple of int
        The row in which it begins, counted from 1, and how many rows it has.
    """
    widths = [sum(bool(cell.strip()) for cell in row) for row in sheet.rows[:20]]
    if not widths:
        return 1, 0
    first = next(number for number, width in enumerate(widths) if width >= 0.6 * max(widths))
    return first + 1, _count_header_rows(sheet, first)


def make_headers(sheet: Sheet, first_row: int, n_header_rows: int) -> tuple[str, ...]:
    """Make one header for each column: as it stands, told apart where two are equal, a letter where empty."""
    n_columns = max((len(row) for row in sheet.rows), default=0)
    rows = [_pad(row, n_columns) for row in sheet.rows[first_row - 1 : first_row - 1 + n_header_rows]]
    is_joined = len(rows) == 2 and not _holds_import_ids(rows[1])
    raw = _join_header_rows(rows) if is_joined else _pick_header_row(rows, n_columns)
    seen: Counter[str] = Counter()
    headers = []
    for position, header in enumerate(raw):
        name = header.strip() or f"column {write_letter(position)}"
        seen[name] += 1
        headers.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(headers)


def suggest_columns(
    looks: Sequence[ColumnLook], prompts: Sequence[str], tool: SurveyTool | None = None
) -> tuple[ColumnMapping, ...]:
    """Suggest what each column is; of dates, areas, prompts and respondents at most one."""
    own = tool.own if tool else frozenset()
    suggested = [_suggest_column(look, prompts, own) for look in looks]
    has_words_by_name = any(each.use is ColumnUse.WORDS and each.why == NAMED_WORDS for each in suggested)
    taken: set[ColumnUse] = set()
    columns = []
    for column in suggested:
        if column.use in (ColumnUse.DATE, ColumnUse.AREA, ColumnUse.RESPONDENT, ColumnUse.PROMPT):
            if column.use in taken:
                column = _change_use(column, ColumnUse.IGNORE, "another column is used for this")
            taken.add(column.use)
        elif column.use is ColumnUse.WORDS and has_words_by_name and column.why == LONG_TEXT:
            column = _change_use(column, ColumnUse.CHARACTERISTIC, "the words stand in another column")
        columns.append(column)
    return tuple(columns)


def suggest_sheet_mapping(
    sheet: Sheet, prompts: Sequence[str], header: tuple[int, int] | None = None
) -> Mapping:
    """Suggest the whole mapping of one sheet.

    ``header`` says in which row its header begins, counted from 1, and how many rows it has; without, it is
    found.
    """
    first_row, n_header_rows = header or find_header(sheet)
    looks = look_at_columns(sheet, first_row, n_header_rows)
    tool = recognise_tool(sheet)
    return Mapping(sheet.name, first_row, n_header_rows, suggest_columns(looks, prompts, tool))


def recognise_tool(sheet: Sheet) -> SurveyTool | None:
    """Tell which survey tool wrote a sheet; None when nothing is known of it."""
    first_row, n_header_rows = find_header(sheet)
    return find_tool(sheet.rows[first_row - 1]) if n_header_rows else None


def write_letter(position: int) -> str:
    """Write the letter of a column as spreadsheets do: 0 is A, 26 is AA."""
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


NAMED_WORDS = "its header says so"
BY_TOOL = "written by the survey tool"
LONG_TEXT = "answers in people's own words"
ASKED_FOR = "its header asks for people's own words"


def _suggest_column(look: ColumnLook, prompts: Sequence[str], own: frozenset[str]) -> ColumnMapping:
    header = AGAIN.sub("", NUMBER.sub("", " ".join(look.header.replace("\u00a0", " ").split())))
    use, why = _find_use(look, prompts)
    if why != PERSONAL and header.casefold() in own:
        use, why = ColumnUse.IGNORE, BY_TOOL
    prompt = ""
    if use is ColumnUse.WORDS:
        prompt = match_prompt(header, prompts) or (header if _reads_like_prompt(header) else "")
    name = header.rstrip(":?") if use is ColumnUse.CHARACTERISTIC else ""
    if use is not ColumnUse.IGNORE and (consent := find_consent(header, look.n_different)):
        use, name, prompt, why = ColumnUse.CONSENT, consent.value, "", "its header asks for consent"
    return ColumnMapping(look.position, look.header, use, prompt, name, why)


def _reads_like_prompt(header: str) -> bool:
    is_phrase = 2 <= count_words(header) <= MAX_PROMPT_WORDS
    return looks_like_question(header) or (is_phrase and not WORDS.match(header))


def _find_use(look: ColumnLook, prompts: Sequence[str]) -> tuple[ColumnUse, str]:
    header = AGAIN.sub("", " ".join(look.header.replace("\u00a0", " ").split()))
    if look.n_filled == 0:
        return ColumnUse.IGNORE, "the column is empty"
    if match_prompt(header, prompts) and look.n_words_each >= 1.5:
        return ColumnUse.WORDS, "its header is one of the prompts"
    if says(PERHAPS_OF_A_PERSON, header) and not _is_answered_in_own_words(look, header):
        return ColumnUse.IGNORE, PERSONAL
    if says(OF_A_PERSON, header) and not _is_told_at_length(look):
        return ColumnUse.IGNORE, PERSONAL
    for pattern, use, why in (
        (RESPONDENT, ColumnUse.RESPONDENT, "it tells people apart without a name"),
        (PROMPT, ColumnUse.PROMPT, NAMED_WORDS),
        (WORDS, ColumnUse.WORDS, NAMED_WORDS),
        (MACHINERY, ColumnUse.IGNORE, BY_TOOL),
    ):
        if says(pattern, header):
            return use, why
    if look.share_of_personal >= MIN_SHARE_OF_PERSONAL:
        return ColumnUse.IGNORE, PERSONAL
    return _find_use_by_cells(look, header)


def _is_answered_in_own_words(look: ColumnLook, header: str) -> bool:
    is_long = look.n_words_each >= MIN_WORDS_PER_ANSWER and look.share_of_personal < MIN_SHARE_OF_PERSONAL
    return is_long and looks_like_question(header)


def _is_told_at_length(look: ColumnLook) -> bool:
    return look.n_words_each >= MIN_WORDS_TOLD and look.share_of_personal < MIN_SHARE_OF_PERSONAL


def _find_use_by_cells(look: ColumnLook, header: str) -> tuple[ColumnUse, str]:
    if look.share_of_dates >= MIN_SHARE_OF_DATES:
        return ColumnUse.DATE, "it holds dates"
    is_choice = look.n_different <= max(2, min(MAX_CHOICES, 0.5 * look.n_filled))
    is_short = is_choice or look.n_words_each < MIN_WORDS_PER_ANSWER
    if says(AREA, header) and is_short and not (asks_for_a_view(header) or _is_rating(look)):
        return ColumnUse.AREA, "its header names a place"
    if says(ABOUT_PEOPLE, header) and look.n_words_each <= MAX_CHOICE_WORDS:
        return ColumnUse.CHARACTERISTIC, "its header asks about the person"
    return _find_words_or_choice(look, header, is_choice=is_choice)


def _find_words_or_choice(look: ColumnLook, header: str, *, is_choice: bool) -> tuple[ColumnUse, str]:
    is_varied = look.n_different >= MIN_SHARE_OF_DIFFERENT_ANSWERS * look.n_filled
    if look.n_words_each >= MIN_WORDS_PER_ANSWER and (is_varied or not is_choice):
        return ColumnUse.WORDS, LONG_TEXT
    if says(OPEN, header) and (look.n_different > MAX_YES_OR_NO or look.n_words_each >= MIN_WORDS_OF_SOME):
        return ColumnUse.WORDS, ASKED_FOR
    if _is_asked_and_never_said_twice(look, header):
        return ColumnUse.WORDS, LONG_TEXT
    if is_choice:
        return ColumnUse.CHARACTERISTIC, f"{look.n_different} different answers"
    if look.n_words_each >= 2 and looks_like_question(header):
        return ColumnUse.WORDS, LONG_TEXT
    return ColumnUse.IGNORE, "neither words nor a choice"


def _is_asked_and_never_said_twice(look: ColumnLook, header: str) -> bool:
    """Tell whether the few answers to a question are all different, as ticks hardly are."""
    is_of_grid = header.endswith("]")
    is_told = look.n_different == look.n_filled and look.n_words_each >= MIN_WORDS_TOLD_ONCE
    return is_told and not is_of_grid and looks_like_question(header)


def _is_rating(look: ColumnLook) -> bool:
    return all(RATING.match(each) for each in look.examples)


def _change_use(column: ColumnMapping, use: ColumnUse, why: str) -> ColumnMapping:
    name = column.header if use is ColumnUse.CHARACTERISTIC else ""
    return ColumnMapping(column.position, column.header, use, "", name, why)


def _look_at_column(position: int, header: str, rows: Sequence[tuple[str, ...]]) -> ColumnLook:
    cells = [row[position].strip() for row in rows if position < len(row) and row[position].strip()]
    examples = tuple(dict.fromkeys(cells))[:N_EXAMPLES]
    n_words = sum(count_words(cell) for cell in cells)
    month_first = is_month_first(cells)
    n_dates = sum(len(cell) <= 40 and parse_date(cell, month_first=month_first) is not None for cell in cells)
    n_filled = len(cells)
    return ColumnLook(
        position,
        header,
        examples,
        n_filled,
        len(set(cells)),
        n_words / n_filled if n_filled else 0.0,
        n_dates / n_filled if n_filled else 0.0,
        sum(map(looks_personal, cells)) / n_filled if n_filled else 0.0,
    )


def _count_header_rows(sheet: Sheet, first: int) -> int:
    following = sheet.rows[first + 1 : first + 3]
    if len(following) == 2 and _holds_import_ids(following[1]):
        return 3
    if following and _holds_import_ids(following[0]):
        return 2
    if _is_survey_monkey(sheet.rows[first : first + 2]) or _go_together(sheet.rows[first : first + 2]):
        return 2
    return int(_is_header_row(sheet.rows[first]) and not _begins_with_an_answer(sheet, first))


def _begins_with_an_answer(sheet: Sheet, first: int) -> bool:
    """Tell whether a list without a header begins here: one column whose first cell reads like the others."""
    below = [[cell for cell in row if cell.strip()] for row in sheet.rows[first:][:N_ROWS_TO_LOOK_AT]]
    filled = [row for row in below if row]
    if len(filled) < 2 or any(len(row) > 1 for row in filled):
        return False
    top, *others = (count_words(row[0]) for row in filled)
    is_asked = looks_like_question(filled[0][0]) or filled[0][0].rstrip().endswith(":")
    return not is_asked and top >= MIN_WORDS_PER_ANSWER and 2 * top >= sum(others) / len(others)


def _is_header_row(row: tuple[str, ...]) -> bool:
    filled = [cell.strip() for cell in row if cell.strip()]
    holds_values = any(re.fullmatch(r"[\d.,£%]+", cell) or parse_date(cell) for cell in filled)
    n_words = sum(count_words(cell) for cell in filled)
    is_answers = n_words > MAX_HEADER_WORDS * len(filled) and not any("?" in cell for cell in filled)
    return bool(filled) and not holds_values and not is_answers


def _is_survey_monkey(rows: Sequence[tuple[str, ...]]) -> bool:
    if len(rows) < 2 or not rows[0] or not rows[1]:
        return False
    starts_so = rows[0][0].strip().casefold() == "respondent id" and not rows[1][0].strip()
    return starts_so or any(cell.strip().casefold() == OPEN_ENDED for cell in rows[1])


def _holds_import_ids(row: tuple[str, ...]) -> bool:
    return any("ImportId" in cell for cell in row)


def _go_together(rows: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether two rows are one header: the second says more where the first is empty, and only there.

    Rationale: a question stands once above the columns that answer it, in merged cells.
    """
    if len(rows) < 2 or not all(map(_is_header_row, rows)):
        return False
    n_columns = max(map(len, rows))
    pairs = [
        (bool(above.strip()), bool(below.strip()))
        for above, below in zip(*(_pad(row, n_columns) for row in rows), strict=True)
    ]
    return (False, True) in pairs and (True, False) in pairs and (False, False) not in pairs


def _join_header_rows(rows: Sequence[tuple[str, ...]]) -> list[str]:
    headers, question = [], ""
    for first, second in zip(rows[0], rows[1], strict=True):
        question = first.strip() or question
        option = second.strip()
        plain = not option or option.casefold() in (OPEN_ENDED, "response")
        headers.append(question if plain else f"{question.rstrip(':')}: {option}")
    return headers


def _pick_header_row(rows: Sequence[tuple[str, ...]], n_columns: int) -> list[str]:
    if not rows:
        return [""] * n_columns
    questions = rows[1] if len(rows) == 3 else rows[0]
    return [question or name for question, name in zip(questions, rows[0], strict=True)]


def _pad(row: tuple[str, ...], n_columns: int) -> tuple[str, ...]:
    return row + ("",) * (n_columns - len(row))
