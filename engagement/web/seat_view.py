"""A board as one seat sees it on a plain page: one theme at a time, a page of voices at a time."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engagement.errors import NotFoundError
from engagement.web.seat_choice import TABLE, THEME, SeatChoice

VOICES_ON_A_PAGE = 20
WHOLE_BOARD = SeatChoice()


@dataclass(frozen=True)
class Column:
    """One theme (or what is not yet placed) with how many voices are at home in it."""

    key: str
    name: str
    count: int


@dataclass(frozen=True)
class SeatBoard:
    """What a plain page shows. ``nonce`` makes a form that is sent twice one move."""

    state: Mapping[str, Any]
    columns: tuple[Column, ...]
    shown: Column
    voices: tuple[Mapping[str, Any], ...]
    page: int
    n_pages: int
    nonce: str
    choice: SeatChoice
    n_seen: int

    @property
    def may(self) -> frozenset[str]:
        """Tell which kinds of move this seat may make now."""
        return frozenset(self.state["may"])

    @property
    def themes(self) -> tuple[Column, ...]:
        """List the themes alone."""
        return tuple(column for column in self.columns if column.key.isdigit())

    def list_reasons(
        self, *, voice: int | None = None, theme: int | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """List why a voice or a theme stands as it does, as people have said it, the oldest first."""
        return tuple(
            each for each in self.state["comments"] if voice in each["voices"] or theme in each["themes"]
        )

    def find_voice(self, voice_id: int) -> Mapping[str, Any]:
        """Find a voice with where it is.

        Raises
        ------
        NotFoundError
            When the board has no such voice (any more).
        """
        for card in self.state["cards"]:
            if card["id"] == voice_id:
                return {**card, "column": find_column(self.state, card)}
        raise NotFoundError("This voice is not on the board any more.")


def arrange_seat(
    state: Mapping[str, Any], asked: str | None, page: int, choice: SeatChoice = WHOLE_BOARD
) -> SeatBoard:
    """Arrange a board's state for a seat that asks for one column, and has chosen what it sees.

    Where nobody asks for a column, the theme that was chosen is shown.
    """
    choice = settle_choice(state, choice)
    if asked is None and choice.kind == THEME:
        asked = str(choice.number)
    cards = list(list_seen(state, choice))
    homes = {card["id"]: find_column(state, card) for card in cards}
    columns = [Column("unplaced", "", sum(home == "unplaced" for home in homes.values()))]
    for theme in state["themes"]:
        if theme["merged_into"] is None:
            key = str(theme["id"])
            columns.append(Column(key, theme["name"], sum(home == key for home in homes.values())))
    usual = next((column for column in columns if column.count), columns[0])
    shown = next((column for column in columns if column.key == asked), usual)
    cards = [card for card in cards if homes[card["id"]] == shown.key]
    n_pages = max(1, -(-len(cards) // VOICES_ON_A_PAGE))
    page = min(max(page, 1), n_pages)
    here = cards[(page - 1) * VOICES_ON_A_PAGE : page * VOICES_ON_A_PAGE]
    return SeatBoard(
        state, tuple(columns), shown, tuple(here), page, n_pages, secrets.token_hex(8), choice, len(homes)
    )


def settle_choice(state: Mapping[str, Any], choice: SeatChoice) -> SeatChoice:
    """Settle what was chosen on what there is now: a merged theme is the one that it stands under.

    A theme that was removed, or a table where the room has none or nobody sat down, is the whole board.
    """
    if choice.kind == TABLE:
        has_table = state["workshop"]["table"] is not None and state["room"]["tables"]
        return choice if has_table else WHOLE_BOARD
    if choice.kind != THEME:
        return WHOLE_BOARD
    above = {theme["id"]: theme["merged_into"] for theme in state["themes"]}
    theme_id = choice.number
    while above.get(theme_id) is not None:
        theme_id = above[theme_id]
    return SeatChoice(THEME, theme_id) if theme_id in above else WHOLE_BOARD


def list_seen(state: Mapping[str, Any], choice: SeatChoice) -> Iterator[Mapping[str, Any]]:
    """List the cards that a choice leaves: those of the seat's own table, or all."""
    tables, own = state["room"]["tables"], state["workshop"]["table"]
    for card in state["cards"]:
        if choice.kind != TABLE or tables.get(str(card["source"])) == own:
            yield card


def find_column(state: Mapping[str, Any], card: Mapping[str, Any]) -> str:
    """Find the key of the column in which a card is at home, following merges."""
    if card["parked"] is not None:
        return "parked"
    above = {theme["id"]: theme["merged_into"] for theme in state["themes"]}
    home = card["home"]
    while home is not None and above.get(home) is not None:
        home = above[home]
    return "unplaced" if home is None else str(home)
