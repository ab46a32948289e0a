"""The facilitator's board by keys alone: every act that the code knows, and the focus after each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.web.board_assets import FOLDER
from engagement.workshop.moves import apply_move
from tests.browser.board_states import (
    LiveBoard,
    card,
    column,
    deal_board,
    expect_home,
    open_page,
    open_server_record,
)
from tests.browser.by_keys import answer, heading, tab_to, walk_to
from tests.engagement.suggestion_states import TEXTS, keep_run, keep_vectors
from tests.server import AppServer


def list_acts() -> list[str]:
    """List the acts that the board's own code knows by name."""
    source = (FOLDER / "acts.js").read_text()
    tables = re.findall(r"const \w+_ACTS = \{\n(.*?)\n\};", source, re.DOTALL)
    beside = re.findall(r"\[\w+_KEY, \"(\w+)\"\]", source)
    return [*re.findall(r"^  (\w+): \{", "\n".join(tables), re.MULTILINE), *beside]


@pytest.fixture(scope="module")
def page(browser: Browser, administrator_state: dict) -> Iterator[Page]:
    """One page for all tests of this file, whose mouse is never touched."""
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def prepare_board(server: AppServer, name: str) -> LiveBoard:
    """Make a board on which people placed voices, so that there are suggestions for the others."""
    board = deal_board(server, name, tuple(TEXTS))
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


def choose_from_menu(page: Page, label: str) -> None:
    """Open the menu of what has the focus, and go down to one of its lines."""
    page.keyboard.press("Enter")
    lines = page.locator("dialog[open] .menu button")
    expect(lines.first).to_be_focused()
    names = lines.evaluate_all("all => all.map(one => one.firstChild.textContent)")
    for _line in range(names.index(label)):
        page.keyboard.press("ArrowDown")
    line = lines.nth(names.index(label))
    expect(line).to_be_focused()
    page.keyboard.press("Enter")


def expect_focus_in(page: Page, theme: str) -> None:
    """Wait until a voice or the heading of a theme has the focus, and is where the eye is."""
    at = column(page, theme).locator("h2:focus, .card:focus, .offer:focus")
    expect(at).to_have_count(1)
    expect(at).to_be_in_viewport()


def use_help(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="How to use the board")).to_be_visible()
    page.keyboard.press("Escape")
    expect(heading(page, "Online")).to_be_focused()


def use_find(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("f")
    expect(page.get_by_label("Find voices by words")).to_be_focused()
    page.keyboard.type("benches 7")
    expect(page.get_by_text("1 voice found")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Select these"))
    page.keyboard.press("Enter")
    expect(page.locator(".selection .count")).to_have_text("1 voice selected")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page.get_by_label("Find voices by words")).to_be_focused()
    expect(page.locator(".selection .count")).to_have_text("1 voice selected")


def use_clear(page: Page, _board: LiveBoard) -> None:
    tab_to(page, page.get_by_role("button", name="Clear", exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".selection")).to_be_hidden()
    expect(page.locator(".column h2:focus, .column .card:focus")).to_have_count(1)


def use_move(page: Page, board: LiveBoard) -> None:
    walk_to(page, "Not yet placed", card(page, "benches 7"))
    page.keyboard.press("m")
    answer(page, "online")
    expect_home(page, "benches 7", "Online")
    expect_focus_in(page, "Not yet placed")
    assert board.find_home("benches 7") == "Online"


def use_echo(page: Page, _board: LiveBoard) -> None:
    here = walk_to(page, "Not yet placed", card(page, "benches 6"))
    page.keyboard.press("e")
    answer(page, "online")
    expect(column(page, "Online").locator(".echo")).to_contain_text("benches 6")
    expect(here).to_be_focused()


def use_park(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Not yet placed", card(page, "benches 6"))
    page.keyboard.press("p")
    answer(page, "Said twice")
    expect_home(page, "benches 6", "Parked")
    expect_focus_in(page, "Not yet placed")


def use_bring_back(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Parked", card(page, "benches 6"))
    page.keyboard.press("b")
    expect_home(page, "benches 6", "Not yet placed")
    expect(heading(page, "Parked")).to_be_focused()


def use_split(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Getting about", card(page, "buses 0"))
    for key in ("s", "ArrowDown", "s", "d"):
        page.keyboard.press(key)
    answer(page, "Stops")
    expect_home(page, "buses 0", "Stops")
    expect(column(page, "Stops").locator(".slot")).to_have_count(2)
    expect_focus_in(page, "Getting about")


def use_rename(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Stops")
    page.keyboard.press("n")
    answer(page, "Bus stops")
    expect_home(page, "buses 0", "Bus stops")
    expect(heading(page, "Bus stops")).to_be_focused()


def use_merge(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Bus stops")
    page.keyboard.press("g")
    answer(page, "getting")
    expect(page.get_by_role("button", name="Merge", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect_home(page, "buses 0", "Getting about")
    expect(page.locator(".column h2:focus")).to_have_count(1)


def use_take_apart(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Getting about")
    choose_from_menu(page, "Take apart…")
    expect_home(page, "buses 0", "Bus stops")
    expect(heading(page, "Getting about")).to_be_focused()


def use_remove(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Bus stops")
    choose_from_menu(page, "Remove theme…")
    expect(page.get_by_role("button", name="Remove theme", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect_home(page, "buses 0", "Not yet placed")
    expect(page.locator(".column h2:focus")).to_have_count(1)


def use_undo(page: Page, board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("u")
    expect_home(page, "buses 0", "Bus stops")
    expect(heading(page, "Online")).to_be_focused()
    assert board.find_home("buses 0") == "Bus stops"


def use_redo(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("y")
    expect_home(page, "buses 0", "Not yet placed")
    expect(heading(page, "Online")).to_be_focused()


def use_new_theme(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Not yet placed")
    button = page.get_by_role("button", name="+ New theme")
    tab_to(page, button)
    page.keyboard.press("Enter")
    answer(page, "Warm places")
    expect(heading(page, "Warm places")).to_be_visible()
    expect(button).to_be_focused()


def use_accept(page: Page, board: LiveBoard) -> None:
    offer = column(page, "Online").locator(".offer").first
    offer.wait_for()
    words = offer.locator(".quote").inner_text()
    walk_to(page, "Online", offer)
    page.keyboard.press("a")
    expect_home(page, words, "Online")
    expect_focus_in(page, "Online")
    assert board.find_home(words) == "Online"


def use_refuse(page: Page, _board: LiveBoard) -> None:
    offer = column(page, "Online").locator(".offer").first
    offer.wait_for()
    words = offer.locator(".quote").inner_text()
    walk_to(page, "Online", offer)
    page.keyboard.press("x")
    expect(column(page, "Online").locator(".offer").filter(has_text=words)).to_have_count(0)
    expect(page.locator(".saved")).to_have_text("All saved")
    expect_focus_in(page, "Online")


def use_why(page: Page, board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("w")
    answer(page, "They all speak of forms")
    expect(column(page, "Online")).to_contain_text("They all speak of forms")
    expect(page.locator(".saved")).to_have_text("All saved")
    expect(heading(page, "Online")).to_be_focused()
    assert [each["words"] for each in board.read()["comments"]] == ["They all speak of forms"]

    page.keyboard.press("w")
    tab_to(page, page.locator("dialog[open]").get_by_role("button", name="Hide this reason"))
    page.keyboard.press("Enter")
    expect(column(page, "Online")).to_contain_text("(hidden)")
    expect(page.locator(".saved")).to_have_text("All saved")
    expect(heading(page, "Online")).to_be_focused()
    assert [each["words"] for each in board.read()["comments"]] == [None]


def use_wall(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Online")
    page.keyboard.press("h")
    expect(column(page, "Online").locator(".facts")).to_contain_text("on the wall")
    expect(heading(page, "Online")).to_be_focused()


def use_whole_board(page: Page, _board: LiveBoard) -> None:
    walk_to(page, "Online")
    choose_from_menu(page, "Show the whole board again")
    expect(column(page, "Online").locator(".facts")).not_to_contain_text("on the wall")
    expect(heading(page, "Online")).to_be_focused()


WAYS: dict[str, Callable[[Page, LiveBoard], None]] = {
    "help": use_help,
    "find": use_find,
    "clear": use_clear,
    "accept": use_accept,
    "refuse": use_refuse,
    "move": use_move,
    "echo": use_echo,
    "park": use_park,
    "bringBack": use_bring_back,
    "split": use_split,
    "rename": use_rename,
    "merge": use_merge,
    "takeApart": use_take_apart,
    "remove": use_remove,
    "undo": use_undo,
    "redo": use_redo,
    "addTheme": use_new_theme,
    "why": use_why,
    "showOnWall": use_wall,
    "showWhole": use_whole_board,
}
"""How each act is done by keys, in an order in which one prepares the next."""


def test_no_act_is_without_a_way_by_keys() -> None:
    acts = list_acts()

    assert len(acts) > 10
    assert set(WAYS) == set(acts)


@pytest.mark.parametrize("view", ["Board", "Outline"])
def test_every_act_is_done_by_keys_alone_and_leaves_the_focus_where_one_goes_on(
    page: Page, server: AppServer, view: str
) -> None:
    board = prepare_board(server, f"By keys alone: {view}")
    open_page(page, board)
    tab_to(page, page.get_by_role("button", name=view, exact=True))
    page.keyboard.press("Enter")
    expect(page.locator(".board")).to_have_attribute("data-layout", view.lower())

    for way in WAYS.values():
        way(page, board)
