"""Take the pictures of the guide anew: a real server, a real browser, the example engagement.

``python -m docs.take_pictures`` writes those of the guide; with ``--widths 390,1440 --out FOLDER`` it takes
every screen at those widths, to look at.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from docs.picture_stage import Stage, set_stage
from engagement.people.permissions import COMMAND_LINE
from engagement.screens.contents import CONTENTS
from engagement.settings import HOUSE
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import get_room
from engagement.workshop.rounds import USUAL_ROUNDS, plan_rounds, start_round
from engagement.workshop.seats import take_seat
from models.database import Record
from tests.browser.conftest import find_chromium, make_first_account
from tests.browser.example_state import ExampleState, build_example, find_record_url
from tests.browser.walk_steps import Walk
from tests.server import AppServer

GUIDE = Path(__file__).parent / "guide" / "pictures"
HEIGHTS = {390: 844, 1440: 900, 1920: 1080}
N_COLOURS = 128
SETTLE_MS = 2500
N_STEPS_AT_DESK = 3
STAGED = ("type_in", "public_forms", "alike")
"""Screens of which the example has nothing to show."""


def take_pictures(widths: list[int], out: Path) -> None:
    """Start a server, put the example into it, and take each screen at each width."""
    out.mkdir(parents=True, exist_ok=True)
    with AppServer() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(server.url)
        page.wait_for_load_state("networkidle")
        keep_picture(page, out / "first-start-1440.png")
        make_first_account(page, server)
        cookies = page.context.storage_state()
        example = build_example(find_record_url(server.data_dir))
        stage = set_stage(find_record_url(server.data_dir))
        take_seat_pages(browser, server, example, out)
        take_projector(browser, cookies, server.url, example, out)
        for width in widths:
            take_screens(browser, cookies, server.url, example, stage, width, out)
        browser.close()


def take_screens(
    browser: Browser, cookies: dict, url: str, example: ExampleState, stage: Stage, width: int, out: Path
) -> None:
    """Take every screen at one width."""
    size = {"width": width, "height": HEIGHTS.get(width, 900)}
    context = browser.new_context(storage_state=cookies, viewport=size)
    page = context.new_page()
    for screen in CONTENTS:
        if screen.address == "check_words":
            open_check(page, url, stage.engagement_id)
        else:
            page.goto(f"{url}/{screen.address}?{write_query(screen.address, example, stage)}")
            page.get_by_role("heading", level=1).first.wait_for()
        page.wait_for_timeout(SETTLE_MS)
        keep_picture(page, out / f"{screen.file.removesuffix('.py')}-{width}.png")
        if screen.address == "check_words":
            open_desk(page)
            keep_picture(page, out / f"cutting_desk-{width}.png")
    page.goto(f"{url}/type/{stage.occasion_id}")
    page.locator("#words").wait_for()
    keep_picture(page, out / f"typing-{width}.png")
    context.close()


def take_seat_pages(browser: Browser, server: AppServer, example: ExampleState, out: Path) -> None:
    """Open the doors of the example's workshop, join with a phone, and take what it shows."""
    record = Record(find_record_url(server.data_dir))
    with record.writing() as session:
        open_doors(session, COMMAND_LINE, example.workshop_id)
        plan_rounds(session, COMMAND_LINE, example.workshop_id, USUAL_ROUNDS)
        room = get_room(session, COMMAND_LINE, example.workshop_id)
        start_round(session, COMMAND_LINE, example.workshop_id, room.rounds[1].id)
        for name, sector in (("Jo", "VCSE"), ("Amina", "NHS"), ("Priya", "council")):
            take_seat(session, room.join_key or "", name, sector)
    record.close()
    context = browser.new_context(viewport={"width": 390, "height": HEIGHTS[390]}, has_touch=True)
    page = context.new_page()
    page.goto(f"{server.url}/join/{room.join_key}")
    page.get_by_label("Your first name").fill("Sam")
    page.get_by_label("I live here (resident)").check()
    keep_picture(page, out / "join-390.png")
    page.get_by_role("button", name="Take my seat").click()
    page.locator(".board .card").first.wait_for(state="attached")
    page.wait_for_timeout(SETTLE_MS)
    keep_picture(page, out / "seat-390.png")
    context.close()


def take_projector(browser: Browser, cookies: dict, url: str, example: ExampleState, out: Path) -> None:
    """Take the projector of the example's workshop, on a wall."""
    context = browser.new_context(storage_state=cookies, viewport={"width": 1920, "height": HEIGHTS[1920]})
    page = context.new_page()
    page.goto(f"{url}/screen/{example.workshop_id}")
    page.locator("#stage").wait_for()
    page.wait_for_timeout(SETTLE_MS)
    keep_picture(page, out / "screen-1920.png")
    context.close()


def open_check(page: Page, url: str, engagement_id: int) -> None:
    """Bring the first notes of the example in, as far as the check of the words."""
    walk = Walk(page, url, engagement_id)
    walk.open("sources", "Sources")
    walk.add_file(sorted((HOUSE / "data" / "examples").glob("*.docx"))[0])


def open_desk(page: Page) -> None:
    """Open the cutting desk on what is being checked, on a voice that is about to be split."""
    page.get_by_role("switch", name="Split and join by hand").press("Space")
    desk = page.get_by_role("region", name="Split and join by hand")
    voices = desk.get_by_role("listbox")
    voices.focus()
    for _ in range(N_STEPS_AT_DESK):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("s")
    desk.scroll_into_view_if_needed()
    page.wait_for_timeout(SETTLE_MS)


def write_query(address: str, example: ExampleState, stage: Stage) -> str:
    """Write what a screen's address says about what it shows."""
    if address in STAGED:
        return f"engagement={stage.engagement_id}"
    about = {
        "priority": f"&priority={example.priority_ids[0]}",
        "thread": f"&action={example.action_id}",
        "board": f"&workshop={example.workshop_id}",
    }
    return f"engagement={example.engagement_id}{about.get(address, '')}"


def keep_picture(page: Page, path: Path) -> None:
    """Keep what the page shows as a small PNG."""
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(N_COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Take pictures of every screen.")
    parser.add_argument("--widths", default="1440")
    parser.add_argument("--out", type=Path, default=GUIDE)
    given = parser.parse_args()
    take_pictures([int(width) for width in given.widths.split(",")], given.out)
