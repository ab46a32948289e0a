"""The projector in a real browser: it follows the board, the room and the facilitator, and stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import product

import pytest
from PIL import Image
from PIL.ImageFilter import GaussianBlur
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy.orm import Session
from zxingcpp import read_barcodes

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.join_codes import open_doors
from engagement.workshop.moves import apply_move
from engagement.workshop.rooms import get_room
from engagement.workshop.rounds import RoundPlan, plan_rounds, start_round
from engagement.workshop.seats import take_seat
from engagement.workshop.votes import show_votes
from engagement.workshop.wall import hold_up
from models.rooms import RoundKind, Shown
from tests.browser.access import list_findings
from tests.browser.board_states import SAID, LiveBoard, card, deal_board, open_page, open_server_record
from tests.server import AppServer

CARER = SAID[4]


@pytest.fixture
def board(server: AppServer, request: pytest.FixtureRequest) -> LiveBoard:
    """A board of this test alone, with open doors, somebody here, and ten minutes to vote."""
    board = deal_board(server, request.node.name)

    def begin(session: Session) -> None:
        open_doors(session, COMMAND_LINE, board.workshop_id)
        plan_rounds(session, COMMAND_LINE, board.workshop_id, [RoundPlan(RoundKind.THEME, 10)])
        room = get_room(session, COMMAND_LINE, board.workshop_id)
        start_round(session, COMMAND_LINE, board.workshop_id, room.rounds[0].id)
        take_seat(session, room.join_key or "", "Sam", "resident")

    do(board, begin)
    return board


@pytest.fixture
def screen(browser: Browser, administrator_state: dict, board: LiveBoard) -> Iterator[Page]:
    """The projector of the board, in a browser of its own."""
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1920, "height": 1080})
    context.set_default_timeout(30_000)
    yield open_screen(context, board)
    context.close()


def open_screen(context: BrowserContext, board: LiveBoard) -> Page:
    page = context.new_page()
    page.goto(f"{board.server.url}/screen/{board.workshop_id}")
    page.get_by_role("heading", level=1).wait_for()
    return page


def do(board: LiveBoard, act: Callable[[Session], object]) -> None:
    """Do something in the record of the running server."""
    record = open_server_record(board.server)
    with record.writing() as session:
        act(session)
    record.close()


def hold(board: LiveBoard, shows: Shown, theme: str = "") -> None:
    themes = {each["name"]: each["id"] for each in board.read()["themes"]}
    do(board, lambda session: hold_up(session, COMMAND_LINE, board.workshop_id, shows, themes.get(theme)))


def move(board: LiveBoard, words: str, theme: str) -> None:
    """Move a voice beside the browser."""
    state = board.read()
    themes = {each["name"]: each["id"] for each in state["themes"]}
    asked = {"op": f"op-{state['seq']}", "saw": state["seq"], "kind": "move"}
    asked |= {"voices": [board.voices[words]], "to": themes[theme]}
    do(board, lambda session: apply_move(session, COMMAND_LINE, board.workshop_id, asked))


def row(screen: Page, theme: str):
    """Find the row of a theme."""
    return screen.locator(".themes li").filter(has_text=theme)


def test_a_move_on_the_board_is_seen_on_the_screen(page: Page, screen: Page, board: LiveBoard) -> None:
    expect(row(screen, "Online").locator("b")).to_contain_text("2")
    open_page(page, board)
    card(page, CARER).get_by_role("button", name="Move to…").click()
    page.get_by_role("dialog").get_by_role("button", name="Online").click()

    expect(row(screen, "Online").locator("b")).to_contain_text("3")
    expect(screen.locator(".feed li").first).to_contain_text("moved 1 voice to Online")


def test_the_screen_follows_what_the_facilitator_holds_up(screen: Page, board: LiveBoard) -> None:
    hold(board, Shown.THEME, "Online")
    expect(screen.locator("blockquote").first).to_contain_text(SAID[5])

    hold(board, Shown.CODE)
    expect(screen.get_by_role("heading", name="Join in with your phone")).to_be_visible()

    hold(board, Shown.VOTES)
    expect(screen.locator(".count")).to_contain_text("stay hidden")
    do(board, lambda session: show_votes(session, COMMAND_LINE, board.workshop_id))
    expect(screen.locator(".count")).to_have_text("0 people have voted")


def test_a_phone_reads_the_code_off_a_small_crooked_picture_of_the_screen(
    screen: Page, board: LiveBoard
) -> None:
    hold(board, Shown.CODE)
    screen.get_by_role("heading", name="Join in with your phone").wait_for()
    record = open_server_record(board.server)
    with record.reading() as session:
        key = get_room(session, COMMAND_LINE, board.workshop_id).join_key
    record.close()

    with Image.open(BytesIO(screen.screenshot())) as picture:
        photo = picture.convert("L").resize((720, 405)).rotate(8, fillcolor=90).filter(GaussianBlur(0.6))

    assert [code.text for code in read_barcodes(photo)] == [f"{board.server.url}/join/{key}"]


def test_the_clock_runs_and_is_right_after_a_refresh(screen: Page, board: LiveBoard) -> None:
    clock = screen.locator("#clock")
    before = clock.text_content()
    expect(clock).not_to_have_text(before or "")
    shown = clock.text_content() or ""
    screen.reload()

    minutes, seconds = (int(part) for part in (screen.locator("#clock").text_content() or "").split(":"))
    was = [int(part) for part in shown.split(":")]
    assert 0 <= was[0] * 60 + was[1] - minutes * 60 - seconds <= 30


def test_a_screen_that_loses_its_line_says_so_and_comes_back(screen: Page, board: LiveBoard) -> None:
    expect(screen.locator("#line")).to_have_text("")
    screen.evaluate("() => fetch('/healthz')")
    screen.context.route("**/events", lambda route: route.abort())
    screen.reload()
    expect(screen.locator("#line")).to_contain_text("Not connected")
    screen.context.unroute("**/events")
    move(board, CARER, "Online")

    expect(row(screen, "Online").locator("b")).to_contain_text("3")
    expect(screen.locator("#line")).to_have_text("")


def test_a_screen_works_without_scripts(
    browser: Browser, administrator_state: dict, board: LiveBoard
) -> None:
    context = browser.new_context(storage_state=administrator_state, java_script_enabled=False)
    page = open_screen(context, board)

    expect(row(page, "Online")).to_be_visible()
    expect(page.locator('meta[http-equiv="refresh"]')).to_have_count(1)
    context.close()


def test_a_screen_draws_words_as_they_are_and_moves_nothing(screen: Page, board: LiveBoard) -> None:
    move(board, SAID[8], "Online")
    hold(board, Shown.THEME, "Online")

    expect(screen.locator("blockquote").last).to_contain_text("<img src=x")
    assert screen.title() != "read as markup"
    assert screen.evaluate("() => document.getAnimations().length") == 0


def test_nobody_is_kept_out_of_the_screen(screen: Page, board: LiveBoard) -> None:
    look_at_screen(screen)
    for shows, theme in ((Shown.THEME, "Online"), (Shown.CODE, ""), (Shown.VOTES, "")):
        hold(board, shows, theme)
        screen.locator(".held").filter(
            has_text={"theme": "Online", "code": "Join in", "votes": "Votes"}[str(shows)]
        ).wait_for()
        look_at_screen(screen)


def look_at_screen(screen: Page) -> None:
    """Look at what the screen shows now, light and dark, from a phone's width to a projector's."""
    for look, width in product(("light", "dark"), (320, 1280, 1920)):
        screen.emulate_media(color_scheme=look)
        screen.set_viewport_size({"width": width, "height": 1080})
        assert list_findings(screen) == [], f"{width} px, {look}"
        assert screen.evaluate("() => document.documentElement.scrollWidth") <= width


def test_the_board_opens_the_projector(page: Page, board: LiveBoard) -> None:
    open_page(page, board)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Projector").click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text(board.read()["workshop"]["name"])


@pytest.mark.parametrize(("has_dots", "n_drawn"), [(False, 14), (True, 10)])
def test_nobody_has_to_scroll_a_wall_of_twenty_themes(
    screen: Page, board: LiveBoard, has_dots: bool, n_drawn: int
) -> None:
    def add_themes(session: Session) -> None:
        for number in range(17):
            name = f"Traffic lights, roadways and drivers {number}"
            move = {"op": f"add-{number}", "saw": number, "kind": "add_theme", "name": name}
            apply_move(session, COMMAND_LINE, board.workshop_id, move)
        if has_dots:
            show_votes(session, COMMAND_LINE, board.workshop_id)

    do(board, add_themes)

    expect(screen.locator(".rest")).to_contain_text(f"{20 - n_drawn} smaller themes")
    expect(screen.locator(".themes .name")).to_have_count(n_drawn)
    assert screen.evaluate("() => document.documentElement.scrollHeight") <= 1080
