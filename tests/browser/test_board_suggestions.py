"""The trays under the themes, in a real browser: accept and refuse by one key, undo, and come back."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.moves import apply_move
from tests.browser.board_states import (
    LiveBoard,
    column,
    deal_board,
    expect_home,
    open_page,
    open_server_record,
)
from tests.browser.test_board_access import list_grave_findings
from tests.engagement.suggestion_states import TEXTS, keep_run, keep_vectors
from tests.server import AppServer


@pytest.fixture
def board(server: AppServer, administrator_state: dict, request: pytest.FixtureRequest) -> LiveBoard:
    """A board on which people placed three voices about buses and three about forms."""
    board = deal_board(server, request.node.name[:200], tuple(TEXTS))
    record = open_server_record(server)
    keep_vectors(record, TEXTS)
    keep_run(record, board.engagement_id)
    themes = {theme["name"]: theme["id"] for theme in board.read()["themes"]}
    placed = (("buses", "Getting about"), ("benches", "Nobody listens"), ("forms", "Online"))
    for seq, (subject, theme) in enumerate(placed):
        voices = [board.voices[f"{subject} {number}"] for number in (0, 1, 2, 3)]
        move = {"op": subject, "saw": seq, "kind": "move", "voices": voices, "to": themes[theme]}
        with record.writing() as session:
            apply_move(session, COMMAND_LINE, board.workshop_id, move)
    record.close()
    return board


@pytest.fixture(params=["light"])
def page(page: Page, request: pytest.FixtureRequest) -> Page:
    """A signed-in page, light unless a test asks for dark."""
    page.emulate_media(color_scheme=request.param)
    return page


def offers(page: Page, theme: str) -> Locator:
    return column(page, theme).locator(".offer")


def read_words(offer: Locator) -> str:
    return offer.locator(".quote").inner_text()


@pytest.mark.parametrize("view", ["Board", "Outline"])
def test_one_key_accepts_and_undo_brings_it_back(page: Page, board: LiveBoard, view: str) -> None:
    open_page(page, board)
    page.get_by_role("button", name=view, exact=True).click()
    expect(column(page, "Online").get_by_role("heading", name="Suggested here (3)")).to_be_visible()
    words = read_words(offers(page, "Online").first)

    column(page, "Online").get_by_role("heading", name="Online", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("a")

    expect_home(page, words, "Online")
    assert board.find_home(words) == "Online"
    expect(page.locator(".aloud")).to_contain_text("accepted a suggestion: moved 1 voice to Online")
    expect(offers(page, "Online").first).to_be_focused()
    expect(offers(page, "Online").filter(has_text=words)).to_have_count(0)

    page.keyboard.press("u")

    expect(offers(page, "Online").filter(has_text=words)).to_have_count(1)
    assert board.find_home(words) != "Online"


def test_one_key_refuses_and_it_does_not_come_again(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    offers(page, "Online").first.focus()
    words = read_words(offers(page, "Online").first)

    page.keyboard.press("x")
    expect(offers(page, "Online").filter(has_text=words)).to_have_count(0)
    expect(page.locator(".saved")).to_have_text("All saved")
    open_page(page, board)

    expect(offers(page, "Online").first).to_be_visible()
    expect(offers(page, "Online").filter(has_text=words)).to_have_count(0)
    page.get_by_role("button", name="History").click()
    expect(page.locator(".history")).to_contain_text("refused a suggestion: 1 voice does not go to Online")


def test_buttons_do_the_same_and_the_switch_is_remembered(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    words = read_words(offers(page, "Getting about").first)

    offers(page, "Getting about").first.get_by_role("button", name="Accept").click()
    expect_home(page, words, "Getting about")
    page.get_by_role("button", name="Suggestions").click()
    expect(page.locator(".offer:visible")).to_have_count(0)
    open_page(page, board)

    expect(page.get_by_role("button", name="Suggestions")).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".offer:visible")).to_have_count(0)


@pytest.mark.parametrize("page", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_grave_in_the_trays_at_any_width(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    findings = []
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        for view in ("Outline", "Board"):
            page.get_by_role("button", name=view, exact=True).click()
            if width == 320 and view == "Board":
                page.get_by_label("Theme shown").select_option(label="Online (6), 3 suggested")
            expect(offers(page, "Online").first).to_be_visible()
            findings += [f"{width} {view} {found}" for found in list_grave_findings(page)]
            assert page.locator(".board").evaluate("board => board.scrollWidth <= board.clientWidth")

    assert findings == []
