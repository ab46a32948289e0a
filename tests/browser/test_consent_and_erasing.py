"""Consent, language and erasing beside the words: by keyboard alone, and axe finds nothing in what opens."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from engagement.engagements import start_engagement
from engagement.listen.importing import import_files
from engagement.listen.voices import list_voices, withdraw_voice
from engagement.people.permissions import COMMAND_LINE
from models.database import Record
from models.sources import Source, SourceKind
from tests.browser.access import change_look, list_findings
from tests.browser.example_state import find_record_url
from tests.server import AppServer

URDU = "میں اکیلی ہوں اور شام کو کوئی بھی مجھ سے بات نہیں کرتا"
ENGLISH = "I am alone and nobody talks to me"
SAID = ("# What would help?", URDU, "My brother drinks since the foundry closed", "A bench by the shops")


@pytest.fixture
def engagement_id(server: AppServer, request: pytest.FixtureRequest) -> int:
    """An engagement with a voice in Urdu, one that was withdrawn, and a source whose day is over."""
    record = Record(find_record_url(server.data_dir))
    with record.writing() as session:
        made = start_engagement(session, COMMAND_LINE, request.node.name)
        files = [("lunch.txt", "\n- ".join(SAID).encode())]
        import_files(session, COMMAND_LINE, made, files, SourceKind.FOCUS_GROUP)
        voices = list_voices(session, COMMAND_LINE, made)
        withdraw_voice(session, COMMAND_LINE, voices[1].id, "asked by phone")
        session.execute(
            update(Source).where(Source.engagement_id == made).values(keep_until=date(2024, 3, 31))
        )
    record.close()
    return made


def open_by_key(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.focus()
    page.keyboard.press("Enter")


def look_at_it(page: Page, scheme: str, width: int) -> None:
    change_look(page, scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_consent_and_translation_are_kept_by_keyboard(
    page: Page, server: AppServer, engagement_id: int
) -> None:
    page.goto(f"{server.url}/voices?engagement={engagement_id}")
    words = page.locator("blockquote[lang=ur]")
    words.wait_for()
    assert words.evaluate("(element) => getComputedStyle(element).direction") == "rtl"

    open_by_key(page, "Language")
    translation = page.get_by_role("textbox", name="In English")
    translation.wait_for()
    look_at_it(page, "light", 390)
    translation.focus()
    page.keyboard.type(ENGLISH)
    page.get_by_role("button", name="Save the translation").focus()
    page.keyboard.press("Enter")
    expect(page.locator("p.translation[lang=en]")).to_have_text(f"In English: {ENGLISH}")

    open_by_key(page, "Consent")
    page.get_by_label("How do we know? (no names)").wait_for()
    look_at_it(page, "dark", 1440)
    page.get_by_label("How do we know? (no names)").focus()
    page.keyboard.type("told me after the group")
    page.get_by_role("button", name="Save the consent").focus()
    page.keyboard.press("Enter")
    page.get_by_text("agreed apart from the source").wait_for()


def test_words_are_erased_by_keyboard_after_the_word_is_typed(
    page: Page, server: AppServer, engagement_id: int
) -> None:
    page.goto(f"{server.url}/sources?engagement={engagement_id}")
    page.get_by_role("heading", name="Due for erasure").wait_for()
    look_at_it(page, "light", 390)

    open_by_key(page, "Erase 3 voices for good")
    word = page.get_by_label("Type “erase” to confirm")
    word.wait_for()
    look_at_it(page, "dark", 1440)
    word.focus()
    page.keyboard.type("erase")
    page.get_by_role("button", name="Erase for good").focus()
    page.keyboard.press("Enter")

    page.get_by_text("The words of 3 voices were erased for good.").wait_for()
    expect(page.get_by_role("heading", name="Due for erasure")).to_have_count(0)
    page.goto(f"{server.url}/voices?engagement={engagement_id}")
    expect(page.get_by_text("foundry")).to_have_count(0)
