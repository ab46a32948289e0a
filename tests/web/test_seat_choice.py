"""What a seat chooses to see, by plain forms: its table, one theme, or all; kept in the browser."""

from __future__ import annotations

import re

import pytest

from models.database import Record
from tests.web.conftest import TestClient
from tests.web.test_seat import SAM
from tests.workshop.conftest import SAID, Table, make_room, make_table
from tests.workshop.seated import choose, open_room, see_room
from tests.workshop.second_source import add_source

LIBRARY = "The library closes at five."


@pytest.fixture
def table(web_record: Record) -> Table:
    """A board behind open doors with two sources, each on a table of its own."""
    table = make_table(make_room(web_record))
    add_source(table, "Belgrave", LIBRARY)
    choose(table, n_tables=2)
    open_room(table)
    return table


@pytest.fixture
def sam(client: TestClient, table: Table) -> TestClient:
    """The phone of Sam, who has taken a seat."""
    client.post(f"/join/{see_room(table).join_key}", data=SAM)
    return client


def see(phone: TestClient, table: Table, what: str) -> str:
    """Choose what to see, and give the page that comes back."""
    answer = phone.post(f"/seat/{table.workshop_id}/see", data={"see": what})
    assert answer.status_code == 303
    return phone.get(answer.headers["location"]).text


def read_said(page: str) -> str:
    """Read what the page says that one sees."""
    found = re.search(r'id="see-said"[^>]*>([^<]*)<', page)
    assert found is not None
    return found[1]


def can_go_back(page: str) -> bool:
    """Tell whether the way to the whole board stands on the page."""
    return re.search(r'<form id="see-whole"[^>]* hidden', page) is None


def test_a_seat_begins_with_the_whole_board(sam: TestClient, table: Table) -> None:
    page = sam.get(f"/seat/{table.workshop_id}").text

    assert read_said(page) == "The whole board"
    assert not can_go_back(page)


def test_my_table_is_kept_over_a_refresh_and_known_to_the_room(sam: TestClient, table: Table) -> None:
    page = see(sam, table, "table-2")
    again = sam.get(f"/seat/{table.workshop_id}?column=unplaced").text

    assert read_said(page) == read_said(again) == f"Table 2: 1 of {len(SAID) + 1} voices"
    assert LIBRARY in again
    assert SAID[6] not in again
    assert can_go_back(again)
    assert '<option value="table-2" selected>' in again
    assert '<option value="unplaced" selected>Not yet placed (1)</option>' in again


def test_one_theme_is_kept_over_a_refresh_also_when_it_is_merged(sam: TestClient, table: Table) -> None:
    online, buses = table.themes["Online"], table.themes["Getting about"]
    page = see(sam, table, f"theme-{online}")
    table.move("merge", theme=online, into=buses)
    merged = sam.get(f"/seat/{table.workshop_id}").text

    assert (read_said(page), read_said(merged)) == ("Online", "Getting about")
    assert SAID[5] in page
    assert SAID[0] not in page
    assert SAID[0] in merged


def test_a_theme_that_was_removed_gives_way_to_the_whole_board(sam: TestClient, table: Table) -> None:
    see(sam, table, f"theme-{table.themes['Online']}")
    table.move("remove_theme", theme=table.themes["Online"])

    assert read_said(sam.get(f"/seat/{table.workshop_id}").text) == "The whole board"


def test_the_whole_board_is_one_press_away(sam: TestClient, table: Table) -> None:
    see(sam, table, "table-1")

    page = see(sam, table, "whole")

    assert read_said(page) == "The whole board"
    assert '<option value="unplaced"' in page


def test_a_table_that_is_not_there_is_refused_in_words(sam: TestClient, table: Table) -> None:
    answer = sam.post(f"/seat/{table.workshop_id}/see", data={"see": "table-9"})

    assert answer.status_code == 422
    assert "There is no table 9" in answer.text


@pytest.mark.parametrize("what", ["", "<b>", "theme-", "theme-99999999999", "theme-614"])
def test_what_cannot_be_seen_is_the_whole_board(sam: TestClient, table: Table, what: str) -> None:
    assert read_said(see(sam, table, what)) == "The whole board"


def test_without_a_seat_nobody_sits_down(client: TestClient, table: Table) -> None:
    answer = client.post(f"/seat/{table.workshop_id}/see", data={"see": "table-1"})

    assert answer.status_code == 403
    assert "You have no seat here yet" in answer.text


def test_a_room_without_tables_offers_none(sam: TestClient, table: Table) -> None:
    see(sam, table, "table-2")
    choose(table, n_tables=0)

    page = sam.get(f"/seat/{table.workshop_id}").text

    assert read_said(page) == "The whole board"
    assert "table-1" not in page
