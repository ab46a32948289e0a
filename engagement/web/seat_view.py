"""A board as one seat sees it on a plain page: one theme at a time, a page of voices at a time."""

from __future__ import annotations

import hashlib
import itertools
import json
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engagement.errors import NotFoundError
from engagement.web.seat_choice import TABLE, THEME, SeatChoice

VOICES_ON_A_PAGE = 20
WHOLE_BOARD = SeatChoice()
_PROCESS, _PAGES = secrets.token_hex(8), itertools.count()


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
                return {**card, "column": find_column(find_roots(self.state), card)}
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
    roots = find_roots(state)
    homes = {card["id"]: find_column(roots, card) for card in cards}
    counts = Counter(homes.values())
    columns = [Column("unplaced", "", counts["unplaced"])]
    for theme in state["themes"]:
        if theme["merged_into"] is None:
            key = str(theme["id"])
            columns.append(Column(key, theme["name"], counts[key]))
    usual = next((column for column in columns if column.count), columns[0])
    shown = next((column for column in columns if column.key == asked), usual)
    cards = [card for card in cards if homes[card["id"]] == shown.key]
    n_pages = max(1, -(-len(cards) // VOICES_ON_A_PAGE))
    page = min(max(page, 1), n_pages)
    here = cards[(page - 1) * VOICES_ON_A_PAGE : page * VOICES_ON_A_PAGE]
    return SeatBoard(
        state, tuple(columns), shown, tuple(here), page, n_pages, make_nonce(), choice, len(homes)
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
    roots = find_roots(state)
    root = roots.get(choice.number or 0)
    return SeatChoice(THEME, root) if root in roots else WHOLE_BOARD


def list_seen(state: Mapping[str, Any], choice: SeatChoice) -> Iterator[Mapping[str, Any]]:
    """List the cards that a choice leaves: those of the seat's own table, or all."""
    tables, own = state["room"]["tables"], state["workshop"]["table"]
    for card in state["cards"]:
        if choice.kind != TABLE or tables.get(str(card["source"])) == own:
            yield card


def find_roots(state: Mapping[str, Any]) -> dict[int, int]:
    """Find for each theme the one under which it stands: itself, where it was not merged into another."""
    above = {theme["id"]: theme["merged_into"] for theme in state["themes"]}

    def follow(theme_id: int) -> int:
        while above.get(theme_id) is not None:
            theme_id = above[theme_id]
        return theme_id

    return {theme_id: follow(theme_id) for theme_id in above}


def find_column(roots: Mapping[int, int], card: Mapping[str, Any]) -> str:
    """Find the key of the column in which a card is at home, by `find_roots`."""
    if card["parked"] is not None:
        return "parked"
    home = card["home"]
    return "unplaced" if home is None else str(roots.get(home, home))


def make_nonce() -> str:
    """Make a number for the forms of one page that no other page has."""
    return f"{_PROCESS}-{next(_PAGES)}"


def name_form(typed: Mapping[str, str]) -> str:
    """Name what a form asks for: sent twice it has one name, and with anything else filled in another.

    Whoever goes back and names another theme on the same page means that one too.
    """
    said = json.dumps(sorted(typed.items())).encode()
    return f"form-{hashlib.sha256(said).hexdigest()}"
