"""An agreed list of themes in a csv or xlsx file: which columns are recognised, and what is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engagement.errors import EngagementError, UnreadableFileError
from engagement.listen.contents import FileContents, Sheet
from engagement.listen.reading import hash_content, read_upload, show_name
from engagement.workshop.wording import LONGEST_THEME_NAME, clean_wording

FEWEST_THEMES, MOST_THEMES = 2, 60
MOST_EXAMPLES = 200
"""Examples kept of one theme, the first ones. Rationale: further ones change no home that was measured."""

LONGEST_DESCRIPTION, LONGEST_EXAMPLE = 1_000, 5_000
ROWS_TO_LOOK_FOR_HEADER = 10

THEME = re.compile(r"(agreed )?(theme|code|category|topic|heading|label)s?( name| title)?", re.IGNORECASE)
DESCRIPTION = re.compile(
    r"(theme )?(description|definition|meaning|what it (means|covers)|about)", re.IGNORECASE
)
EXAMPLE = re.compile(
    r"(typical |example )?(example|quote|voice|text|words|comment|response)s?( text)?", re.IGNORECASE
)
ADVICE = (
    "Put the names of the themes in a column called Theme; Description and Example are welcome beside it."
)


@dataclass(frozen=True)
class FileTheme:
    """One theme of a file, with the examples that stand beside it."""

    name: str
    description: str
    examples: tuple[str, ...]


@dataclass(frozen=True)
class ListFile:
    """What was found in a file."""

    file_name: str
    sha256: str
    themes: tuple[FileTheme, ...]

    @property
    def n_examples(self) -> int:
        """Count the examples of all themes."""
        return sum(len(theme.examples) for theme in self.themes)


@dataclass(frozen=True)
class _Columns:
    theme: int
    description: int | None
    example: int | None


def read_list_file(file_name: str, content: bytes) -> ListFile:
    """Read a list of themes: a row for each theme, or a row for each example.

    A row that names no theme belongs to the theme above it, as where cells were merged.

    Raises
    ------
    UnreadableFileError
        When the file is no table, has no column of themes, or holds too few or too many.
    """
    shown = f"“{show_name(file_name)}”"
    contents = read_upload(file_name, content)
    if not contents.is_sheet:
        raise UnreadableFileError(f"{shown} is no table. Save the list as a csv or xlsx file. {ADVICE}")
    rows, columns, first = _find_table(shown, contents)
    themes = _gather(shown, rows, columns, first)
    if not FEWEST_THEMES <= len(themes) <= MOST_THEMES:
        raise UnreadableFileError(
            f"{shown} holds {len(themes)} {'theme' if len(themes) == 1 else 'themes'}; {FEWEST_THEMES} to "
            f"{MOST_THEMES} can be brought in. Look whether the right column is called Theme."
        )
    return ListFile(show_name(file_name), hash_content(content), themes)


def _find_table(shown: str, contents: FileContents) -> tuple[Sequence[tuple[str, ...]], _Columns, int]:
    for sheet in contents.sheets:
        for number, row in enumerate(sheet.rows[:ROWS_TO_LOOK_FOR_HEADER]):
            columns = _recognise(row)
            if columns is not None and not sheet.is_hidden:
                return sheet.rows[number + 1 :], columns, number + 2
    raise UnreadableFileError(
        f"{shown} has no column called Theme{_list_headings(contents.sheets)}. {ADVICE}"
    )


def _list_headings(sheets: Sequence[Sheet]) -> str:
    first = next((row for sheet in sheets for row in sheet.rows if any(cell.strip() for cell in row)), ())
    headings = [f"“{cell.strip()[:40]}”" for cell in first if cell.strip()][:6]
    return f"; its first row reads {', '.join(headings)}" if headings else ""


def _recognise(row: Sequence[str]) -> _Columns | None:
    headings = [" ".join(cell.split()).rstrip(":?*") for cell in row]
    theme = _find_column(headings, THEME, ())
    if theme is None:
        return None
    description = _find_column(headings, DESCRIPTION, (theme,))
    return _Columns(theme, description, _find_column(headings, EXAMPLE, (theme, description)))


def _find_column(headings: Sequence[str], wanted: re.Pattern[str], taken: Sequence[int | None]) -> int | None:
    fitting = (place for place, heading in enumerate(headings) if wanted.fullmatch(heading))
    return next((place for place in fitting if place not in taken), None)


def _gather(
    shown: str, rows: Sequence[tuple[str, ...]], columns: _Columns, first: int
) -> tuple[FileTheme, ...]:
    names: dict[str, str] = {}
    descriptions: dict[str, str] = {}
    examples: dict[str, list[str]] = {}
    for name, row in _name_rows(shown, rows, columns, first):
        key = name.casefold()
        names.setdefault(key, name)
        description = _read(row, columns.description, LONGEST_DESCRIPTION)
        descriptions[key] = descriptions.get(key) or description
        example = _read(row, columns.example, LONGEST_EXAMPLE)
        of_theme = examples.setdefault(key, [])
        if example and len(of_theme) < MOST_EXAMPLES:
            of_theme.append(example)
    return tuple(FileTheme(name, descriptions[key], tuple(examples[key])) for key, name in names.items())


def _name_rows(
    shown: str, rows: Sequence[tuple[str, ...]], columns: _Columns, first: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    name = ""
    for number, row in enumerate(rows, start=first):
        given = _read(row, columns.theme, LONGEST_EXAMPLE)
        if given:
            name = _clean_name(shown, given, number)
        if name and any(cell.strip() for cell in row):
            yield name, row


def _clean_name(shown: str, given: str, number: int) -> str:
    try:
        return clean_wording(given, what="The name of the theme", longest=LONGEST_THEME_NAME)
    except EngagementError as error:
        raise UnreadableFileError(f"{shown}, row {number}: {error}", row=number) from error


def _read(row: Sequence[str], column: int | None, longest: int) -> str:
    cell = row[column] if column is not None and column < len(row) else ""
    # Half characters and NUL can be kept by neither database.
    kept = "".join(c for c in cell if c != "\0" and not "\ud800" <= c <= "\udfff")
    return kept.strip()[:longest]
