"""Voices alike, by the keyboard alone, with nobody kept out."""

from __future__ import annotations

from playwright.sync_api import Page

from engagement.engagements import start_engagement
from engagement.listen.importing import import_files
from engagement.people.permissions import COMMAND_LINE
from models.database import Record
from models.sources import SourceKind
from tests.browser.access import change_look, list_findings
from tests.browser.by_keys import tab_to
from tests.browser.example_state import find_record_url
from tests.server import AppServer

CARDS = (
    b"The 22 stops at six so I don't go out after tea.\nThe 22 stops at six, so i dont go out\n"
    b"Keep Abbey Baths open, it is the only pool near here.\n"
    b"Please keep Abbey Baths open, it is the only pool near here. Thank you.\n"
    b"Keep the Abbey Baths open, it is the only pool here.\n"
)


def test_groups_are_found_decided_and_taken_back_by_keys_and_keep_nobody_out(
    page: Page, server: AppServer
) -> None:
    record = Record(find_record_url(server.data_dir))
    with record.writing() as session:
        engagement_id = start_engagement(session, COMMAND_LINE, "Voices alike")
        import_files(session, COMMAND_LINE, engagement_id, [("cards.txt", CARDS)], SourceKind.EVENT)
    record.close()
    page.goto(f"{server.url}/alike?engagement={engagement_id}")

    look = page.get_by_role("button", name="Look for voices that are alike")
    look.wait_for()
    tab_to(page, look)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2 groups of voices still to decide about").wait_for()
    for scheme, width in (("light", 390), ("dark", 1440)):
        change_look(page, scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert list_findings(page) == [], f"{width} px, {scheme}"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("o")
    page.get_by_role("heading", name="1 group of voices still to decide about").wait_for()
    page.keyboard.press("b")
    page.get_by_role("heading", name="Nothing to decide about").wait_for()
    page.keyboard.press("u")
    page.get_by_role("heading", name="1 group of voices still to decide about").wait_for()
