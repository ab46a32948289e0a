"""Notes are split, joined and marked by keys alone, beside their page, and saved as they were cut."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from engagement.engagements import start_engagement
from engagement.listen.verify import verify_voices
from engagement.people.permissions import COMMAND_LINE
from models.database import Record
from models.voices import Voice
from tests.browser.access import change_look, list_findings
from tests.browser.example_state import find_record_url
from tests.browser.walk_steps import Walk
from tests.listen.pdf_pages import set_lines, write_pdf
from tests.server import AppServer

NOTES = (
    "# What works well?\n"
    "- The 🚌 never comes. We wait for ever. Still, we wait.\n"
    "- Nobody rings\n"
    "at all.\n"
    "Tea came late\n"
    "The park.\n"
)


@pytest.fixture(scope="module")
def engagement_id(server: AppServer, administrator_state: dict) -> int:
    """An engagement without sources, in the record of the server."""
    with Record(find_record_url(server.data_dir)).writing() as session:
        return start_engagement(session, COMMAND_LINE, "By hand")


def open_desk(page: Page, server: AppServer, engagement_id: int, path: Path) -> Locator:
    walk = Walk(page, server.url, engagement_id)
    walk.open("sources", "Sources")
    walk.add_file(path)
    page.get_by_role("switch", name="Split and join by hand").press("Space")
    desk = page.get_by_role("region", name="Split and join by hand")
    expect(desk.get_by_role("listbox")).to_be_focused()
    return desk


def test_notes_are_cut_by_keys_alone_and_saved_as_they_were_cut(
    page: Page, server: AppServer, engagement_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(NOTES, encoding="utf-8")
    desk = open_desk(page, server, engagement_id, path)
    status = desk.get_by_role("status")
    expect(status).to_have_text("Voice 1 of 5, line 2.")

    page.keyboard.press("s")
    expect(status).to_have_text("Cut before “We wait for ever. Still, we…”? Place 4 of 10.")
    for key in (
        "s",
        "ArrowRight",
        "ArrowLeft",
        "Enter",
        "ArrowDown",
        "j",
        "ArrowDown",
        "n",
        "u",
        "u",
        "r",
        "r",
    ):
        page.keyboard.press("ArrowDown" if key == "↓" else key)

    expect(status).to_contain_text("line 5.")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("Tea came late")
    expect(desk.get_by_role("option", selected=True)).to_contain_text("by hand as the facilitator's notes")
    expect(page.get_by_role("heading", name="1 source, 4 voices. Nothing is saved yet.")).to_be_visible()
    page.keyboard.press("j")
    expect(status).to_contain_text("These words are no voice.")
    Walk(page, server.url, engagement_id).save_voices(4)

    with Record(find_record_url(server.data_dir)).reading() as session:
        query = select(Voice.text).where(Voice.engagement_id == engagement_id).order_by(Voice.position)
        assert list(session.scalars(query)) == [
            "The 🚌 never comes. We wait for ever.",
            "Still, we wait.",
            "Nobody rings\nat all.",
            "The park.",
        ]
        assert verify_voices(session, engagement_id) == ()


def test_buttons_do_what_keys_do_and_the_page_follows(
    page: Page, server: AppServer, engagement_id: int, tmp_path: Path
) -> None:
    path = tmp_path / "other.txt"
    path.write_text(f"{NOTES}The library.\n", encoding="utf-8")
    desk = open_desk(page, server, engagement_id, path)

    desk.get_by_role("option", name="Nobody rings").click()
    expect(desk.locator(".original .here")).to_have_text("Nobody rings")
    desk.get_by_role("button", name="Leave out").click()
    expect(desk.get_by_role("option", selected=True)).to_contain_text("left out by hand")
    desk.get_by_role("button", name="Undo").click()
    expect(desk.get_by_role("status")).to_have_text("Voice 2 of 6, line 3.")
    desk.get_by_role("button", name="Split…").press("Enter")
    expect(desk.get_by_role("button", name="Cut here")).to_be_focused()
    page.keyboard.press("Enter")
    expect(desk.get_by_role("status")).to_have_text("Voice 3 of 7, line 3.")

    for scheme, width in (("dark", 1440), ("light", 320)):
        page.set_viewport_size({"width": width, "height": 900})
        change_look(page, scheme)
        assert list_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_picture_of_a_pdf_follows_the_voice(
    page: Page, server: AppServer, engagement_id: int, tmp_path: Path
) -> None:
    pages = [set_lines(["The bus never comes."]), set_lines(["The park.", "- And a bench."])]
    path = tmp_path / "notes.pdf"
    path.write_bytes(write_pdf(pages))
    desk = open_desk(page, server, engagement_id, path)
    expect(page.get_by_alt_text("Page 1 of the file, as it was written")).to_be_visible()

    page.keyboard.press("End")

    expect(desk.get_by_role("status")).to_have_text("Voice 3 of 3, page 2, paragraph 2.")
    expect(page.get_by_alt_text("Page 2 of the file, as it was written")).to_be_visible()
    assert list_findings(page) == []
