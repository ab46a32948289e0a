"""Turning the rows of a sheet into voices by a mapping: every filled cell of a words column is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from engagement.errors import UnreadableFileError
from engagement.listen.consent_answers import reads_as_yes
from engagement.listen.contents import FileContents, Sheet
from engagement.listen.dates import is_month_first, parse_date
from engagement.listen.found_voices import Findings, PreviewVoice, trim_range
from engagement.listen.mapping import ColumnMapping, ColumnUse, Mapping
from engagement.listen.prompts import match_prompt

REASONS = {
    ColumnUse.PROMPT: "the prompts",
    ColumnUse.DATE: "dates",
    ColumnUse.AREA: "areas",
    ColumnUse.RESPONDENT: "who answered",
    ColumnUse.CHARACTERISTIC: "what people said of themselves",
    ColumnUse.CONSENT: "what people agreed to",
    ColumnUse.IGNORE: "columns that are left out",
}
HEADER = "the header"
MAX_PSEUDONYM_LENGTH = 200
# Rationale: ticked several times, Microsoft Forms writes "A;B;"; the last mark says nothing.
TICK_MARK = ";"


def get_sheet(contents: FileContents, name: str) -> Sheet:
    """Give the sheet of that name, or the first."""
    return next((sheet for sheet in contents.sheets if sheet.name == name), contents.sheets[0])


def split_sheet(contents: FileContents, mapping: Mapping, prompts: Sequence[str]) -> Findings:
    """Go through the rows of the chosen sheet and find every voice in them."""
    findings = Findings()
    sheet = get_sheet(contents, mapping.sheet)
    for other in contents.sheets:
        if other is not sheet:
            hidden = ", hidden in its own program" if other.is_hidden else ""
            words = " ".join(cell for row in other.rows for cell in row)
            findings.leave_out(f"sheet “{other.name}”{hidden}", words)
    n_above = mapping.first_row - 1 + mapping.n_header_rows
    for row in sheet.rows[:n_above]:
        findings.leave_out(HEADER, " ".join(row))
    reader = _RowReader(sheet, mapping, prompts)
    for number, row in enumerate(sheet.rows[n_above:], start=n_above + 1):
        if _is_header_again(row, sheet.rows[:n_above]):
            findings.leave_out(HEADER, " ".join(row))
        else:
            reader.take_row(findings, number, row)
    return findings


def _is_header_again(row: tuple[str, ...], above: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a row of several cells says what one above the words says: a table put below another."""
    cells = [cell.strip() for cell in row]
    return sum(map(bool, cells)) > 1 and any(cells == [cell.strip() for cell in each] for each in above)


class _RowReader:
    def __init__(self, sheet: Sheet, mapping: Mapping, prompts: Sequence[str]) -> None:
        self._part = sheet.name
        self._words = mapping.list_columns(ColumnUse.WORDS)
        self._characteristics = mapping.list_columns(ColumnUse.CHARACTERISTIC)
        self._consents = mapping.list_columns(ColumnUse.CONSENT)
        self._single = {use: mapping.get_column(use) for use in ColumnUse}
        self._uses = {column.position: column.use for column in mapping.columns}
        self._word_positions = {column.position for column in self._words}
        self._prompts = prompts
        self._known_prompts: dict[str, str] = {}
        date_column = self._single[ColumnUse.DATE]
        self._month_first = date_column is not None and is_month_first(
            [_get_cell(row, date_column) for row in sheet.rows]
        )

    def take_row(self, findings: Findings, number: int, row: tuple[str, ...]) -> None:
        """Make a voice of every filled cell of words in one row."""
        for position, cell in enumerate(row):
            if position not in self._word_positions:
                findings.leave_out(REASONS[self._uses.get(position, ColumnUse.IGNORE)], cell)
        said_on = self._read_date(row)
        area = self._read(row, ColumnUse.AREA)
        respondent = self._read_respondent(number, row)
        own = tuple(
            (each.name or each.header, value)
            for each in self._characteristics
            if (value := _get_cell(row, each))
        )
        agreed = tuple((each.name, reads_as_yes(_get_cell(row, each))) for each in self._consents)
        for column in self._words:
            text = row[column.position] if column.position < len(row) else ""
            start_at, end_at = trim_range(text, 0, len(text))
            if start_at >= end_at:
                continue
            findings.voices.append(
                PreviewVoice(
                    text[start_at:end_at],
                    self._part,
                    number,
                    start_at,
                    end_at,
                    column_name=column.header,
                    prompt=self._read_prompt(row, column),
                    respondent=respondent,
                    said_on=said_on,
                    area=area,
                    characteristics=own,
                    consents=agreed,
                )
            )

    def _read(self, row: tuple[str, ...], use: ColumnUse) -> str:
        column = self._single[use]
        return _get_cell(row, column) if column else ""

    def _read_date(self, row: tuple[str, ...]) -> date | None:
        return parse_date(self._read(row, ColumnUse.DATE), month_first=self._month_first)

    def _read_respondent(self, number: int, row: tuple[str, ...]) -> str:
        respondent = self._read(row, ColumnUse.RESPONDENT)
        if len(respondent) > MAX_PSEUDONYM_LENGTH:
            raise UnreadableFileError(
                f"Row {number} names the respondent with {len(respondent)} characters; at most "
                f"{MAX_PSEUDONYM_LENGTH} "
                "are kept. Choose another column for the respondent.",
                row=number,
            )
        is_somebody = self._characteristics or self._consents
        return respondent or (f"Row {number}" if is_somebody else "")

    def _read_prompt(self, row: tuple[str, ...], column: ColumnMapping) -> str:
        asked = self._read(row, ColumnUse.PROMPT)
        if not asked:
            return column.prompt
        if asked not in self._known_prompts:
            self._known_prompts[asked] = match_prompt(asked, self._prompts) or asked
        return self._known_prompts[asked]


def _get_cell(row: tuple[str, ...], column: ColumnMapping) -> str:
    cell = row[column.position].strip() if column.position < len(row) else ""
    return cell.rstrip(TICK_MARK) if column.use is ColumnUse.CHARACTERISTIC else cell
