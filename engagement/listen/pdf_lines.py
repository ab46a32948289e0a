"""The lines of a PDF page: their words, and where on the page they stand."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

HYPHEN_AT_LINE_END = "\x02"
UNKNOWN = "\ufffd"
LINE_ENDS = frozenset(("\r", "\n", HYPHEN_AT_LINE_END))
MAX_FONT_NAME = 256
# Rationale: words of a line stand about a quarter of its height apart; even justified ones seldom stand more
# than its whole height apart, while the cells of a table do.
CELL_GAP, ALIGNED_GAP = 1.5, 0.5
ALIGNED_POINTS = 1.0


@dataclass(frozen=True)
class Line:
    """One line of a page, or one cell's share of it; in points from the lower left corner of the page."""

    text: str
    left: float
    right: float
    baseline: float
    height: float
    is_bold: bool = False
    ends_in_hyphen: bool = False


@dataclass(frozen=True)
class _Character:
    text: str
    place: int
    left: float
    right: float


def list_lines(text_page: Any) -> list[Line]:
    """List the lines of a page in the order in which the file holds them, which columns follow."""
    units = _read_units(text_page)
    lines = _list_cells(text_page, units, ())
    columns = [line.left for before, line in pairwise(lines) if line.baseline == before.baseline]
    return _list_cells(text_page, units, columns) if columns else lines


def read_page_words(text_page: Any) -> str:
    """Read all words of a page in one go, for counting them by another way than by lines."""
    return str(text_page.get_text_range()).replace("\ufffe", "-").replace("\0", UNKNOWN)


def _read_units(text_page: Any) -> str:
    """Read a page's characters one by one, so that each can be asked where it stands.

    Characters above U+FFFF come as two halves, and one of which the file does not say what it is as U+FFFD.
    """
    import pypdfium2.raw as pdfium

    return "".join(
        chr(pdfium.FPDFText_GetUnicode(text_page.raw, place) or ord(UNKNOWN))
        for place in range(text_page.count_chars())
    )


def _list_cells(text_page: Any, units: str, columns: Sequence[float]) -> list[Line]:
    lines, start = list[Line](), 0
    for place in range(len(units) + 1):
        if place == len(units) or units[place] in LINE_ENDS:
            lines += _split_line(text_page, units[start : place + 1], start, columns)
            start = place + 1
    return lines


def _split_line(text_page: Any, units: str, start: int, columns: Sequence[float]) -> Iterator[Line]:
    """Split a line where there is a wide gap in it, or a gap before a place where cells begin elsewhere."""
    held: list[_Character] = []
    last: _Character | None = None
    height = 0.0
    for place, unit in enumerate(units, start=start):
        if unit.isspace():
            held += [_Character(unit, place, 0.0, 0.0)] if held else []
            continue
        left, low, right, high = text_page.get_charbox(place, loose=True)
        height = max(height, high - low)
        if last is not None and _is_cell_gap(left, left - last.right, height, columns):
            yield _make_line(text_page, held)
            held = []
        last = _Character(unit, place, left, right)
        held.append(last)
    if last is not None:
        yield _make_line(text_page, held)


def _is_cell_gap(left: float, gap: float, height: float, columns: Sequence[float]) -> bool:
    if gap > CELL_GAP * height:
        return True
    return gap > ALIGNED_GAP * height and any(abs(left - column) < ALIGNED_POINTS for column in columns)


def _make_line(text_page: Any, characters: Sequence[_Character]) -> Line:
    filled = [each for each in characters if not each.text.isspace()]
    boxes = [text_page.get_charbox(each.place, loose=True) for each in filled]
    units = "".join(each.text for each in characters)
    text = units.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    return Line(
        text.replace(HYPHEN_AT_LINE_END, "-"),
        left=min(box[0] for box in boxes),
        right=max(box[2] for box in boxes),
        baseline=min(box[1] for box in boxes),
        height=max(box[3] - box[1] for box in boxes),
        is_bold=all("bold" in _read_font(text_page, each.place) for each in (filled[0], filled[-1])),
        ends_in_hyphen=text.endswith(HYPHEN_AT_LINE_END),
    )


def _read_font(text_page: Any, place: int) -> str:
    import pypdfium2.raw as pdfium

    name = ctypes.create_string_buffer(MAX_FONT_NAME)
    flags = ctypes.c_int(0)
    pdfium.FPDFText_GetFontInfo(text_page.raw, place, name, MAX_FONT_NAME, flags)
    return name.value.decode("utf-8", "replace").casefold()
