"""The map of voices: the words of a point are reached by keyboard alone, and axe finds nothing."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from engagement.jobs import claim_job
from engagement.people.permissions import COMMAND_LINE
from engagement.theming_runs.asking import ask_for_themes, run_theming_job
from models.database import Record
from tests.browser.access import list_findings
from tests.browser.example_state import find_record_url
from tests.builders import add_voices
from tests.server import AppServer
from tests.theming.made_up_texts import TEXTS

PICTURES = ("Map of voices", "Tree", "By source")


@pytest.fixture(scope="module")
def engagement_id(server: AppServer) -> int:
    """An engagement whose voices the machine has themed."""
    record = Record(find_record_url(server.data_dir))
    with record.writing() as session:
        made = add_voices(session, TEXTS, engagement="A map").id
        ask_for_themes(session, COMMAND_LINE, made)
        job = claim_job(session)
    if job is not None:
        run_theming_job(record, job)
    record.close()
    return made


def open_picture(page: Page, server: AppServer, engagement_id: int, picture: str) -> None:
    page.goto(f"{server.url}/candidate_themes?engagement={engagement_id}")
    page.get_by_role("radio", name=picture).click(timeout=90_000)
    # Streamlit paints a chosen button under the pointer too pale; no setting of ours reaches that.
    page.mouse.move(0, 0)
    page.get_by_test_id("stVegaLiteChart").or_(page.locator(".counts, .plain")).first.wait_for()


def test_a_voice_on_the_map_is_read_by_keyboard(page: Page, server: AppServer, engagement_id: int) -> None:
    open_picture(page, server, engagement_id, "Map of voices")

    chosen = page.get_by_role("combobox").nth(1)
    chosen.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    words = page.locator("figure.voice blockquote")
    words.wait_for()
    assert words.inner_text() in TEXTS
    link = page.get_by_role("link", name="Follow its thread")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Thread", level=1).wait_for()


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_keeps_nobody_out(page: Page, server: AppServer, engagement_id: int, picture: str) -> None:
    for scheme, width in (("light", 1440), ("dark", 320)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        open_picture(page, server, engagement_id, picture)
        assert list_findings(page) == [], f"{width} px, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
