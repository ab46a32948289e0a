"""Paper as CSV: a sheet with where each card stands now, and the same sheet read back as lists."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from engagement.errors import UnreadableFileError
from engagement.people.permissions import Person
from engagement.workshop.paper.paper_board import PaperBoard, read_paper_board
from engagement.workshop.paper.paper_lists import PARKED, PaperLists, ThemeList

CARD, THEME, ALSO = "Card", "Theme", "Also in"
HEADINGS = (CARD, THEME, ALSO)
BETWEEN = ";"
LARGEST_FILE = 2 * 1024 * 1024
MOST_ROWS = 20_000
LONGEST_CELL = 10_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBERED = re.compile(r"(?:theme\s*)?(\d{1,6})", re.IGNORECASE)
_CODINGS = ("utf-8-sig", "utf-16", "cp1252")


def write_paper_csv(session: Session, person: Person, workshop_id: int) -> bytes:
    """Write a sheet to fill in: each card with the theme it stands under now, and where it also speaks.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    """
    board = read_paper_board(session, person, workshop_id)
    names = {theme.id: theme.name for theme in board.themes}
    short = {
        theme.id: f"theme {theme.number}" if BETWEEN in theme.name else theme.name for theme in board.themes
    }
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(HEADINGS)
    for place in board.places.values():
        if place.is_withdrawn:
            continue
        home = PARKED if place.is_parked else names.get(place.theme_id or 0, "")
        also = sorted(short[theme] for theme in board.echoes.get(place.voice_id, ()))
        number = board.numbers.number_of(place.voice_id)
        writer.writerow([number, _defuse(home), _defuse(f"{BETWEEN} ".join(also))])
    return written.getvalue().encode("utf-8-sig")


def read_paper_csv(board: PaperBoard, content: bytes) -> PaperLists:
    """Read a sheet as lists. A theme is named by its name or its number; an unknown name is a new theme.

    Rows without a theme leave their card where it stands. What cards there are is checked with the lists.

    Raises
    ------
    UnreadableFileError
        When it is no CSV with the headings ``Card`` and ``Theme``, or is too large; says the row.
    """
    lists = _Lists(board)
    for number, (cards, theme, also) in _read_rows(content):
        if not cards and (theme or also):
            raise UnreadableFileError(
                f"Row {number} names the theme “{theme or also}” and no card. Type the card's number.", number
            )
        lists.put(cards, theme)
        for each in filter(None, (part.strip() for part in also.split(BETWEEN))):
            lists.put(cards, each, is_also=True)
    return lists.close()


class _Lists:
    def __init__(self, board: PaperBoard) -> None:
        self._board = board
        self._by_name = {theme.name.casefold(): theme.id for theme in board.themes}
        self._by_number = {theme.number: theme.id for theme in board.themes}
        self._known: dict[tuple[int, bool], list[str]] = defaultdict(list)
        self._new: dict[str, tuple[list[str], list[str]]] = {}
        self._names: dict[str, str] = {}
        self._parked: list[str] = []

    def put(self, cards: str, theme: str, *, is_also: bool = False) -> None:
        """Put what stands in one cell of cards onto the list of a theme."""
        if not theme:
            return
        theme_id = self._find(theme)
        if theme.casefold() == PARKED.casefold() and theme_id is None and not is_also:
            self._parked.append(cards)
        elif theme_id is not None:
            self._known[theme_id, is_also].append(cards)
        else:
            self._names.setdefault(theme.casefold(), theme)
            self._new.setdefault(theme.casefold(), ([], []))[is_also].append(cards)

    def close(self) -> PaperLists:
        """Give the lists, those of the board first."""
        known = [
            ThemeList(
                theme.id,
                theme.name,
                ", ".join(self._known[theme.id, False]),
                ", ".join(self._known[theme.id, True]),
            )
            for theme in self._board.themes
        ]
        new = [
            ThemeList(None, self._names[key], ", ".join(home), ", ".join(also))
            for key, (home, also) in self._new.items()
        ]
        return PaperLists((*known, *new), ", ".join(self._parked))

    def _find(self, theme: str) -> int | None:
        by_name = self._by_name.get(theme.casefold())
        numbered = _NUMBERED.fullmatch(theme)
        return by_name if by_name or numbered is None else self._by_number.get(int(numbered[1]))


def _read_rows(content: bytes) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Give the cells of each row that holds anything, with its number as a spreadsheet counts it."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFileError(
            f"This file has {len(content):,} bytes, and {LARGEST_FILE:,} is the most. Is it the right one?"
        )
    text = _decode(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text))
    try:
        places = _find_columns(next(reader, []))
        for row in reader:
            if reader.line_num > MOST_ROWS:
                raise UnreadableFileError(f"This file has more than {MOST_ROWS:,} rows. Is it the right one?")
            cells = [_read_cell(row, at) for at in places]
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise csv.Error("a cell is longer than a theme and a few numbers need")
            if any(cells):
                yield reader.line_num, (cells[0], cells[1], cells[2])
    except csv.Error as error:
        raise UnreadableFileError(
            f"Row {reader.line_num} cannot be read. Save the sheet as CSV again.", reader.line_num
        ) from error


def _decode(content: bytes) -> str:
    for coding in _CODINGS if content[:2] in (b"\xff\xfe", b"\xfe\xff") else (_CODINGS[0], _CODINGS[2]):
        try:
            text = content.decode(coding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFileError("This file is no text. In your spreadsheet, choose Save as, then CSV (UTF-8).")


def _find_delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(",;\t", key=first.count)


def _find_columns(headings: Sequence[str]) -> list[int | None]:
    told = [heading.strip().casefold() for heading in headings]
    places = [told.index(name.casefold()) if name.casefold() in told else None for name in HEADINGS]
    missing = [name for name, place in zip(HEADINGS[:2], places, strict=False) if place is None]
    if missing:
        raise UnreadableFileError(
            f"There is no column “{missing[0]}” in the first row. Download the sheet and fill it in.",
            1,
        )
    return places


def _defuse(cell: str) -> str:
    """Keep a spreadsheet from reading a cell as a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _read_cell(row: Sequence[str], at: int | None) -> str:
    cell = row[at].strip() if at is not None and at < len(row) else ""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
