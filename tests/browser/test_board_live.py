"""Two browsers on one board, and a server that dies: no acknowledged move is lost, none counts twice."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engagement.listen.voices import withdraw_voice
from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.moves import apply_move
from tests.browser.board_states import (
    SAID,
    SAM_EMAIL,
    SAM_PASSWORD,
    LiveBoard,
    add_sam,
    card,
    column,
    deal_board,
    expect_home,
    open_page,
    open_server_record,
)
from tests.browser.conftest import sign_in
from tests.server import AppServer

BUS, KERBS, ASKED, MOVED_CENTRE, CARER, FORM, TABLET, WARM = SAID[:8]
OFFLINE = "You are not connected"


@pytest.fixture(scope="module")
def adas_page(browser: Browser, administrator_state: dict) -> Iterator[Page]:
    """The page of Ada, the administrator."""
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def sams_page(browser: Browser, server: AppServer, administrator_state: dict) -> Iterator[Page]:
    """The page of Sam, a facilitator, in a browser of his own."""
    add_sam(server)
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    page = context.new_page()
    sign_in(page, server, SAM_EMAIL, SAM_PASSWORD)
    yield page
    context.close()


@pytest.fixture
def board(server: AppServer, administrator_state: dict, request: pytest.FixtureRequest) -> LiveBoard:
    return deal_board(server, request.node.name)


@pytest.fixture
def mortal_server(server: AppServer) -> Iterator[AppServer]:
    """The server, which runs again afterwards whatever a test did to it."""
    yield server
    if server.process is None or server.process.poll() is not None:
        server.start()
        server.wait_until_ready()


def move(page: Page, words: str, theme: str) -> None:
    """Move a voice by keys."""
    card(page, words).focus()
    page.keyboard.press("m")
    page.locator("dialog[open]").wait_for()
    page.keyboard.type(theme)
    page.keyboard.press("Enter")


def merge(board: LiveBoard, theme: str, into: str) -> None:
    """Merge two themes in the record, as another process does."""
    state = board.read()
    ids = {each["name"]: each["id"] for each in state["themes"]}
    move = {
        "op": f"merge-{ids[theme]}",
        "saw": state["seq"],
        "kind": "merge",
        "theme": ids[theme],
        "into": ids[into],
    }
    record = open_server_record(board.server)
    with record.writing() as session:
        apply_move(session, COMMAND_LINE, board.workshop_id, move)
    record.close()


def set_hidden(page: Page, is_hidden: bool) -> None:
    """Tell the page that its tab is looked at, or no longer: a headless browser never says so by itself."""
    page.evaluate(
        """is_hidden => {
            Object.defineProperty(document, "hidden", { configurable: true, get: () => is_hidden });
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        is_hidden,
    )


def test_two_people_see_each_others_moves(adas_page: Page, sams_page: Page, board: LiveBoard) -> None:
    open_page(adas_page, board)
    open_page(sams_page, board)

    move(adas_page, CARER, "nobody")
    move(sams_page, WARM, "online")

    expect_home(sams_page, CARER, "Nobody listens")
    expect_home(adas_page, WARM, "Online")
    expect(adas_page.locator(".aloud")).to_contain_text("Sam Okoro moved 1 voice to Online")


def test_second_mover_is_told_who_was_first_and_sees_the_result(
    adas_page: Page, sams_page: Page, board: LiveBoard
) -> None:
    open_page(adas_page, board)
    open_page(sams_page, board)
    adas_page.route("**/events?*", lambda route: route.abort())
    adas_page.reload()
    adas_page.locator(".board .card").first.wait_for()

    move(sams_page, CARER, "online")
    expect_home(sams_page, CARER, "Online")
    move(adas_page, CARER, "nobody")

    expect(adas_page.get_by_role("alert")).to_contain_text("Sam Okoro moved this first, to Online")
    adas_page.unroute("**/events?*")
    expect_home(adas_page, CARER, "Online")
    assert board.find_home(CARER) == "Online"


@pytest.mark.parametrize(("key", "kind"), [("m", ":not(.echo)"), ("e", ".echo")], ids=["move", "echo"])
def test_a_theme_that_somebody_merges_while_it_is_chosen_takes_the_voice_to_where_it_stands_now(
    adas_page: Page, board: LiveBoard, key: str, kind: str
) -> None:
    open_page(adas_page, board)
    card(adas_page, CARER).focus()
    adas_page.keyboard.press(key)
    adas_page.locator("dialog[open]").wait_for()

    merge(board, "Online", "Nobody listens")
    column(adas_page, "Online").wait_for(state="detached")
    adas_page.keyboard.type("online")
    adas_page.keyboard.press("Enter")

    there = column(adas_page, "Nobody listens").locator(f".slot{kind}")
    expect(there.filter(has_text=CARER)).to_have_count(1)


def test_move_made_while_the_line_is_down_is_kept_sent_again_and_counted_once(
    adas_page: Page, board: LiveBoard
) -> None:
    open_page(adas_page, board)
    sent: list[str] = []

    def lose_the_answer(route) -> None:
        sent.append(route.request.post_data_json["op"])
        route.fetch()
        route.abort()

    adas_page.route("**/moves", lose_the_answer, times=1)
    move(adas_page, CARER, "online")

    expect_home(adas_page, CARER, "Online")
    state = board.read()
    assert state["seq"] == 1
    assert len(sent) == 1


def test_unsent_moves_outlive_a_reload(adas_page: Page, board: LiveBoard) -> None:
    open_page(adas_page, board)
    adas_page.route("**/moves", lambda route: route.abort())
    move(adas_page, CARER, "online")
    expect(adas_page.locator(".banner")).to_contain_text("1 move is waiting")
    assert board.read()["seq"] == 0

    adas_page.unroute("**/moves")
    adas_page.reload()

    expect_home(adas_page, CARER, "Online")
    assert board.find_home(CARER) == "Online"
    assert board.read()["seq"] == 1


def test_board_asks_for_a_fresh_token_when_its_own_is_refused(adas_page: Page, board: LiveBoard) -> None:
    open_page(adas_page, board)
    tokens: list[str] = []

    def refuse_once(route) -> None:
        tokens.append(route.request.headers["authorization"])
        if len(set(tokens)) == 1:
            route.fulfill(status=401, json={"error": "Your sign-in to this board is no longer valid."})
        else:
            route.continue_()

    # A token is signed with its second: the next one differs only when the clock has gone on.
    adas_page.wait_for_function("start => Date.now() > start + 1000", arg=adas_page.evaluate("Date.now()"))
    adas_page.route("**/moves", refuse_once)
    move(adas_page, CARER, "online")

    expect(column(adas_page, "Online").locator(".card", has_text=CARER)).to_have_count(1)
    expect(adas_page.locator(".saved")).to_have_text("All saved", timeout=20_000)
    adas_page.unroute("**/moves")
    assert len(set(tokens)) == 2
    assert board.find_home(CARER) == "Online"


def test_hidden_page_rests_and_catches_up_when_it_is_looked_at_again(
    adas_page: Page, sams_page: Page, board: LiveBoard
) -> None:
    open_page(adas_page, board)
    open_page(sams_page, board)

    with adas_page.expect_event("requestfailed", lambda request: "/events" in request.url):
        set_hidden(adas_page, True)
    move(sams_page, CARER, "online")
    expect_home(sams_page, CARER, "Online")
    expect(column(adas_page, "Online").locator(".card", has_text=CARER)).to_have_count(0)
    set_hidden(adas_page, False)

    expect_home(adas_page, CARER, "Online")


def test_leaving_the_board_closes_its_stream_and_coming_back_opens_it_again(
    adas_page: Page, board: LiveBoard
) -> None:
    open_page(adas_page, board)

    with adas_page.expect_event("requestfailed", lambda request: "/events" in request.url):
        adas_page.get_by_role("link", name="Choose priorities from these themes").click()
    adas_page.get_by_role("heading", name="Priorities", level=1).wait_for()
    adas_page.go_back()

    adas_page.locator(".board .card").first.wait_for()
    move(adas_page, CARER, "online")
    expect_home(adas_page, CARER, "Online")


def test_killed_server_loses_no_acknowledged_move_and_gets_the_one_made_meanwhile(
    adas_page: Page, sams_page: Page, mortal_server: AppServer, board: LiveBoard
) -> None:
    open_page(adas_page, board)
    open_page(sams_page, board)
    move(adas_page, CARER, "online")
    expect_home(adas_page, CARER, "Online")

    mortal_server.kill()
    expect(adas_page.locator(".banner")).to_contain_text(OFFLINE, timeout=20_000)
    move(adas_page, WARM, "nobody")
    expect(adas_page.locator(".banner")).to_contain_text("1 move is waiting")
    expect(card(adas_page, WARM)).to_have_class("card saving")
    expect(column(adas_page, "Nobody listens").locator(".card", has_text=WARM)).to_have_count(1)
    mortal_server.start()
    mortal_server.wait_until_ready()

    expect(adas_page.locator(".banner")).to_be_hidden(timeout=20_000)
    expect_home(adas_page, WARM, "Nobody listens")
    expect_home(sams_page, WARM, "Nobody listens")
    state = board.read()
    assert state["seq"] == 2
    assert board.find_home(CARER) == "Online"
    assert board.find_home(WARM) == "Nobody listens"


def test_withdrawn_voice_leaves_an_open_board_by_itself(adas_page: Page, board: LiveBoard) -> None:
    open_page(adas_page, board)
    expect(card(adas_page, CARER)).to_be_visible()

    record = open_server_record(board.server)
    with record.writing() as session:
        withdraw_voice(session, COMMAND_LINE, board.voices[CARER], "Asked to")
    record.close()

    expect(card(adas_page, CARER)).to_have_count(0)
