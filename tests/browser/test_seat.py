"""A seat in a real browser: with scripts and without, on small phones, by keys alone, offline and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from engagement.listen.example import load_example
from engagement.people.permissions import COMMAND_LINE
from engagement.web.languages import LANGUAGE_COOKIE
from engagement.workshop.boards import open_board
from engagement.workshop.moves import apply_move
from engagement.workshop.rights import Right, list_seat_kinds
from engagement.workshop.vote_counts import count_dots
from tests.browser.access import list_findings
from tests.browser.board_states import (
    SAID,
    LiveBoard,
    card,
    column,
    deal_board,
    expect_home,
    open_server_record,
)
from tests.browser.by_keys import answer, heading, tab_to, walk_to
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


def test_a_phone_without_scripts_reads_moves_and_names_by_forms(
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

    page.get_by_label("Theme", exact=True).select_option(label="Online (3)")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("blockquote")).to_have_count(3)
    expect(page.get_by_role("blockquote").filter(has_text=CARER)).to_have_text(CARER)
    page.get_by_label("Another name for this theme").fill("Screens and forms")
    page.get_by_role("button", name="Name it").click()
    expect(page.get_by_role("heading", name="Screens and forms (3)")).to_be_visible()
    assert board.find_home(CARER) == "Screens and forms"

    page.get_by_label("A new theme").fill("Warm places")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    assert "Warm places" in {theme["name"] for theme in board.read()["themes"]}


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


def move_by_keys(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Not yet placed", card(page, CARER))
    page.keyboard.press("m")
    answer(page, "nobody")
    expect_home(page, CARER, "Nobody listens")
    expect(page.locator("[data-column=unplaced] .card:focus")).to_have_count(1)


def echo_by_keys(page: Page, _board: LiveBoard) -> None:
    here = walk_to(page, "Nobody listens", card(page, CARER))
    page.keyboard.press("e")
    answer(page, "online")
    expect(column(page, "Online").locator(".echo")).to_contain_text(CARER)
    expect(here).to_be_focused()


def split_by_keys(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Not yet placed", card(page, WARM))
    page.keyboard.press("d")
    answer(page, "Warm")
    expect_home(page, WARM, "Warm")
    expect(page.locator("[data-column=unplaced] .card:focus")).to_have_count(1)


def rename_by_keys(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Warm")
    page.keyboard.press("n")
    answer(page, "Warm places")
    expect_home(page, WARM, "Warm places")
    expect(heading(page, "Warm places")).to_be_focused()


def take_back_by_keys(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Warm places")
    page.keyboard.press("u")
    expect_home(page, WARM, "Warm")
    expect(heading(page, "Warm")).to_be_focused()


def comment_by_keys(page: Page, board: LiveBoard) -> None:
    here = walk_to(page, "Nobody listens", card(page, CARER))
    page.keyboard.press("w")
    answer(page, "Being seen by one person only")
    expect(here).to_contain_text("Being seen by one person only")
    expect(page.locator(".saved")).to_have_text("All saved")
    expect(here).to_be_focused()
    assert [each["words"] for each in board.read()["comments"]] == ["Being seen by one person only"]


def vote_by_keys(page: Page, board: LiveBoard) -> None:
    tab_to(page, page.get_by_role("link", name="Vote"))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Vote", level=1).wait_for()
    tab_to(page, page.get_by_role("button", name="One dot more Online"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(page.get_by_role("main")).to_contain_text("4 of 5 dots left")
    assert sum(count_votes(board).values()) == 1


def count_votes(board: LiveBoard) -> Mapping[int, int]:
    """Count the dots of a board in the record itself."""
    record = open_server_record(board.server)
    with record.reading() as session:
        dots = count_dots(session, board.workshop_id).dots
    record.close()
    return dots


BY_KEYS: dict[str, Callable[[Page, LiveBoard], None]] = {
    "move": move_by_keys,
    "echo": echo_by_keys,
    "add_theme": split_by_keys,
    "rename": rename_by_keys,
    "undo_own": take_back_by_keys,
    "comment": comment_by_keys,
    "vote": vote_by_keys,
}
"""How everything that a seat may ever do is done by keys, in an order in which one prepares the next."""


def test_everything_that_a_seat_may_do_is_done_by_keys_alone(
    visitor: BrowserContext, board: LiveBoard
) -> None:
    page = open_live(visitor.new_page(), board)

    assert set(BY_KEYS) == {*list_seat_kinds(frozenset(Right)), Right.VOTE.name.lower()}
    for way in BY_KEYS.values():
        way(page, board)


def test_nobody_is_kept_out_of_joining_and_of_a_seat(phone: BrowserContext, board: LiveBoard) -> None:
    page = phone.new_page()
    page.goto(f"{board.server.url}/join")
    look_at_page(page)
    page.get_by_label("The code on the wall").fill(read_code(board))
    page.get_by_role("button", name="Go on").click()
    look_at_page(page)
    open_live(page, board)
    look_at_page(page)


def look_at_page(page: Page) -> None:
    """Look at a page as it stands, light and dark, on a narrow phone and a usual one."""
    for look, width in product(("light", "dark"), (320, 390)):
        page.emulate_media(color_scheme=look, reduced_motion="reduce")  # colours change at once
        page.set_viewport_size({"width": width, "height": 800})
        assert list_findings(page) == [], f"{width} px, {look}"
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
