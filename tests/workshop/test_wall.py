"""The wall of a workshop: what a facilitator holds up, and what it shows of the board."""

from __future__ import annotations

import pytest

from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.people.permissions import Person
from engagement.workshop.wall import WallView, hold_up, read_wall
from engagement.workshop.wall_board import WallBoard, read_wall_board
from models.rooms import Shown
from models.sources import Source
from tests.builders import FACILITATOR, LEAD
from tests.workshop.conftest import SAID, Table
from tests.workshop.seated import open_room, sit_down
from tests.workshop.voting import put, show


def hold(table: Table, shows: Shown, theme: int | None = None, by: Person = FACILITATOR) -> WallView:
    with table.record.writing() as session:
        hold_up(session, by, table.workshop_id, shows, theme)
    return see_wall(table)


def see_wall(table: Table) -> WallView:
    with table.record.reading() as session:
        return read_wall(session, table.workshop_id)


def see_board(table: Table, by: Person = FACILITATOR) -> WallBoard:
    with table.record.reading() as session:
        return read_wall_board(session, by, table.workshop_id)


def test_a_wall_shows_the_board_until_something_is_held_up(table: Table) -> None:
    online = table.themes["Online"]

    assert see_wall(table) == WallView(Shown.BOARD, None)
    assert hold(table, Shown.THEME, online) == WallView(Shown.THEME, online)
    assert hold(table, Shown.CODE, online) == WallView(Shown.CODE, None)
    assert hold(table, Shown.BOARD) == WallView()


def test_a_theme_is_put_down_when_it_is_merged_and_held_up_again_by_undo(table: Table) -> None:
    held = hold(table, Shown.THEME, table.themes["Online"])
    table.move("merge", theme=table.themes["Online"], into=table.themes["Getting about"])
    assert see_wall(table) == WallView()

    table.move("undo")

    assert see_wall(table) == held


@pytest.mark.parametrize("theme", [None, 4_000])
def test_only_a_theme_of_this_board_is_held_up(table: Table, theme: int | None) -> None:
    with pytest.raises(EngagementError, match="does not stand on this board"):
        hold(table, Shown.THEME, theme)


def test_only_who_runs_workshops_holds_something_up(table: Table) -> None:
    open_room(table)
    for person in (LEAD, sit_down(table)):
        with pytest.raises(NotAllowedError):
            hold(table, Shown.VOTES, by=person)


def test_nobody_holds_something_up_in_a_workshop_that_is_not(table: Table) -> None:
    with table.record.writing() as session, pytest.raises(NotFoundError):
        hold_up(session, FACILITATOR, 4_000, Shown.CODE)


def test_a_wall_counts_voices_under_the_themes_that_stand(table: Table) -> None:
    table.move("merge", theme=table.themes["Online"], into=table.themes["Getting about"])

    board = see_board(table)

    counts = [(theme.name, theme.n_voices, theme.dots) for theme in board.themes]
    assert counts == [("Getting about", 4, None), ("Nobody listens", 2, None)]
    assert (board.n_unplaced, board.quotes) == (2, ())


def test_a_wall_shows_dots_once_votes_are_shown(table: Table) -> None:
    open_room(table)
    put(table, sit_down(table), "Online", 2)
    assert (see_board(table).n_voters, see_board(table).themes[2].dots) == (1, None)

    show(table)

    assert [theme.dots for theme in see_board(table).themes] == [0, 0, 2]


def test_a_theme_that_is_held_up_speaks_in_the_words_of_its_voices(table: Table) -> None:
    hold(table, Shown.THEME, table.themes["Getting about"])

    quotes = see_board(table).quotes
    assert [quote.text for quote in quotes] == list(SAID[:2])
    assert {quote.source_title for quote in quotes} == {"Lunch club"}


def test_a_source_that_may_not_be_quoted_is_not_quoted_on_a_wall(table: Table) -> None:
    hold(table, Shown.THEME, table.themes["Getting about"])
    with table.record.writing() as session:
        session.query(Source).update({"may_quote": False})

    assert see_board(table).quotes == ()
