"""Last year's themes in a browser: brought in, tried by the worker, made into a board."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.boards import ProposedTheme, open_board
from models.database import Record
from models.voices import Voice
from tests.browser.access import list_findings
from tests.browser.example_state import find_record_url
from tests.builders import add_voices
from tests.server import AppServer
from tests.theming.made_up_texts import BUSES, LONELINESS

PATIENCE_MS = 120_000


def add_two_years(url: str) -> int:
    """Add last year's engagement with two agreed themes, and this year's with voices alone; give its id."""
    buses, loneliness = (block.strip().splitlines() for block in (BUSES, LONELINESS))
    record = Record(url)
    with record.writing() as session:
        old = add_voices(session, [*buses[:8], *loneliness[:8]], engagement="Listening 2025").id
        ids = [voice.id for voice in session.query(Voice).filter_by(engagement_id=old).order_by(Voice.id)]
        themes = [
            ProposedTheme(None, "Getting about", tuple(ids[:8])),
            ProposedTheme(None, "Being alone", tuple(ids[8:])),
        ]
        open_board(session, COMMAND_LINE, old, "Workshop 2025", themes)
        new = add_voices(session, [*buses[8:], *loneliness[8:]], engagement="Listening 2026").id
    record.close()
    return new


def test_last_years_themes_become_the_columns_of_a_new_board(page: Page, server: AppServer) -> None:
    engagement_id = add_two_years(find_record_url(server.data_dir))
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{server.url}/last_years_themes?engagement={engagement_id}")

    page.get_by_role("button", name="Try these themes on the voices").click()
    page.get_by_text("Nothing is decided yet").wait_for(timeout=PATIENCE_MS)
    expect(page.get_by_role("table")).to_contain_text("Getting about")
    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Make a board from this").click()
    page.get_by_label("Name of the workshop").fill("Workshop 1")
    page.get_by_role("button", name="Make the board").click()

    page.locator(".column .card").first.wait_for(timeout=PATIENCE_MS)
    names = page.locator(".column h2").all_inner_texts()
    assert [name for name in names if name in ("Getting about", "Being alone")] == [
        "Getting about",
        "Being alone",
    ]
