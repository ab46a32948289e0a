"""Moving about: the browser's own Back and Reload do what people expect of them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.board_states import open_server_record
from tests.builders import add_voices
from tests.server import AppServer


@pytest.fixture(scope="module")
def engagement_id(server: AppServer) -> int:
    """An engagement with one voice."""
    record = open_server_record(server)
    with record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six."], engagement="Moving about").id
    record.close()
    return engagement_id


def expect_heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words, level=1, exact=True)).to_be_visible()


def test_back_goes_to_the_screen_before_and_reload_stays_in_the_engagement(
    page: Page, server: AppServer, administrator_state: dict, engagement_id: int
) -> None:
    page.goto(f"{server.url}/voices?engagement={engagement_id}")
    expect_heading(page, "Voices")

    page.get_by_test_id("stSidebar").get_by_role("link", name="Ledger").click()
    expect_heading(page, "Ledger")
    page.wait_for_url(f"**/ledger?engagement={engagement_id}")
    page.reload()
    expect_heading(page, "Ledger")

    page.go_back()
    expect_heading(page, "Voices")
    page.wait_for_url(f"**/voices?engagement={engagement_id}")
