"""Printing: what goes out of the door on paper, for whoever may, with a line in the decision record."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.paper.sheet_pdf import find_unprintable_cards
from engagement.workshop.paper.sheets import Choice, Sheets, read_sheets

MOST_EMPTY = 40
USUAL_EMPTY = 4


class NoLettersError(EngagementError):
    """Cards hold letters that no font of the PDF can draw. ``letters`` gives them by the card's number."""

    def __init__(self, letters: dict[int, str]) -> None:
        super().__init__(f"{len(letters)} cards hold letters that the PDF cannot show. Print from the page.")
        self.letters = letters


def print_cards(
    session: Session, person: Person, workshop_id: int, choice: Choice, form: str, *, needs_letters: bool
) -> Sheets:
    """Read cards to print, and note that they were: their words are on paper from now on.

    Raises
    ------
    NoLettersError
        When ``needs_letters`` and no font here can draw some.
    NotAllowedError
        When the person may not run workshops, or may not download the record.
    EngagementError
        When there is no such workshop, theme or table, or no card to print.
    """
    check_may(person, Act.EXPORT)
    sheets = read_sheets(session, person, workshop_id, choice)
    if not sheets.cards:
        raise EngagementError(f"There is no card to print: {sheets.chosen} holds none. Choose other cards.")
    letters = find_unprintable_cards(sheets.cards) if needs_letters else {}
    if letters:
        raise NoLettersError(letters)
    _record(session, person, workshop_id, "printed cards", form, len(sheets.cards))
    return sheets


def print_headings(session: Session, person: Person, workshop_id: int, n_empty: int, form: str) -> Sheets:
    """Read headings to print, and note that they were.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    EngagementError
        When there is no such workshop, too many empty headings are asked for, or there is nothing to print.
    """
    if not 0 <= n_empty <= MOST_EMPTY:
        raise EngagementError(f"{n_empty} empty headings cannot be had. Choose from 0 to {MOST_EMPTY}.")
    sheets = read_sheets(session, person, workshop_id)
    if not sheets.headings and not n_empty:
        raise EngagementError("There is no theme on this board yet. Ask for some empty headings.")
    _record(session, person, workshop_id, "printed headings", form, len(sheets.headings))
    return sheets


def _record(session: Session, person: Person, workshop_id: int, kind: str, form: str, n: int) -> None:
    workshop = get_board_or_raise(session, person, workshop_id)
    record_decision(
        session,
        person,
        kind,
        subject="workshop",
        subject_id=workshop_id,
        engagement_id=workshop.engagement_id,
        details={"name": workshop.name, "form": form, "n_printed": n},
    )
