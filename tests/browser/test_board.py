"""The board in a real browser: by mouse, by keys alone, and with people's words exactly as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.board_states import (
    SAID,
    TRICKY,
    LiveBoard,
    card,
    column,
    deal_board,
    expect_home,
    open_page,
)
from tests.server import AppServer

BUS, KERBS, ASKED, MOVED_CENTRE, CARER, FORM, TABLET, WARM = SAID[:8]


@pytest.fixture(scope="module")
def page(browser: Browser, administrator_state: dict) -> Iterator[Page]:
    """One page for all tests of this file: what the browser keeps makes each opening quicker."""
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def board(server: AppServer, administrator_state: dict, request: pytest.FixtureRequest) -> LiveBoard:
    """A board of its own for each test, on the one server."""
    return deal_board(server, request.node.name[:200])


def drag(page: Page, source: Locator, goal: Locator, *, drop: bool = True) -> None:
    """Drag with the mouse, in steps as a hand does."""
    source.hover(position={"x": 30, "y": 15})
    start = source.bounding_box()
    page.mouse.down()
    page.mouse.move(start["x"] + 50, start["y"] + 30)
    page.locator(".ghost").wait_for(state="attached")
    end = goal.bounding_box()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
    if drop:
        page.mouse.up()


def focus_card(page: Page, words: str) -> None:
    card(page, words).focus()


def choose(page: Page, words: str) -> None:
    """Type into the dialog that has the focus, then press Enter."""
    page.locator("dialog[open]").wait_for()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def test_card_dragged_with_the_mouse_is_kept_in_its_new_theme(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    drag(page, card(page, CARER), column(page, "Nobody listens"))

    expect_home(page, CARER, "Nobody listens")
    assert board.find_home(CARER) == "Nobody listens"


def test_selected_cards_are_dragged_together(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    card(page, CARER).click(modifiers=["Control"])
    card(page, WARM).click(modifiers=["Control"])
    expect(page.locator(".selection .count")).to_have_text("2 voices selected")

    drag(page, card(page, CARER), column(page, "Online"))

    expect_home(page, CARER, "Online")
    expect_home(page, WARM, "Online")


def test_escape_stops_a_drag_and_nothing_moves(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    drag(page, card(page, CARER), column(page, "Online"), drop=False)
    expect(column(page, "Online")).to_have_class("column goal")
    page.keyboard.press("Escape")
    page.mouse.up()

    expect(page.locator(".goal, .ghost")).to_have_count(0)
    expect_home(page, CARER, "Not yet placed")
    assert board.read()["seq"] == 0


def test_theme_dropped_on_another_is_merged_after_asking_and_can_be_taken_apart(
    page: Page, board: LiveBoard
) -> None:
    open_page(page, board)

    drag(page, column(page, "Online").locator(".head"), column(page, "Nobody listens"))
    page.get_by_role("button", name="Merge", exact=True).click()

    expect(page.get_by_role("heading", name="Online", exact=True)).to_have_count(0)
    expect_home(page, FORM, "Nobody listens")

    page.get_by_role("button", name="More to do with Nobody listens").click()
    page.get_by_role("button", name="Take apart…").click()

    expect_home(page, FORM, "Online")
    expect_home(page, ASKED, "Nobody listens")


def test_every_act_works_by_keys_alone(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    page.get_by_role("button", name="Outline").press("Enter")

    focus_card(page, CARER)
    page.keyboard.press("m")
    choose(page, "nobody")
    expect_home(page, CARER, "Nobody listens")

    focus_card(page, CARER)
    page.keyboard.press("e")
    choose(page, "online")
    expect(column(page, "Online").locator(".echo")).to_contain_text(CARER)

    focus_card(page, CARER)
    page.keyboard.press("p")
    choose(page, "Said twice")
    expect_home(page, CARER, "Parked")
    expect(card(page, CARER)).to_contain_text("Parked: Said twice")

    focus_card(page, CARER)
    page.keyboard.press("b")
    expect_home(page, CARER, "Not yet placed")

    column(page, "Online").get_by_role("heading").focus()
    page.keyboard.press("n")
    page.locator("dialog[open]").wait_for()
    page.keyboard.press("Control+A")
    choose(page, "Screens and forms")
    expect_home(page, FORM, "Screens and forms")

    page.keyboard.press("g")
    choose(page, "getting")
    page.get_by_role("button", name="Merge", exact=True).press("Enter")
    expect_home(page, FORM, "Getting about")

    page.locator(".column h2").first.focus()
    page.keyboard.press("u")
    expect_home(page, FORM, "Screens and forms")
    page.keyboard.press("y")
    expect_home(page, FORM, "Getting about")

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="How to use the board")).to_be_visible()


def test_selected_voices_are_split_off_into_a_new_theme_by_keys(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    focus_card(page, BUS)
    page.keyboard.press("s")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    page.keyboard.press("d")
    choose(page, "Buses")

    expect_home(page, BUS, "Buses")
    expect_home(page, KERBS, "Buses")
    expect(page.locator(".aloud")).to_contain_text("Buses")


def test_focus_goes_to_the_next_card_when_one_is_moved_away(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    second = page.locator(".column[data-column=unplaced] .card").nth(1)
    words = second.locator(".quote").inner_text()

    page.locator(".column[data-column=unplaced] .card").first.focus()
    page.keyboard.press("m")
    choose(page, "online")

    expect(card(page, words)).to_be_focused()


def test_there_is_one_tab_stop_for_each_theme(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    page.get_by_role("heading", name="Not yet placed").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")

    expect(page.get_by_role("heading", name="Getting about")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".column[data-column=unplaced] .card").first).to_be_focused()


def test_letters_of_the_board_do_not_reach_the_page_around_it(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    page.evaluate("document.addEventListener('keydown', () => { document.body.dataset.heard = 'yes'; })")

    focus_card(page, CARER)
    page.keyboard.press("r")
    page.keyboard.press("c")

    assert page.evaluate("document.body.dataset.heard || ''") == ""


def test_undo_and_redo_go_all_the_way_back_and_forth(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    for words in (CARER, WARM, BUS):
        focus_card(page, words)
        page.keyboard.press("m")
        choose(page, "online")
        expect_home(page, words, "Online")

    for _ in range(3):
        page.get_by_role("button", name="Undo").click()
    expect_home(page, BUS, "Getting about")
    expect_home(page, CARER, "Not yet placed")
    for _ in range(3):
        page.get_by_role("button", name="Redo").click()

    expect_home(page, BUS, "Online")
    expect_home(page, CARER, "Online")
    assert board.find_home(WARM) == "Online"


def test_new_theme_is_added_and_removed_without_losing_a_voice(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    page.get_by_role("button", name="+ New theme").click()
    choose(page, "Warm places")
    column(page, "Warm places").wait_for()
    focus_card(page, WARM)
    page.keyboard.press("m")
    choose(page, "warm")
    expect_home(page, WARM, "Warm places")
    page.get_by_role("button", name="More to do with Warm places").click()
    page.get_by_role("button", name="Remove theme…").click()
    page.get_by_role("button", name="Remove theme", exact=True).click()

    expect_home(page, WARM, "Not yet placed")


def test_finding_shows_only_voices_that_hold_the_words(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    page.get_by_label("Find voices by words").fill("nobody centre")

    expect(page.locator(".slot:not([hidden])")).to_have_count(1)
    expect(page.get_by_text("1 voice found")).to_be_visible()
    page.get_by_role("button", name="Select these").click()
    expect(page.locator(".selection .count")).to_have_text("1 voice selected")


def test_shift_click_selects_the_stretch_between(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    cards = page.locator(".column[data-column=unplaced] .card")

    cards.nth(0).click(modifiers=["Control"])
    cards.nth(3).click(modifiers=["Shift"])

    expect(page.locator(".selection .count")).to_have_text("4 voices selected")


def test_history_says_who_did_what_and_when(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    drag(page, card(page, CARER), column(page, "Nobody listens"))
    expect_home(page, CARER, "Nobody listens")

    page.get_by_role("button", name="History").click()

    line = page.get_by_role("region", name="History").get_by_role("listitem").first
    expect(line).to_contain_text("Ada Moss moved 1 voice to Nobody listens")
    expect(line.locator("time")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="History").click()
    expect(line).to_contain_text("Ada Moss moved 1 voice to Nobody listens")


def test_peoples_words_are_shown_exactly(page: Page, board: LiveBoard) -> None:
    open_page(page, board)

    shown = [page.locator(".quote", has_text=words).inner_text() for words in TRICKY]

    assert shown == list(TRICKY)
    assert page.locator(".card img, .card a, .card em").count() == 0
    assert "markup" not in page.title()


def test_touch_moves_a_card_by_a_long_press(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    client = page.context.new_cdp_session(page)
    start, end = card(page, CARER).bounding_box(), column(page, "Online").bounding_box()
    at = {"x": start["x"] + 40, "y": start["y"] + 20}

    client.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    page.locator(".ghost").wait_for(state="attached")
    goal = {"x": end["x"] + 60, "y": end["y"] + 200}
    client.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [goal]})
    client.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect_home(page, CARER, "Online")
