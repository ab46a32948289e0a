"""Sheets as PDF: cards to cut out, and headings to hang up. Words are set in full, however many there are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import segno

from engagement.workshop.paper.lines import Line, Setter
from engagement.workshop.paper.pdf_file import A4, POINTS_PER_MM, Ink, PdfDocument
from engagement.workshop.paper.sheets import Card, Heading, Sheets
from engagement.workshop.paper.typefaces import BOLD, Typefaces, find_unprintable

MARGIN = 10 * POINTS_PER_MM
FOOT = 8 * POINTS_PER_MM
COLUMNS, ROWS = 2, 4
WIDTH = (A4[0] - 2 * MARGIN) / COLUMNS
HEIGHT = (A4[1] - 2 * MARGIN - FOOT) / ROWS
INSET = 11.0
QR_SIDE = 58.0
"""With 29 to 33 dots on a side, each is over half a millimetre: a phone reads it from the table."""
BESIDE_CODE = QR_SIDE + 8.0
"""Room that no words take: a code needs four dots of white around it."""
SIZES = (15.0, 13.0, 11.5)
"""Points. Rationale: 15 is read at arm's length over a table; longer words are set smaller before they take
the room of two cards, and never below 11.5."""
LEADING = 1.28
NUMBER_SIZE, SMALL = 30.0, 8.0
WORDS_BEGIN = 44.0
HEADINGS_ON_PAGE = 2
HEADING_SIZES = (60.0, 48.0, 40.0, 32.0, 26.0, 20.0)


@dataclass(frozen=True)
class _SetCard:
    """A card, or one part of a very long one, ready to be drawn over ``n_rows`` rows."""

    card: Card
    lines: tuple[Line, ...]
    size: float
    small: tuple[Line, ...]
    n_rows: int
    part: str


def find_unprintable_cards(cards: Iterable[Card]) -> dict[int, str]:
    """Find the cards whose words hold characters that no font of the PDF can draw: number to characters."""
    found = {card.number: find_unprintable(_list_texts(card)) for card in cards}
    return {number: "".join(chars) for number, chars in found.items() if chars}


def draw_cards(sheets: Sheets, origin: str, printed_on: str) -> bytes:
    """Draw the cards of a board, eight to a page or fewer where people said much.

    Parameters
    ----------
    origin : str
        The address of this server, as phones in the room reach it; the QR codes begin with it.
    printed_on : str
        The date, for the foot of each page.
    """
    document = PdfDocument(f"Cards. {sheets.title}")
    pen = _CardPen(document, origin)
    for column_of_cards in _fill_columns(pen.set_cards(sheets.cards)):
        pen.draw_column(column_of_cards)
    pen.draw_feet(f"{sheets.title} · {sheets.chosen} · {printed_on}")
    return document.write()


def draw_headings(headings: Iterable[Heading], title: str, n_empty: int) -> bytes:
    """Draw headings, two to a page: each theme, then empty ones to write on."""
    document = PdfDocument(f"Headings. {title}")
    pen = _HeadingPen(document)
    for heading in headings:
        pen.draw(f"Theme {heading.number}", heading.name)
    for _empty in range(n_empty):
        pen.draw("A new theme. Its name:", "")
    return document.write()


class _CardPen:
    def __init__(self, document: PdfDocument, origin: str) -> None:
        typefaces = Typefaces()
        self._document = document
        self._origin = origin
        self._setters = [Setter(typefaces, size) for size in SIZES]
        self._number = Setter(typefaces, NUMBER_SIZE, BOLD)
        self._small = Setter(typefaces, SMALL)
        self._pages: list[Ink] = []
        self._n_columns = 0

    def set_cards(self, cards: Iterable[Card]) -> Iterator[_SetCard]:
        """Set each card in the largest letters that fit; one that no column holds goes on on further ones."""
        for card in cards:
            small = tuple(self._small.set_lines(_say_origin(card), WIDTH - 2 * INSET))
            yield from self._set_card(card, small)

    def _set_card(self, card: Card, small: tuple[Line, ...]) -> Iterator[_SetCard]:
        tried: dict[float, list[Line]] = {}
        for n_rows in range(1, ROWS + 1):
            for setter in self._setters:
                if setter.size not in tried:
                    tried[setter.size] = _set_words(setter, card)
                if len(tried[setter.size]) <= _count_lines(n_rows, setter.size, small):
                    yield _SetCard(card, tuple(tried[setter.size]), setter.size, small, n_rows, "")
                    return
        size, lines = SIZES[-1], tried[SIZES[-1]]
        most = _count_lines(ROWS, size, small)
        parts = [lines[begin : begin + most] for begin in range(0, len(lines), most)]
        for place, part in enumerate(parts, start=1):
            yield _SetCard(card, tuple(part), size, small, ROWS, f"part {place} of {len(parts)}")

    def draw_column(self, cards: list[_SetCard]) -> None:
        """Draw cards one below the other in the next free column."""
        if self._n_columns % COLUMNS == 0:
            self._pages.append(self._document.add_page())
        left = MARGIN + (self._n_columns % COLUMNS) * WIDTH
        self._n_columns += 1
        row = 0
        for each in cards:
            self._draw_card(each, left, MARGIN + row * HEIGHT)
            row += each.n_rows

    def _draw_card(self, each: _SetCard, left: float, top: float) -> None:
        ink = self._pages[-1]
        height = each.n_rows * HEIGHT
        self._draw_cuts(ink, left, top, height)
        inner = left + INSET
        number = self._number.set_lines(str(each.card.number), WIDTH)[0]
        ink.draw_line(number, inner, top + INSET + 24, WIDTH, NUMBER_SIZE)
        if each.part:
            part = self._small.set_lines(each.part, WIDTH)[0]
            ink.draw_line(part, inner + number.width + 6, top + INSET + 24, WIDTH, SMALL)
        # Any mask can be read; trying all eight for the handsomest takes most of the time of a page.
        code = segno.make(self._origin + each.card.path, error="l", mask=2).matrix
        ink.draw_modules(code, left + WIDTH - INSET - QR_SIDE, top + INSET, QR_SIDE)
        for place, line in enumerate(each.lines):
            width = WIDTH - 2 * INSET - (BESIDE_CODE if place < _count_beside_code(each.size) else 0)
            baseline = top + WORDS_BEGIN + (place + 1) * each.size * LEADING - each.size * 0.28
            ink.draw_line(line, inner, baseline, width, each.size)
        foot = top + height - INSET - (len(each.small) - 1) * SMALL * LEADING
        for place, line in enumerate(each.small):
            ink.draw_line(line, inner, foot + place * SMALL * LEADING, WIDTH - 2 * INSET, SMALL)

    def _draw_cuts(self, ink: Ink, left: float, top: float, height: float) -> None:
        right, bottom = left + WIDTH, top + height
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        for begin, end in ((0, 1), (3, 2), (0, 3), (1, 2)):
            ink.draw_rule(corners[begin], corners[end], dashed=True)

    def draw_feet(self, said: str) -> None:
        """Draw the foot of every page, now that their number is known."""
        for number, ink in enumerate(self._pages, start=1):
            line = self._small.set_lines(f"{said} · page {number} of {len(self._pages)}", A4[0])[0]
            ink.draw_line(line, MARGIN, A4[1] - MARGIN, A4[0] - 2 * MARGIN, SMALL)


class _HeadingPen:
    def __init__(self, document: PdfDocument) -> None:
        typefaces = Typefaces()
        self._document = document
        self._setters = [Setter(typefaces, size, BOLD) for size in HEADING_SIZES]
        self._small = Setter(typefaces, 18.0)
        self._n_drawn = 0
        self._ink: Ink | None = None

    def draw(self, label: str, name: str) -> None:
        """Draw one heading on the next half of a page, its name as large as it fits."""
        if self._ink is None or self._n_drawn % HEADINGS_ON_PAGE == 0:
            self._ink = self._document.add_page()
        height = (A4[1] - 2 * MARGIN) / HEADINGS_ON_PAGE
        width = A4[0] - 4 * MARGIN
        top = MARGIN + (self._n_drawn % HEADINGS_ON_PAGE) * height
        self._n_drawn += 1
        self._ink.draw_line(self._small.set_lines(label, width)[0], 2 * MARGIN, top + 50, width, 18.0)
        setter, lines = self._fit(name, width, height - 110)
        for place, line in enumerate(lines):
            self._ink.draw_line(
                line, 2 * MARGIN, top + 70 + (place + 1) * setter.size * LEADING, width, setter.size
            )
        if not name:
            self._ink.draw_rule((2 * MARGIN, top + height - 90), (2 * MARGIN + width, top + height - 90))
        self._ink.draw_rule((MARGIN, top + height), (A4[0] - MARGIN, top + height), dashed=True)

    def _fit(self, name: str, width: float, height: float) -> tuple[Setter, list[Line]]:
        for setter in self._setters:
            lines = setter.set_lines(name, width)
            if len(lines) * setter.size * LEADING <= height and not _breaks_a_word(setter, name, width):
                return setter, lines
        return self._setters[-1], self._setters[-1].set_lines(name, width)


def _breaks_a_word(setter: Setter, name: str, width: float) -> bool:
    return any(setter.measure(word) > width for word in name.split())


def _set_words(setter: Setter, card: Card) -> list[Line]:
    words = card.words if not card.translation else f"{card.words}\n[In English: {card.translation}]"
    narrow = _count_beside_code(setter.size)
    return setter.set_lines(words, WIDTH - 2 * INSET, narrow=BESIDE_CODE, n_narrow=narrow)


def _count_beside_code(size: float) -> int:
    """Count the lines of words that stand beside the QR code."""
    return -int(-(INSET + QR_SIDE + 3 - WORDS_BEGIN) // (size * LEADING))


def _count_lines(n_rows: int, size: float, small: tuple[Line, ...]) -> int:
    """Count the lines of words that a card of so many rows holds."""
    room = n_rows * HEIGHT - WORDS_BEGIN - INSET - (len(small) + 0.6) * SMALL * LEADING
    return int(room // (size * LEADING))


def _fill_columns(cards: Iterable[_SetCard]) -> Iterator[list[_SetCard]]:
    """Put cards into columns in their order; none is broken over two."""
    column: list[_SetCard] = []
    for each in cards:
        if sum(card.n_rows for card in column) + each.n_rows > ROWS:
            yield column
            column = []
        column.append(each)
    if column:
        yield column


def _say_origin(card: Card) -> str:
    return f"{card.where} · {card.prompt}" if card.prompt else card.where


def _list_texts(card: Card) -> tuple[str, ...]:
    return card.words, card.translation, card.where, card.prompt
