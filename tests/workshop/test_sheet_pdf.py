"""Cards and headings as PDF: every word is in it, in any script, and none is broken over two pages."""

from __future__ import annotations

import re
import time
import zlib

import pypdfium2
import pytest

from engagement.workshop.paper.sheet_pdf import draw_cards, draw_headings, find_unprintable_cards
from tests.workshop.paper_cards import FROM_THE_RIGHT, IN_MANY_SCRIPTS, make_card, make_sheets, read_pages

ORIGIN = "http://192.168.1.20:8501"
DAY = "26 November 2026"
LONG = "My mother was sent from the hospital to the surgery and back, and nobody rang. "


def draw(*texts: str) -> bytes:
    return draw_cards(make_sheets([make_card(n, text) for n, text in enumerate(texts, 1)]), ORIGIN, DAY)


def count_ink(pdf: bytes) -> int:
    """Count the dark dots of the words of the first card, drawn small."""
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=1).to_pil().convert("L").crop((40, 80, 220, 180))
    return sum(picture.histogram()[:128])


@pytest.mark.parametrize("script", IN_MANY_SCRIPTS)
def test_the_words_of_a_card_are_in_the_file_exactly(script: str) -> None:
    page = read_pages(draw(IN_MANY_SCRIPTS[script]))[0]

    assert IN_MANY_SCRIPTS[script] in page
    assert "Lunch club, line 3" in page


@pytest.mark.parametrize("script", FROM_THE_RIGHT)
def test_words_that_run_from_the_right_are_in_the_file_letter_by_letter(script: str) -> None:
    page = read_pages(draw(FROM_THE_RIGHT[script]))[0]

    # What is copied out of a line from the right, some readers turn around and others do not.
    assert all(word in page or word[::-1] in page for word in FROM_THE_RIGHT[script].split())


@pytest.mark.parametrize("script", [*IN_MANY_SCRIPTS, *FROM_THE_RIGHT])
def test_no_letter_is_a_box(script: str) -> None:
    texts = IN_MANY_SCRIPTS | FROM_THE_RIGHT
    pdf = draw(texts[script])
    used = [int(run[at : at + 4], 16) for run in _list_shown(pdf) for at in range(0, len(run), 4)]

    assert find_unprintable_cards([make_card(1, texts[script])]) == {}
    assert count_ink(pdf) > 150
    assert 0 not in used


def test_words_of_a_script_without_a_font_are_told_and_no_others() -> None:
    cards = [make_card(1, "A bus"), make_card(2, "我坐不到公交车"), make_card(3, "A bus", prompt="公")]

    assert find_unprintable_cards(cards) == {2: "我坐不到公交车", 3: "公"}


def test_line_ends_and_translations_are_kept() -> None:
    sheets = make_sheets(
        [make_card(1, "One line\r\nand another", translation="The bus", prompt="What works?")]
    )

    page = read_pages(draw_cards(sheets, ORIGIN, DAY))[0]

    assert page.startswith("1 One line and another [In English: The bus] Lunch club, line 3 · What works?")


def test_eight_short_cards_stand_on_a_page_and_each_page_says_which_it_is() -> None:
    pages = read_pages(draw(*(f"Card of person {number}." for number in range(1, 18))))

    assert len(pages) == 3
    assert all(f"Card of person {number}." in pages[(number - 1) // 8] for number in range(1, 18))
    assert pages[1].endswith("Workshop 1 · Leading Better Lives · All cards · 26 November 2026 · page 2 of 3")


def test_a_card_is_never_broken_over_two_pages() -> None:
    pages = read_pages(draw("Short.", LONG * 9 + "The end of two.", LONG * 20 + "The end of three.", "Last."))

    for number, end in ((2, "The end of two."), (3, "The end of three.")):
        page = next(page for page in pages if end in page)
        assert f"{number} My mother" in page
    assert sum(page.count("My mother") for page in pages) == 29


def test_a_voice_longer_than_any_card_goes_on_on_further_cards_whole() -> None:
    words = [f"word{number}" for number in range(1200)]
    pages = read_pages(draw(" ".join(words)))

    assert re.findall(r"word\d+", " ".join(pages)) == words
    assert "part 1 of" in pages[0]


def test_a_long_address_is_broken_and_nothing_runs_off_the_card() -> None:
    address = "https://example.org/" + "a-very-long-way-to-go/" * 10
    pdf = draw(address)

    assert address in read_pages(pdf)[0].replace(" ", "")
    with pypdfium2.PdfDocument(pdf) as document:
        letters = document[0].get_textpage()
        boxes = [letters.get_charbox(at) for at in range(letters.count_chars())]
        assert max(right for _left, bottom, right, _top in boxes if bottom > 60) < 298


def test_headings_are_two_to_a_page_with_empty_ones_to_write_on() -> None:
    names = ("Getting about", "અહીં કોઈ ગુજરાતી બોલતું નથી", "Information that people can find")

    pages = read_pages(draw_headings(make_sheets([], names).headings, "Workshop 1", 2))

    assert len(pages) == 3
    assert "Theme 1 Getting about" in pages[0]
    assert names[1] in pages[0]
    assert "Theme 3 Information that people can find" in pages[1]
    assert sum(page.count("A new theme. Its name:") for page in pages) == 2


def test_three_hundred_cards_are_drawn_in_time() -> None:
    texts = [f"{LONG * (1 + number % 3)} {number}" for number in range(300)]
    began = time.process_time()

    pages = read_pages(draw(*texts))

    assert time.process_time() - began < 5
    assert len(pages) >= 300 // 8


def _list_shown(pdf: bytes) -> list[str]:
    """List the shapes that the pages of a file show, as hexadecimal."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", pdf, re.DOTALL)
    return [shown for stream in streams for shown in re.findall(r"<([0-9a-f]+)> Tj", _unpack(stream))]


def _unpack(stream: bytes) -> str:
    return zlib.decompress(stream).decode("latin-1")
