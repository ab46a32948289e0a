"""People of one room in real browsers: they read why, and see what others have in the hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.access import list_findings
from tests.browser.board_states import SAID, LiveBoard, card, column, deal_board, expect_home, open_page
from tests.browser.seat_states import open_board_doors, take_seat
from tests.server import AppServer

CARER, WARM = SAID[4], SAID[7]
WHY = "Going online is the only way to see anybody."


@pytest.fixture
def board(server: AppServer, administrator_state: dict, request: pytest.FixtureRequest) -> LiveBoard:
    """A board with open doors, of this test alone."""
    return open_board_doors(deal_board(server, request.node.name))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that runs scripts."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def seat(phone: BrowserContext, board: LiveBoard) -> Page:
    """The live board on the phone of Sam, a resident."""
    page = take_seat(phone.new_page(), board)
    page.locator(".board .card").first.wait_for(state="attached")
    return page


def list_words(board: LiveBoard) -> list[str | None]:
    """List the reasons that stand in the record."""
    return [each["words"] for each in board.read()["comments"]]


def test_a_seat_says_why_after_a_move_and_a_lead_hides_it(page: Page, seat: Page, board: LiveBoard) -> None:
    open_page(page, board)
    card(page, WARM).focus()
    card(seat, CARER).get_by_role("button", name="Move to…").click()
    seat.get_by_role("dialog").get_by_role("button", name="Online").click()
    seat.get_by_role("button", name="Say why").click()
    dialog = seat.get_by_role("dialog", name="Sam (resident) moved 1 voice to Online")
    dialog.get_by_label("Why?").fill(WHY)
    dialog.get_by_role("button", name="Say why").click()

    expect_home(page, CARER, "Online")
    expect(card(page, CARER).locator(".why")).to_have_text(f"Sam (resident): “{WHY}”")
    expect(card(page, WARM)).to_be_focused()
    expect(page.locator(".aloud")).to_contain_text(WHY)

    card(page, CARER).locator(".why").click()
    page.get_by_role("button", name="Hide this reason of Sam (resident) from everybody").click()

    expect(seat.locator(".why", has_text="(hidden)")).to_have_count(1)
    expect(page.get_by_text(WHY)).to_have_count(0)
    assert list_words(board) == [None]


def test_a_reason_for_a_theme_by_keys_alone_and_undone(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    page.get_by_role("heading", name="Online", exact=True).focus()
    page.keyboard.press("w")
    page.get_by_role("dialog", name="Online").wait_for()
    page.keyboard.type("It is one thing.")
    page.keyboard.press("Enter")

    expect(column(page, "Online").locator("> .why")).to_contain_text("“It is one thing.”")
    expect(page.get_by_role("heading", name="Online", exact=True)).to_be_focused()
    page.get_by_role("button", name="History").click()
    expect(page.locator(".history li").first).to_contain_text("It is one thing.")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(column(page, "Online").locator("> .why")).to_be_hidden()
    assert list_words(board) == []


def test_a_phone_without_scripts_says_why_by_a_form_and_takes_it_back(
    plain_phone: BrowserContext, board: LiveBoard
) -> None:
    page = take_seat(plain_phone.new_page(), board)
    page.get_by_role("link", name="Move to… " + CARER).click()
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Move it").click()
    page.get_by_label("Why? (you can leave this out)").first.fill(WHY)
    page.get_by_role("button", name="Say why").first.click()

    page.get_by_label("Theme", exact=True).select_option(label="Online (3)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("article").filter(has_text=CARER)).to_contain_text(WHY)
    assert list_words(board) == [WHY]
    page.get_by_role("button", name="Undo my last move").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert list_words(board) == []


def test_others_see_a_card_in_the_hand_and_nothing_moves_or_speaks(
    page: Page, seat: Page, board: LiveBoard
) -> None:
    open_page(page, board)
    card(page, WARM).focus()
    place = card(page, WARM).bounding_box()
    mark = card(page, CARER).locator(".held")

    card(seat, CARER).get_by_role("button", name="Move to…").click()
    expect(mark).to_have_text("Sam (resident) has this card")
    assert card(page, WARM).bounding_box() == place
    expect(card(page, WARM)).to_be_focused()
    expect(page.locator(".aloud")).to_be_empty()
    seat.keyboard.press("Escape")
    expect(mark).to_be_hidden()

    card(seat, CARER).get_by_label("Select").check()
    expect(mark).to_have_text("Sam (resident) has this card")
    expect(card(seat, CARER).locator(".held")).to_be_hidden()
    assert list_findings(page) == []
    seat.close()
    expect(mark).to_be_hidden()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_nobody_is_kept_out_of_the_reasons(browser: Browser, board: LiveBoard, look: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=look)
    context.set_default_timeout(30_000)
    page = take_seat(context.new_page(), board)
    card(page, CARER).get_by_role("button", name="More to do with this voice").click()
    page.get_by_role("dialog").get_by_role("button", name="Say why…").click()
    page.get_by_label("Why?").fill(WHY)
    assert list_findings(page) == []
    page.keyboard.press("Enter")
    expect(card(page, CARER).locator(".why")).to_contain_text(WHY)
    card(page, CARER).locator(".why").click()
    page.get_by_role("dialog").get_by_text(WHY).wait_for()

    assert list_findings(page) == []
    context.close()
