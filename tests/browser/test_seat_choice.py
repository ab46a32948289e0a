"""What a seat chooses to see in a real browser: its table, one theme, the whole board; live and by forms."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.rooms import RoomChoices, choose_for_room
from tests.browser.access import list_findings
from tests.browser.board_states import SAID, LiveBoard, card, column, deal_board, open_server_record
from tests.browser.seat_states import open_board_doors, take_seat
from tests.server import AppServer
from tests.workshop.second_source import write_source

BUS, ASKED = SAID[0], SAID[2]
LIBRARY = "The library closes at five."
MINE = f"Table 2: 1 of {len(SAID) + 1} voices"


@pytest.fixture(scope="module")
def board(server: AppServer) -> LiveBoard:
    """A board with two sources, each on a table of its own, behind open doors."""
    board = deal_board(server, "Two tables")
    record = open_server_record(server)
    with record.writing() as session:
        write_source(session, board.engagement_id, "Belgrave", LIBRARY)
        choose_for_room(session, COMMAND_LINE, board.workshop_id, RoomChoices(n_tables=2))
    record.close()
    return open_board_doors(board)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that runs scripts."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def wait_until_live(page: Page) -> Page:
    """Wait until the live board has taken the place of the forms."""
    page.locator(".board .card").first.wait_for(state="attached")
    expect(page.locator("#plain")).to_have_count(0)
    return page


def see(page: Page, what: str) -> None:
    """Choose what to see, and wait until the server has kept it."""
    page.get_by_text("What I see").click()
    page.get_by_label("See only a part of the board").select_option(label=what)
    with page.expect_response(lambda answer: answer.url.endswith("/see") and answer.status == 303):
        page.get_by_role("button", name="See this").click()


def test_my_table_and_one_theme_outlive_a_refresh_on_a_phone(phone: BrowserContext, board: LiveBoard) -> None:
    page = wait_until_live(take_seat(phone.new_page(), board, "Tess"))

    see(page, "Table 2")
    expect(page.locator("#see-said")).to_have_text(MINE)
    expect(page.locator(".board .slot")).to_have_count(1)
    wait_until_live(page.reload() and page)
    expect(page.locator("#see-said")).to_have_text(MINE)
    expect(page.locator(".board .slot")).to_have_count(1)

    see(page, "Nobody listens")
    wait_until_live(page.reload() and page)
    expect(page.locator("#see-said")).to_have_text("Nobody listens")
    expect(card(page, ASKED)).to_be_visible()
    expect(column(page, "Getting about")).to_be_hidden()

    with page.expect_response(lambda answer: answer.url.endswith("/see") and answer.status == 303):
        page.get_by_role("button", name="Show the whole board").click()
    expect(page.locator("#see-said")).to_have_text("The whole board")
    expect(page.get_by_role("button", name="Show the whole board")).to_be_hidden()


def test_one_theme_stands_alone_also_on_a_wide_screen_and_another_is_picked(
    phone: BrowserContext, board: LiveBoard
) -> None:
    page = wait_until_live(take_seat(phone.new_page(), board, "Wanda"))
    page.set_viewport_size({"width": 1440, "height": 900})
    see(page, "Nobody listens")
    expect(column(page, "Getting about")).to_be_hidden()

    with page.expect_response(lambda answer: answer.url.endswith("/see") and answer.status == 303):
        page.get_by_label("Theme shown").select_option(label="Getting about (2)")

    expect(column(page, "Nobody listens")).to_be_hidden()
    wait_until_live(page.reload() and page)
    expect(page.locator("#see-said")).to_have_text("Getting about")
    expect(card(page, BUS)).to_be_visible()


def test_what_is_chosen_without_a_line_is_kept_once_it_is_back(
    phone: BrowserContext, board: LiveBoard
) -> None:
    page = wait_until_live(take_seat(phone.new_page(), board, "Olu"))
    phone.set_offline(True)
    page.get_by_text("What I see").click()
    page.get_by_label("See only a part of the board").select_option(label="Table 2")
    page.get_by_role("button", name="See this").click()
    expect(page.locator("#see-said")).to_have_text(MINE)

    with page.expect_response(lambda answer: answer.url.endswith("/see") and answer.status == 303):
        phone.set_offline(False)

    wait_until_live(page.reload() and page)
    expect(page.locator("#see-said")).to_have_text(MINE)


def test_without_scripts_the_same_forms_do_it(plain_phone: BrowserContext, board: LiveBoard) -> None:
    page = take_seat(plain_phone.new_page(), board, "Nell")
    page.get_by_text("What I see").click()
    page.get_by_label("See only a part of the board").select_option(label="Table 2")
    page.get_by_role("button", name="See this").click()
    expect(page.locator("#see-said")).to_have_text(MINE)
    page.reload()
    expect(page.get_by_role("blockquote")).to_have_text([LIBRARY])

    page.get_by_role("button", name="Show the whole board").click()

    expect(page.locator("#see-said")).to_have_text("The whole board")


def test_the_choice_is_made_by_keys_alone_and_the_focus_stays(
    phone: BrowserContext, board: LiveBoard
) -> None:
    page = wait_until_live(take_seat(phone.new_page(), board, "Kit"))
    page.locator("#see summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("Table 2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#see-said")).to_have_text(MINE)
    expect(page.locator("#see summary")).to_be_focused()


def test_a_part_of_the_board_keeps_nobody_out(phone: BrowserContext, board: LiveBoard) -> None:
    page = wait_until_live(take_seat(phone.new_page(), board, "Ada"))
    see(page, "Online")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        wait_until_live(page.reload() and page)
        page.get_by_text("What I see").click()
        for width in (320, 768, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            assert list_findings(page) == [], f"{width} px, {scheme}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
