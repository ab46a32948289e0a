"""The history of a board in a real browser: scrubbed, walked by keys, played, filtered, usable by all."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from engagement.people.permissions import Person
from engagement.workshop.moves import apply_move
from models.people import Role
from tests.browser.access import change_look, list_findings
from tests.browser.board_states import SAID, LiveBoard, deal_board, open_server_record
from tests.server import AppServer

AMINA = Person(name="Amina", role=Role.FACILITATOR)
JO = Person(name="Jo", role=Role.LEAD)
CARER, WARM = SAID[4], SAID[7]


@pytest.fixture(scope="module")
def board(server: AppServer, administrator_state: dict) -> LiveBoard:
    """A board with four steps: two voices moved, a theme added, two merged."""
    board = deal_board(server, "History")
    themes = {theme["name"]: theme["id"] for theme in board.read()["themes"]}
    moves = [
        (AMINA, {"kind": "move", "voices": [board.voices[CARER]], "to": themes["Online"]}),
        (JO, {"kind": "move", "voices": [board.voices[WARM]], "to": themes["Getting about"]}),
        (JO, {"kind": "add_theme", "name": "Warm places"}),
        (AMINA, {"kind": "merge", "theme": themes["Online"], "into": themes["Getting about"]}),
    ]
    record = open_server_record(server)
    for seq, (person, move) in enumerate(moves):
        with record.writing() as session:
            apply_move(session, person, board.workshop_id, {"op": f"h{seq}", "saw": seq, **move})
    record.close()
    return board


@pytest.fixture
def page(page: Page, board: LiveBoard) -> Page:
    """The history of the board, drawn."""
    page.set_default_timeout(60_000)
    page.goto(board.address.replace("/board?", "/history?"))
    page.locator(".replay:not([aria-busy])").wait_for()
    return page


def read_lanes(page: Page) -> dict[str, list[str]]:
    """Read which words stand under which heading."""
    return {
        lane.locator("h2").inner_text(): lane.locator("blockquote").all_inner_texts()
        for lane in page.locator(".replay .lane").all()
    }


def expect_step(page: Page, words: str) -> None:
    expect(page.locator(".replay .said")).to_have_text(words)


def test_history_is_walked_by_keys_with_the_board_as_it_was(page: Page) -> None:
    expect_step(page, "Step 4 of 4: Amina merged Online into Getting about")
    now = read_lanes(page)

    page.get_by_role("slider", name="Step of the history").focus()
    page.keyboard.press("Home")
    expect_step(page, "Step 0 of 4: The board as it was dealt")
    dealt = read_lanes(page)
    page.keyboard.press("ArrowRight")
    expect_step(page, "Step 1 of 4: Amina moved 1 voice to Online")
    first = read_lanes(page)

    assert CARER in dealt["Not yet placed"]
    assert "Warm places" not in dealt
    assert CARER in first["Online"]
    assert "Online" not in now
    assert CARER in now["Getting about"]
    assert list(now) == ["Not yet placed", "Getting about", "Nobody listens", "Warm places", "Parked"]


def test_filters_choose_where_back_and_forward_go(page: Page) -> None:
    page.get_by_label("Person").last.select_option("Jo")
    expect(page.locator(".replay tbody tr")).to_have_count(2)

    page.get_by_role("button", name="Back").click()
    expect_step(page, "Step 3 of 4: Jo added Warm places")
    page.keyboard.press("k")
    expect_step(page, "Step 2 of 4: Jo moved 1 voice to Getting about")
    page.get_by_label("Theme").last.select_option("Warm places")
    expect(page.locator(".replay tbody tr")).to_have_count(1)


def test_play_goes_on_to_the_end_and_stops(page: Page) -> None:
    page.get_by_role("button", name="First").click()
    page.get_by_label("Speed").select_option("Fast")
    page.get_by_role("button", name="Play").click()

    expect_step(page, "Step 4 of 4: Amina merged Online into Getting about")
    expect(page.get_by_role("button", name="Play")).to_be_visible()


def test_a_line_leads_to_its_cards_and_a_card_to_its_thread(page: Page, board: LiveBoard) -> None:
    page.get_by_role("button", name="Show 1 card of step 2").click()

    link = page.locator(".replay .lane li.touched a")
    expect(link).to_be_focused()
    expect(link).to_have_attribute(
        "href", f"/thread?engagement={board.engagement_id}&voice={board.voices[WARM]}"
    )


def test_axe_finds_nothing_at_any_width(page: Page) -> None:
    findings = []
    for scheme, width in product(("light", "dark"), (320, 1440)):
        change_look(page, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        findings += [f"{scheme}, {width}: {found}" for found in list_findings(page)]

    assert findings == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
