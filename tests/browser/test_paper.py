"""Paper in a real browser: print, type numbers, see what would happen, do it, take it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.access import list_findings
from tests.browser.board_states import SAID, LiveBoard, deal_board
from tests.server import AppServer
from tests.workshop.paper_cards import read_pages

CARER, KERBS = SAID[4], SAID[1]
CHINESE = "我坐不到公交车"


@pytest.fixture
def board(server: AppServer, administrator_state: dict, request: pytest.FixtureRequest) -> LiveBoard:
    """A board of this test alone."""
    return deal_board(server, request.node.name)


def open_paper(page: Page, board: LiveBoard) -> Page:
    page.goto(f"{board.server.url}/paper?engagement={board.engagement_id}&workshop={board.workshop_id}")
    page.get_by_role("heading", name="Bring it back").wait_for()
    return page


def open_page(page: Page, board: LiveBoard, what: str) -> Page:
    page.goto(f"{board.server.url}/paper/{board.workshop_id}/{what}")
    page.get_by_role("heading", level=1).wait_for()
    return page


def squeeze(text: str) -> str:
    """Leave out spaces: where a line ends in a long address, none was there."""
    return "".join(text.split())


def read_numbers(page: Page, board: LiveBoard) -> dict[str, str]:
    """Read off the printed cards which number stands on whose words."""
    open_page(page, board, "cards")
    cards = [card.inner_text().split("\n") for card in page.get_by_role("article").all()]
    return {
        next(words for words in board.voices if any(words == line for line in lines)): lines[0]
        for lines in cards
    }


def test_paper_goes_out_comes_back_as_one_act_and_is_taken_back(page: Page, board: LiveBoard) -> None:
    numbers = read_numbers(page, board)
    open_paper(page, board)
    page.get_by_label("Theme 3, Online: cards").fill(f"{numbers[CARER]}, {numbers[KERBS]}, 999")
    page.get_by_label("Name of new theme 1").fill("Warm places")
    page.get_by_label("Cards of new theme 1").fill(numbers[SAID[7]])
    page.get_by_role("button", name="Show what would happen").click()
    expect(page.get_by_text("There is no card 999")).to_be_visible()
    expect(page.get_by_role("button", name="Bring it back to the board")).to_have_count(0)

    page.get_by_label("Theme 3, Online: cards").fill(f"{numbers[CARER]}, {numbers[KERBS]}")
    page.get_by_role("button", name="Show what would happen").click()
    row = page.get_by_role("row", name="Online")
    expect(row).to_have_text("Online2020")
    expect(page.get_by_role("row", name="Warm places (new)")).to_be_visible()
    assert board.read()["seq"] == 0
    page.get_by_role("button", name="Bring it back to the board").click()

    expect(page.get_by_text("brought the paper back: 3 voices and 1 new theme").first).to_be_visible()
    assert board.find_home(CARER) == board.find_home(KERBS) == "Online"
    assert board.find_home(SAID[7]) == "Warm places"
    expect(page.get_by_label("Theme 3, Online: cards")).to_have_value("")
    page.get_by_role("button", name="Take it back").click()

    expect(page.get_by_text("It is taken back.")).to_be_visible()
    assert (board.find_home(CARER), board.find_home(KERBS)) == (None, "Getting about")
    expect(page.get_by_role("button", name="Take it back")).to_have_count(0)


def test_a_sheet_goes_out_and_comes_back_filled_in(page: Page, board: LiveBoard, tmp_path: Path) -> None:
    open_paper(page, board).get_by_text("Upload a sheet (CSV)").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a sheet").click()
    download.value.save_as(tmp_path / "cards.csv")
    filled = (tmp_path / "cards.csv").read_text("utf-8-sig").replace("1,Getting about", "1,Online", 1)
    (tmp_path / "cards.csv").write_text(filled, "utf-8")
    page.locator("input[type=file]").set_input_files(tmp_path / "cards.csv")
    page.get_by_role("button", name="Bring it back to the board").click()

    expect(page.get_by_text("brought the paper back: 1 voice").first).to_be_visible()
    assert board.find_home(SAID[0]) == "Online"


def test_the_keyboard_alone_brings_paper_back(page: Page, board: LiveBoard) -> None:
    open_paper(page, board).get_by_label("Theme 1, Getting about: cards").focus()
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name="Bring it back to the board")
    button.wait_for()
    page.get_by_role("button", name="Show what would happen").focus()
    page.keyboard.press("Tab")
    while not button.evaluate("button => button === document.activeElement"):
        assert page.evaluate("() => document.activeElement !== document.body")
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("brought the paper back: 1 voice").first).to_be_visible()


def test_the_pdf_downloads_with_every_word(page: Page, board: LiveBoard, tmp_path: Path) -> None:
    open_paper(page, board)
    with page.expect_download() as download:
        page.get_by_role("link", name="Download 11 cards as PDF").click()
    download.value.save_as(tmp_path / "cards.pdf")

    pages = read_pages((tmp_path / "cards.pdf").read_bytes())
    assert len(pages) == 2
    assert all(any(squeeze(words) in squeeze(text) for text in pages) for words in SAID)


def test_letters_without_a_font_are_told_before_anything_is_printed(page: Page, server: AppServer) -> None:
    board = deal_board(server, "Chinese", (*SAID[:8], CHINESE))

    open_paper(page, board)

    told = page.get_by_text("letters that the PDF cannot show")
    expect(told).to_contain_text(f"Card 9 holds letters that the PDF cannot show: {CHINESE}")
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Open 9 cards as a page to print").click()
    expect(opened.value.get_by_text(CHINESE)).to_be_visible()


@pytest.mark.parametrize(("what", "n_sheets"), [("cards", 2), ("headings?empty=1", 2)])
def test_the_page_prints_on_a4_with_no_card_broken(
    page: Page, board: LiveBoard, what: str, n_sheets: int
) -> None:
    printed = read_pages(open_page(page, board, what).pdf(prefer_css_page_size=True))

    assert len(printed) == n_sheets
    assert "Print this page" not in " ".join(printed)
    if what == "cards":
        assert all(sum(squeeze(words) in squeeze(text) for text in printed) == 1 for words in SAID)


@pytest.mark.parametrize(("scheme", "width"), [("light", 320), ("dark", 1440)])
def test_nobody_is_kept_out_of_paper(page: Page, board: LiveBoard, scheme: str, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    for what in ("cards", "headings"):
        assert list_findings(open_page(page, board, what)) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    open_paper(page, board).get_by_label("Theme 1, Getting about: cards").fill("5, 5, 99")
    page.get_by_role("button", name="Show what would happen").click()
    page.get_by_text("There is no card 99").wait_for()

    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
