"""Eight browsers on one board at once, two of them in a program of their own: all end with what is kept."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect

from engagement.workshop.vote_counts import count_dots
from tests.browser.board_states import SAID, LiveBoard, deal_board, open_server_record
from tests.browser.conftest import PATIENCE_MS, find_chromium
from tests.browser.seat_states import open_board_doors, read_code
from tests.conftest import skip_or_fail
from tests.server import AppServer

BUS, KERBS, ASKED, MOVED_CENTRE, CARER, FORM, TABLET, WARM = SAID[:8]
NAMES = ("Amir", "Bea", "Chen", "Dee", "Eve", "Femi", "Gwen", "Hari")
READ_COLUMNS = """() => Object.fromEntries(
    [...document.querySelectorAll(".column[data-column]:not(.new)")].map((column) => [
        column.querySelector("h2").textContent,
        [...column.querySelectorAll(".slot:not(.echo) .quote")].map((quote) => quote.textContent).sort(),
    ]),
)"""


@pytest.fixture(scope="module")
def board(server: AppServer) -> Iterator[LiveBoard]:
    """A board with open doors and no rounds: everybody may move, name and vote."""
    if find_chromium() is None:
        skip_or_fail("Chromium is not installed: install Debian's package 'chromium-headless-shell'.")
    return open_board_doors(deal_board(server, "Eight at once"))


@asynccontextmanager
async def seat_everybody(board: LiveBoard) -> AsyncIterator[list[Page]]:
    """Let eight people join by the code, each with their own cookies, the last two in a second Chromium."""
    async with AsyncExitStack() as stack:
        playwright = await stack.enter_async_context(async_playwright())
        browsers = []
        for _each in range(2):
            browser = await playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
            stack.push_async_callback(browser.close)
            browsers.append(browser)
        yield await asyncio.gather(
            *(join(browsers[place // 6], board, name) for place, name in enumerate(NAMES))
        )


async def join(browser: Browser, board: LiveBoard, name: str) -> Page:
    """Join by the code as somebody does who cannot scan, and wait for the live board."""
    context = await browser.new_context(viewport={"width": 1024, "height": 800})
    context.set_default_timeout(PATIENCE_MS)
    page = await context.new_page()
    await page.goto(f"{board.server.url}/join")
    await page.get_by_label("The code on the wall").fill(read_code(board))
    await page.get_by_role("button", name="Go on").click()
    await page.get_by_label("Your first name").fill(name)
    await page.get_by_label("I live here (resident)").check()
    await page.get_by_role("button", name="Take my seat").click()
    await page.locator(".board .card").first.wait_for(state="attached")
    return page


async def move(page: Page, words: str, theme: str) -> None:
    await ask_to_move(page, words)
    await choose(page, theme)


async def ask_to_move(page: Page, words: str) -> None:
    await page.locator(".slot:not(.echo) > .card").filter(has_text=words).focus()
    await page.keyboard.press("m")
    await page.locator("dialog[open]").wait_for()


async def rename(page: Page, theme: str, name: str) -> None:
    await page.get_by_role("heading", name=theme, exact=True).focus()
    await page.keyboard.press("n")
    await page.locator("dialog[open]").wait_for()
    await page.keyboard.press("Control+A")
    await choose(page, name)


async def add_theme(page: Page, name: str) -> None:
    await page.get_by_role("button", name="+ New theme").press("Enter")
    await choose(page, name)


async def choose(page: Page, words: str) -> None:
    """Type into the dialog that has the focus, then press Enter."""
    await page.locator("dialog[open]").wait_for()
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await page.locator("dialog[open]").wait_for(state="detached")


async def vote(page: Page, theme: str, dots: int) -> None:
    """Put dots on a theme by the ballot, and come back to the board."""
    seat = page.url
    await page.get_by_role("link", name="Vote").click()
    for number in range(dots):
        await page.get_by_role("button", name=f"One dot more {theme}").click()
        await expect(page.get_by_role("main")).to_contain_text(f"{4 - number} of 5 dots left")
    await page.goto(seat)
    await page.locator(".board .card").first.wait_for(state="attached")


def read_columns(board: LiveBoard) -> dict[str, list[str]]:
    """Read from the record which words stand under which heading."""
    state = board.read()
    names = {None: "Not yet placed"} | {theme["id"]: theme["name"] for theme in state["themes"]}
    columns: dict[str, list[str]] = {name: [] for name in (*names.values(), "Parked")}
    for card in state["cards"]:
        columns["Parked" if card["parked"] else names[card["home"]]].append(card["text"])
    return {name: sorted(texts) for name, texts in columns.items()}


def read_votes(board: LiveBoard) -> dict[str, int]:
    """Read from the record how many dots each theme has, by the names of now."""
    record = open_server_record(board.server)
    with record.reading() as session:
        dots = count_dots(session, board.workshop_id).dots
    record.close()
    names = {theme["id"]: theme["name"] for theme in board.read()["themes"]}
    return {names[theme_id]: count for theme_id, count in dots.items()}


async def wait_for_columns(page: Page, wanted: dict[str, list[str]]) -> None:
    """Wait until a page shows exactly these columns with these voices, all of it saved."""
    await expect(page.locator(".saved")).to_have_text("All saved")
    await page.wait_for_function(
        f"wanted => JSON.stringify(Object.entries(({READ_COLUMNS})()).sort())"
        " === JSON.stringify(Object.entries(wanted).sort())",
        arg=wanted,
    )


async def act_all_at_once(board: LiveBoard, pages: list[Page]) -> None:
    """Let the last one act without a line while all others act, then let the line come back."""
    amir, bea, chen, dee, eve, femi, gwen, hari = pages
    await hari.context.set_offline(True)
    acts: list[Awaitable[None]] = [
        move(amir, CARER, "nobody"),
        move(bea, WARM, "online"),
        move(chen, BUS, "online"),
        rename(dee, "Getting about", "Out and about"),
        add_theme(eve, "Warm places"),
        vote(femi, "Online", 2),
        vote(gwen, "Nobody listens", 3),
        move(hari, ASKED, "online"),
    ]
    await asyncio.gather(*acts)
    await expect(hari.locator(".saved")).to_have_text("Saving 1 move…")
    assert board.find_home(ASKED) == "Nobody listens"
    await hari.context.set_offline(False)
    await wait_for_all(board, pages)


async def want_one_card(pages: list[Page]) -> None:
    """Let everybody ask for the same card, and then all choose at once, half of them another theme."""
    await asyncio.gather(*(ask_to_move(page, MOVED_CENTRE) for page in pages))
    goals = ("warm", "online")
    await asyncio.gather(*(choose(page, goals[place % 2]) for place, page in enumerate(pages)))


async def wait_for_all(board: LiveBoard, pages: list[Page]) -> None:
    """Wait until all is saved, and every page shows what the record holds."""
    await asyncio.gather(*(expect(page.locator(".saved")).to_have_text("All saved") for page in pages))
    kept = read_columns(board)
    await asyncio.gather(*(wait_for_columns(page, kept) for page in pages))


def test_eight_browsers_act_at_once_and_end_with_what_the_record_holds(board: LiveBoard) -> None:
    async def spend_the_afternoon() -> int:
        async with seat_everybody(board) as pages:
            await act_all_at_once(board, pages)
            n_moves = board.read()["seq"]
            await want_one_card(pages)
            await wait_for_all(board, pages)
            return n_moves

    n_moves = asyncio.run(spend_the_afternoon())

    homes = {words: name for name, texts in read_columns(board).items() for words in texts}
    assert (homes[CARER], homes[WARM], homes[BUS]) == ("Nobody listens", "Online", "Online")
    assert (homes[ASKED], homes[KERBS]) == ("Online", "Out and about")
    assert n_moves == 6
    assert homes[MOVED_CENTRE] in ("Warm places", "Online")
    assert n_moves < board.read()["seq"] <= n_moves + len(NAMES)
    assert read_votes(board) == {"Out and about": 0, "Nobody listens": 3, "Online": 2, "Warm places": 0}
