"""Real browsers among the people of a hall: when a move is seen in the page itself."""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from playwright.async_api import Page, async_playwright

from benchmarks.room_clients import Mover
from benchmarks.room_faults import CATCH_UP_S
from benchmarks.room_hall import Hall
from tests.browser.conftest import find_chromium

LOOK_PAUSE_S = 0.2
PATIENCE_MS = 60_000
NOTE_MOVES = """() => {
    window.seenMoves = [];
    const note = (records) => {
        const now = Date.now();
        for (const { addedNodes } of records) for (const node of addedNodes) {
            if (!node.matches?.(".slot:not(.echo)")) continue;
            const { column } = node.closest(".column").dataset;
            window.seenMoves.push([Number(node.firstChild.dataset.id), column, now]);
        }
    };
    const board = document.querySelector(".columns");
    new MutationObserver(note).observe(board, { childList: true, subtree: true });
}"""
READ_HOMES = """() => [...document.querySelectorAll("[data-column^=theme-] .slot:not(.echo) > .card")]
    .map((card) => [card.dataset.id, card.closest(".column").dataset.column.slice(6)])"""


@dataclass
class Browsers:
    """The pages of real browsers on the board; ``waits`` in milliseconds, for each page and each move."""

    pages: list[Page] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    unseen: int = 0

    async def read_waits(self, mover: Mover) -> None:
        """Read from each page when it had each move that was sent so far."""
        ahead = time.time() - time.perf_counter()
        for page in self.pages:
            times: dict[tuple[int, str], list[float]] = defaultdict(list)
            for card, column, at in await page.evaluate("window.seenMoves"):
                times[card, column].append(at)
            for number in range(len(mover.seen.sent_at)):
                sent = 1000 * (mover.seen.sent_at[f"op-{number}"] + ahead)
                card, theme = mover.find_goal(number)
                later = times[card, f"theme-{theme}"]
                # The page's clock shows whole milliseconds.
                place = bisect_left(later, sent - 1)
                if place < len(later):
                    self.waits.append(max(0.0, later[place] - sent))
                else:
                    self.unseen += 1

    async def count_disagreeing(self, homes: Mapping[int, int]) -> int:
        """Count the pages that do not come to show each voice where the record has it."""
        return sum(await asyncio.gather(*(self._disagrees(page, homes) for page in self.pages)))

    async def _disagrees(self, page: Page, homes: Mapping[int, int]) -> bool:
        deadline = time.perf_counter() + CATCH_UP_S
        while {int(card): int(theme) for card, theme in await page.evaluate(READ_HOMES)} != homes:
            if time.perf_counter() > deadline:
                return True
            await asyncio.sleep(LOOK_PAUSE_S)
        return False


@asynccontextmanager
async def open_browsers(hall: Hall, n_browsers: int) -> AsyncIterator[Browsers]:
    """Let so many people join with a real Chromium, each with cookies of their own."""
    browsers = Browsers()
    if n_browsers == 0:
        yield browsers
        return
    chromium = find_chromium()
    if chromium is None:
        raise SystemExit("Chromium is not installed: install it, or leave --browsers out.")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for number in range(n_browsers):
            context = await browser.new_context(viewport={"width": 1280, "height": 800})
            context.set_default_timeout(PATIENCE_MS)
            browsers.pages.append(await context.new_page())
            await _join(browsers.pages[-1], hall, number)
        yield browsers
        await browser.close()


async def _join(page: Page, hall: Hall, number: int) -> None:
    await page.goto(f"{hall.find_url(number)}/join/{hall.join_key}")
    await page.get_by_label("Your first name").fill(f"Browser {number + 1}")
    await page.get_by_label("I live here (resident)").check()
    await page.get_by_role("button", name="Take my seat").click()
    await page.locator(".board .card").first.wait_for(state="attached")
    await page.evaluate(NOTE_MOVES)
