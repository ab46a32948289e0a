"""What is printed: a card for each voice and a heading for each theme, as participants see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import get_board_or_raise
from engagement.workshop.paper.card_numbers import number_themes, read_card_numbers
from engagement.workshop.rooms import MOST_TABLES
from engagement.workshop.state import read_state
from engagement.workshop.voice_places import map_roots

UNPLACED = "unplaced"


@dataclass(frozen=True)
class Choice:
    """Which cards to print: of one theme (its id), those not yet placed, or all; and the share of one table.

    Cards are dealt round: with six tables, table 1 gets the first, the seventh and so on.
    """

    of: int | str | None = None
    table: int = 1
    n_tables: int = 1


@dataclass(frozen=True)
class Card:
    """One card: its number, the voice's own words, their place in the notes, the way to its thread."""

    number: int
    words: str
    translation: str
    language: str
    where: str
    prompt: str
    path: str


@dataclass(frozen=True)
class Heading:
    """The heading of one theme."""

    theme_id: int
    number: int
    name: str
    n_cards: int


@dataclass(frozen=True)
class Sheets:
    """Cards and headings of one board. ``chosen`` says in words which cards these are."""

    engagement: str
    workshop: str
    chosen: str
    cards: tuple[Card, ...]
    headings: tuple[Heading, ...]

    @property
    def title(self) -> str:
        """Name what is printed."""
        return f"{self.workshop} · {self.engagement}"


def read_sheets(session: Session, person: Person, workshop_id: int, choice: Choice | None = None) -> Sheets:
    """Read what to print of a board. Withdrawn voices are not on it, and merged themes are one.

    Raises
    ------
    NotAllowedError
        When the person may not run workshops.
    NotFoundError
        When there is no such workshop, or the theme is not on its board.
    EngagementError
        When there is no such table.
    """
    check_may(person, Act.RUN_WORKSHOP)
    workshop = get_board_or_raise(session, person, workshop_id)
    state = read_state(session, person, workshop_id)
    roots = map_roots(session, workshop_id)
    homes = {card["id"]: roots.get(card["home"]) for card in state["cards"]}
    chosen = choice or Choice()
    numbers = read_card_numbers(session, workshop.engagement_id)
    return Sheets(
        engagement=state["workshop"]["engagement"],
        workshop=workshop.name,
        chosen=_say_choice(state, chosen),
        cards=tuple(
            _make_card(card, numbers.number_of(card["id"]), workshop.engagement_id)
            for card in _choose_cards(state["cards"], homes, chosen)
        ),
        headings=_list_headings(state, number_themes(session, workshop_id), list(homes.values())),
    )


def _choose_cards(
    cards: list[dict[str, Any]], homes: Mapping[int, int | None], choice: Choice
) -> list[dict[str, Any]]:
    if not 1 <= choice.table <= choice.n_tables <= MOST_TABLES:
        raise EngagementError(
            f"There is no table {choice.table} of {choice.n_tables}. Choose from 1 to {MOST_TABLES} tables."
        )
    if choice.of == UNPLACED:
        cards = [card for card in cards if homes[card["id"]] is None and card["parked"] is None]
    elif choice.of is not None:
        cards = [card for card in cards if homes[card["id"]] == choice.of]
    return cards[choice.table - 1 :: choice.n_tables]


def _say_choice(state: dict[str, Any], choice: Choice) -> str:
    if choice.of is None:
        said = "All cards"
    elif choice.of == UNPLACED:
        said = "Not yet placed"
    else:
        shown = {each["id"]: each["name"] for each in state["themes"] if each["merged_into"] is None}
        if choice.of not in shown:
            raise NotFoundError("That theme does not stand on this board. Choose one that is there now.")
        said = shown[choice.of]
    return said if choice.n_tables == 1 else f"{said}, table {choice.table} of {choice.n_tables}"


def _make_card(card: dict[str, Any], number: int, engagement_id: int) -> Card:
    return Card(
        number=number,
        words=card["text"],
        translation=card["translation"] or "",
        language=card["language"] or "",
        where=card["where"],
        prompt=card["prompt"] or "",
        path=f"/thread?engagement={engagement_id}&voice={card['id']}",
    )


def _list_headings(
    state: dict[str, Any], numbers: Mapping[int, int], homes: list[int | None]
) -> tuple[Heading, ...]:
    return tuple(
        Heading(each["id"], numbers[each["id"]], each["name"], homes.count(each["id"]))
        for each in state["themes"]
        if each["merged_into"] is None
    )
