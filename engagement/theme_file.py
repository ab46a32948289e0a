"""Proposing themes for the texts of one csv file, without any record."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engagement.errors import EngagementError, UnreadableFileError
from engagement.listen.read_csv import read_csv

if TYPE_CHECKING:
    from theming.results import Cut, ThemingResult

SET_ASIDE = "set-aside"
THEMES_HEADER = ("theme", "label", "size", "stability", "keywords")
ASSIGNMENTS_HEADER = ("row", "theme", "strength", "alternatives")


@dataclass(frozen=True)
class TextRows:
    """The texts of a column, and the row that each stands in, counted from 0 below the header."""

    rows: tuple[int, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True)
class ThemedFile:
    """What was found: one line for each theme and one for each text, ready to be written."""

    themes: tuple[tuple[str, ...], ...]
    assignments: tuple[tuple[str, ...], ...]


def read_texts(file: Path, column: str) -> TextRows:
    """Read one column of a csv file, leaving out the rows without words.

    Raises
    ------
    UnreadableFileError
        When the file is missing, is not a table of text, or has no such column.
    """
    header, *below = _read_rows(file)
    names = [name.strip() for name in header]
    if column not in names:
        raise UnreadableFileError(
            f'{file.name} has no column "{column}". Its columns are: {", ".join(names)}. '
            "Name the one that holds the texts with --text-column."
        )
    place = names.index(column)
    _refuse_longer_rows(file, len(header), below)
    cells = enumerate(row[place] if place < len(row) else "" for row in below)
    kept = [(number, text) for number, text in cells if text.strip()]
    return TextRows(tuple(number for number, _text in kept), tuple(text for _number, text in kept))


def theme_texts(found: TextRows, n_themes: int | None) -> ThemedFile:
    """Propose themes for the texts and lay them out as the two files hold them."""
    if not found.texts:
        raise EngagementError("No row holds words in that column. Look whether it is the right one.")
    result = _propose_themes(found.texts, n_themes)
    cut = result.cut(n_themes or result.chosen_n)
    return ThemedFile(tuple(_list_themes(cut)), tuple(_list_assignments(found, result, cut)))


def check_theme_count(n_themes: int | None) -> None:
    """Refuse a number of themes that no tree can give."""
    if n_themes is not None and not 2 <= n_themes <= 60:
        raise EngagementError(f"--themes is {n_themes}. Choose a number from 2 to 60, or leave it out.")


def write_themed_file(themed: ThemedFile, folder: Path) -> None:
    """Write ``themes.csv`` and ``assignments.csv`` into the folder, both or none."""
    written = {
        "themes.csv": _write_table(THEMES_HEADER, themed.themes),
        "assignments.csv": _write_table(ASSIGNMENTS_HEADER, themed.assignments),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in written.items():
            (folder / f".{name}.part").write_bytes(content)
        for name in written:
            (folder / f".{name}.part").replace(folder / name)
    except OSError as error:
        raise EngagementError(
            f"The folder {folder} cannot be written to ({error.strerror}). Choose another with --out."
        ) from error


def _propose_themes(texts: Sequence[str], n_themes: int | None) -> ThemingResult:
    from engagement.theming_runs.model_folder import chosen_embedder
    from engagement.theming_runs.workers import open_workforce
    from theming.engine import find_themes
    from theming.errors import TooFewTexts
    from theming.settings import ThemingSettings

    try:
        with chosen_embedder() as embedder, open_workforce() as workforce:
            settings = ThemingSettings(n_themes=n_themes)
            return find_themes(texts, settings=settings, embedder=embedder, workforce=workforce)
    except TooFewTexts as error:
        rows = "1 row says" if error.count == 1 else f"{error.count} rows say"
        raise EngagementError(
            f"Only {rows} something, and at least {error.floor} are needed before themes "
            "mean anything. Read them by hand, or put several files together."
        ) from error


def _read_rows(file: Path) -> list[tuple[str, ...]]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{file} cannot be read ({error.strerror}). Check the name and try again."
        ) from error
    if not content.strip():
        raise UnreadableFileError(f"{file.name} is empty. Give a csv file with a header row and texts.")
    try:
        rows = [row for row in read_csv(content).sheets[0].rows if row]
    except UnreadableFileError as error:
        raise UnreadableFileError(f"{file.name} {error}", error.row) from error
    if not rows:
        raise UnreadableFileError(f"{file.name} is empty. Give a csv file with a header row and texts.")
    return rows


def _refuse_longer_rows(file: Path, n_columns: int, rows: Sequence[Sequence[str]]) -> None:
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row[n_columns:]):
            raise UnreadableFileError(
                f"{file.name}: row {number} has {len(row)} cells, but the header has {n_columns}. "
                "Put texts that hold commas between quotation marks.",
                row=number,
            )


def _list_themes(cut: Cut) -> Iterable[tuple[str, ...]]:
    for number, theme in enumerate(cut.themes, start=1):
        yield (str(number), theme.label, str(theme.size), f"{theme.stability:.3f}", ", ".join(theme.keywords))


def _list_assignments(found: TextRows, result: ThemingResult, cut: Cut) -> Iterable[tuple[str, ...]]:
    set_aside = set(result.set_aside)
    for position, row in enumerate(found.rows):
        if position in set_aside:
            yield (str(row), SET_ASIDE, "0.000", "")
            continue
        near = "|".join(str(theme + 1) for theme in cut.alternatives[position])
        yield (str(row), str(int(cut.theme_of_text[position]) + 1), f"{cut.strength[position]:.3f}", near)


def _write_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    page = io.StringIO(newline="")
    writer = csv.writer(page, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return page.getvalue().encode()
