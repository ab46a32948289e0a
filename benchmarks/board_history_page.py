"""The history in a real browser: what a step costs until it is painted.

    python -m benchmarks.board_history_page [--voices 300] [--moves 500] [--steps 60] [--goal 200]

Starts the server, makes random moves on a board, opens its history in Chromium and goes to random steps
and to the next one, as the slider and the key do. Prints milliseconds from the press to the second frame
after it, and exits 1 when the slowest of ten steps (the 90th percentile) misses the goal.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.board_history import play
from tests.browser.board_states import open_server_record
from tests.browser.conftest import find_chromium, make_first_account
from tests.server import AppServer
from tests.workshop.conftest import Table, make_room, make_table

N_THEMES = 20
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
GO = """async (goal) => {
  const find = (root) => root.querySelector(".replay input[type=range]") ??
    [...root.querySelectorAll("*")].map((each) => each.shadowRoot && find(each.shadowRoot)).find(Boolean);
  const slider = find(document);
  const frame = () => new Promise(requestAnimationFrame);
  await frame();
  slider.value = String(goal);
  const start = performance.now();
  slider.dispatchEvent(new Event("input"));
  const drawn = performance.now() - start;
  await frame();
  await frame();
  return [drawn, performance.now() - start];
}"""


def fill_board(server: AppServer, n_voices: int, n_moves: int, dice: random.Random) -> Table:
    """Deal a board with themes in the server's record, and make random moves on it."""
    record = open_server_record(server)
    room = make_room(record, [f"What voice {number} said about it." for number in range(n_voices)])
    names = [f"Theme {number}" for number in range(N_THEMES)]
    table = make_table(room, names=names, voices_each=n_voices // N_THEMES)
    play(table, n_moves, dice)
    return table


def open_history(browser: Browser, server: AppServer, cookies: dict, table: Table, size: dict) -> Page:
    """Open the history and wait until it stands."""
    page = browser.new_page(storage_state=cookies, viewport=size)
    asked = f"engagement={table.room.engagement_id}&workshop={table.workshop_id}"
    page.goto(f"{server.url}/history?{asked}")
    page.locator(".replay:not([aria-busy])").wait_for()
    page.wait_for_load_state("networkidle")
    return page


def measure(page: Page, goals: list[int]) -> list[tuple[float, float]]:
    """Go to these steps; give the milliseconds of drawing and until painted for each."""
    return [tuple(page.evaluate(GO, goal)) for goal in goals]


def report(what: str, took: list[tuple[float, float]]) -> float:
    """Print a line, and give the 90th percentile until painted."""
    drawn, painted = zip(*took, strict=True)
    high = statistics.quantiles(painted, n=10)[-1]
    middle, alone = statistics.median(painted), statistics.median(drawn)
    print(f"{what}: {middle:.0f} ms (median), {high:.0f} ms (90th percentile), {alone:.0f} ms of it drawing")
    return high


def main() -> int:
    """Fill, look, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, usual in (("voices", 300), ("moves", 500), ("steps", 60), ("seed", 614), ("goal", 200)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    highs = []
    with AppServer() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        front = browser.new_page()
        make_first_account(front, server)
        cookies = front.context.storage_state()
        table = fill_board(server, options.voices, options.moves, dice)
        last = table.look()["seq"]
        print(f"{last} moves on {options.voices} voices in {N_THEMES} themes")
        for size in (WIDE, PHONE):
            page = open_history(browser, server, cookies, table, size)
            at = f"at {size['width']} px"
            far = [dice.randint(0, last) for _step in range(options.steps)]
            highs.append(report(f"a random step {at}", measure(page, far)))
            near = list(range(last - options.steps, last))
            highs.append(report(f"the next step {at}", measure(page, near)))
            page.close()
        browser.close()
    return 0 if max(highs) < options.goal else 1


if __name__ == "__main__":
    sys.exit(main())
