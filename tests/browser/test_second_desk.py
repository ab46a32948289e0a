"""A second person at the desk, with the keyboard alone, and a page that can be taken away."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.double_theming import ask_for_sample
from models.database import Record
from models.double_theming import SecondAnswer, SecondSample
from tests.browser.access import list_findings
from tests.browser.example_state import find_record_url
from tests.server import AppServer
from tests.workshop.conftest import Table
from tests.workshop.dealt import deal_board


@pytest.fixture(scope="module")
def dealt(server: AppServer, administrator_state: dict) -> Table:
    """A board with candidate themes in the record of the server."""
    return deal_board(Record(find_record_url(server.data_dir)))


@pytest.fixture
def desk_address(server: AppServer, dealt: Table) -> str:
    """The address of the desk of a fresh sample of seven voices."""
    with dealt.record.writing() as session:
        sample_id = ask_for_sample(session, COMMAND_LINE, dealt.workshop_id, seed=614)
    return f"{server.url}/second_theming?engagement={dealt.room.engagement_id}&sample={sample_id}"


def open_desk(page: Page, address: str) -> Locator:
    page.goto(address)
    desk = page.get_by_role("region", name="Theme one voice at a time")
    desk.wait_for()
    return desk


def read_kept(table: Table) -> list[int | None]:
    """Read the answers to the newest sample, the oldest first."""
    with table.record.reading() as session:
        newest = select(func.max(SecondSample.id)).scalar_subquery()
        kept = select(SecondAnswer.theme_id).where(SecondAnswer.sample_id == newest)
        return list(session.scalars(kept.order_by(SecondAnswer.id)))


def test_a_sample_is_themed_by_keys_left_and_taken_up_again(
    page: Page, dealt: Table, desk_address: str
) -> None:
    desk = open_desk(page, desk_address)
    first = desk.locator("blockquote").inner_text()
    for key in ("1", "2", "0"):
        page.keyboard.press(key)
    expect(desk.get_by_role("status")).to_have_text("Voice 4 of 7. 3 done, all saved.")
    assert len(read_kept(dealt)) == 3

    desk = open_desk(page, desk_address)
    expect(desk.get_by_role("status")).to_have_text("Voice 4 of 7. 3 done, all saved.")
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    expect(desk.locator("blockquote")).to_have_text(first)
    expect(desk.get_by_role("button", name="Getting about")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("3")
    for key in "1231":
        page.keyboard.press(key)
    expect(desk.get_by_role("status")).to_have_text("7 done, all saved.")
    expect(desk).to_contain_text("All voices are done")

    kept = read_kept(dealt)
    assert len(kept) == 8
    assert kept[2] is None
    page.get_by_role("button", name="Leave the desk").click()
    newest_sample = page.get_by_text("Two people agree on").first
    expect(newest_sample).to_be_visible()


def test_a_desk_that_is_opened_again_keeps_a_change_of_mind(
    page: Page, dealt: Table, desk_address: str
) -> None:
    desk = open_desk(page, desk_address)
    for _voice in range(7):
        page.keyboard.press("1")
        expect(desk.get_by_role("status")).to_contain_text("all saved")
    page.get_by_role("button", name="Leave the desk").click()
    page.get_by_role("button", name="Look at my answers to sample").first.click()
    desk.wait_for()
    expect(desk).to_contain_text("All voices are done")
    n_kept = len(read_kept(dealt))

    page.keyboard.press("ArrowLeft")
    page.keyboard.press("2")

    expect(desk.get_by_role("status")).to_have_text("7 done, all saved.")
    assert len(read_kept(dealt)) == n_kept + 1


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_the_desk_keeps_nobody_out(page: Page, desk_address: str, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    open_desk(page, desk_address)

    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_downloaded_page_keeps_nobody_out(page: Page, desk_address: str, tmp_path: Path) -> None:
    page.goto(desk_address.replace("/second_theming", "/method").partition("&")[0])
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the method card (page)").click()
    download.value.save_as(tmp_path / "card.html")

    for scheme, width in (("light", 320), ("dark", 1440)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.goto((tmp_path / "card.html").as_uri())
        assert list_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
