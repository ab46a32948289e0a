"""A seat in a real browser: with scripts and without, on small phones, by keys alone, offline and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engagement.listen.example import load_example
from engagement.people.permissions import COMMAND_LINE
from engagement.web.languages import LANGUAGE_COOKIE
from engagement.workshop.boards import open_board
from engagement.workshop.moves import apply_move
from tests.browser.access import list_findings
from tests.browser.board_states import (
    SAID,
    LiveBoard,
    card,
    deal_board,
    expect_home,
    open_server_record,
)
from tests.browser.seat_states import open_board_doors, read_code, take_seat
from tests.server import AppServer

BUS, CARER, WARM = SAID[0], SAID[4], SAID[7]
MOST_BYTES = 100_000
N_VOICES = 614


@pytest.fixture
def board(server: AppServer, request: pytest.FixtureRequest) -> LiveBoard:
    """A board with open doors, of this test alone."""
    return open_board_doors(deal_board(server, request.node.name))


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    """A phone that runs scripts."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    context.set_default_timeout(30_000)
    yield context
    context.close()


def deal_example(server: AppServer) -> LiveBoard:
    """Deal the example's voices, as long and as varied as real ones, to a board."""
    record = open_server_record(server)
    with record.writing() as session:
        engagement_id = load_example(session, COMMAND_LINE)
        workshop_id = open_board(session, COMMAND_LINE, engagement_id, "All of them")
    record.close()
    return LiveBoard(server, engagement_id, workshop_id, {})


def open_live(page: Page, board: LiveBoard) -> Page:
    """Take a seat and wait for the live board."""
    take_seat(page, board)
    page.locator(".board .card").first.wait_for(state="attached")
    expect(page.locator("#plain")).to_have_count(0)
    return page


def test_a_phone_without_scripts_moves_and_names_by_forms(
    plain_phone: BrowserContext, board: LiveBoard
) -> None:
    page = take_seat(plain_phone.new_page(), board)
    page.get_by_label("Theme", exact=True).select_option(label="Not yet placed (5)")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Move to… " + CARER).click()
    page.get_by_label("Online").check()
    page.get_by_role("button", name="Move it").click()

    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert board.find_home(CARER) == "Online"
    assert page.url.startswith(f"{board.server.url}/seat/")


def test_a_phone_with_scripts_gets_the_live_board(phone: BrowserContext, board: LiveBoard) -> None:
    page = open_live(phone.new_page(), board)

    card(page, CARER).get_by_role("button", name="Move to…").click()
    page.get_by_role("dialog").get_by_role("button", name="Online").click()
    page.get_by_label("Theme shown").select_option(label="Online (3)")

    expect_home(page, CARER, "Online")
    assert board.find_home(CARER) == "Online"
    assert board.read()["undo"]["said"] == "Sam (resident) moved 1 voice to Online"


def test_a_phone_begins_with_the_first_theme_when_every_voice_has_a_place(
    phone: BrowserContext, board: LiveBoard
) -> None:
    place_all(board, "Getting about")

    page = open_live(phone.new_page(), board)

    expect(page.get_by_label("Theme shown").locator("option:checked")).to_contain_text("Getting about")
    expect(card(page, BUS)).to_be_visible()


def place_all(board: LiveBoard, theme: str) -> None:
    """Put every voice of a board into one theme, beside the browser."""
    state = board.read()
    goal = next(each["id"] for each in state["themes"] if each["name"] == theme)
    voices = [each["id"] for each in state["cards"] if each["home"] != goal]
    record = open_server_record(board.server)
    with record.writing() as session:
        move = {"op": "all", "saw": state["seq"], "kind": "move", "voices": voices, "to": goal}
        apply_move(session, COMMAND_LINE, board.workshop_id, move)
    record.close()


def test_a_seat_is_kept_over_a_refresh_and_in_a_second_tab(phone: BrowserContext, board: LiveBoard) -> None:
    page = open_live(phone.new_page(), board)
    page.reload()
    second = phone.new_page()
    second.goto(page.url)

    for each in (page, second):
        expect(each.locator(".who")).to_contain_text("you are Sam (resident)")


def test_moves_made_offline_are_sent_once_when_the_line_is_back(
    phone: BrowserContext, board: LiveBoard
) -> None:
    page = open_live(phone.new_page(), board)
    phone.set_offline(True)
    for words in (CARER, WARM):
        card(page, words).get_by_role("button", name="Move to…").click()
        page.get_by_role("dialog").get_by_role("button", name="Online").click()
    expect(page.locator(".saved")).to_have_text("Saving 2 moves…")
    assert board.read()["seq"] == 0
    phone.set_offline(False)

    expect(page.locator(".saved")).to_have_text("All saved")
    state = board.read()
    assert (state["seq"], board.find_home(CARER), board.find_home(WARM)) == (2, "Online", "Online")


def test_a_seat_works_by_keys_alone(phone: BrowserContext, board: LiveBoard) -> None:
    page = open_live(phone.new_page(), board)
    card(page, CARER).focus()
    page.keyboard.press("m")
    page.locator("dialog[open]").wait_for()
    page.get_by_label("Find a theme").focus()
    page.keyboard.type("nobody")
    page.keyboard.press("Enter")

    expect(card(page, CARER)).to_be_hidden()
    expect(page.locator(".saved")).to_have_text("All saved")
    assert board.find_home(CARER) == "Nobody listens"


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
def test_nobody_is_kept_out_of_joining_and_of_a_seat(
    phone: BrowserContext, board: LiveBoard, width: int, look: str
) -> None:
    page = phone.new_page()
    page.emulate_media(color_scheme=look)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{board.server.url}/join")
    findings = list_findings(page)
    page.get_by_label("The code on the wall").fill(read_code(board))
    page.get_by_role("button", name="Go on").click()
    findings += list_findings(page)
    open_live(page, board)
    findings += list_findings(page)

    assert findings == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def speak(phone: BrowserContext, board: LiveBoard, language: str) -> None:
    """Choose a language as the form at the foot of the page does."""
    phone.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": board.server.url}])


def test_a_seat_speaks_its_language_also_where_it_is_refused(phone: BrowserContext, board: LiveBoard) -> None:
    page = open_live(phone.new_page(), board)
    speak(phone, board, "tr")
    page.reload()

    expect(page.locator(".saved")).to_have_text("Hepsi kaydedildi")
    page.get_by_role("button", name="+ Yeni tema").click()
    page.get_by_role("dialog", name="Yeni tema").get_by_label("Ad").fill("online")
    page.get_by_role("button", name="Tema ekle").click()

    expect(page.get_by_role("alert")).to_contain_text("Bu panoda “Online” adlı bir tema zaten var.")


def test_a_seat_weighs_less_than_100_kb_on_first_load(phone: BrowserContext, server: AppServer) -> None:
    board = open_board_doors(deal_example(server))
    page = phone.new_page()
    wire = phone.new_cdp_session(page)
    weights: list[float] = []
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
    open_live(page, board)
    page.wait_for_timeout(500)
    wire.send("Network.clearBrowserCache")
    weights.clear()
    speak(phone, board, "pa")  # more bytes than any other
    page.reload()
    page.locator(".board .card").first.wait_for(state="attached")
    page.wait_for_timeout(500)

    assert len(board.read()["cards"]) == N_VOICES
    assert 10_000 < sum(weights) < MOST_BYTES
