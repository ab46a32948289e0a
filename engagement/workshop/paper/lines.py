"""Words set in lines: shaped for their script, broken between words, in the order in which eyes read them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import uharfbuzz as hb

from engagement.workshop.paper.bidi import find_base_level, find_levels, order_for_eyes
from engagement.workshop.paper.typefaces import REGULAR, Typeface, Typefaces

SPACE = " "
LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)


@dataclass(frozen=True)
class Glyph:
    """One shape: its id in the font, how far it moves on, where it sits, in points, and its text.

    ``text`` is empty for a further shape of the same letters.
    """

    id: int
    advance: float
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Run:
    """Letters of one font that run one way. ``glyphs`` stand from left to right."""

    text: str
    typeface: Typeface
    level: int
    glyphs: tuple[Glyph, ...]
    width: float


@dataclass(frozen=True)
class Line:
    """One line: its runs in the order of the words, each with its place from the left, in points."""

    placed: tuple[tuple[float, Run], ...]
    width: float
    reads_from_right: bool


class Setter:
    """Sets words in lines for one document."""

    def __init__(self, typefaces: Typefaces, size: float, weight: int = REGULAR) -> None:
        self.size = size
        self._typefaces = typefaces
        self._weight = weight
        self._shaped: dict[tuple[str, str, int], Run] = {}

    def set_lines(self, text: str, width: float, *, narrow: float = 0.0, n_narrow: int = 0) -> list[Line]:
        """Break text into lines at most ``width`` points wide; every end of line in it is kept.

        The first ``n_narrow`` lines are ``narrow`` points narrower.
        """
        lines: list[Line] = []
        for paragraph in _clean(text).split("\n"):
            base = find_base_level(paragraph)
            row: list[Run] = []
            for word in self._list_words(paragraph, base):
                for piece in self._break_word(word, width - narrow):
                    room = width - (narrow if len(lines) < n_narrow else 0.0)
                    if row and _measure([*row, *piece], is_end=True) > room:
                        lines.append(_make_line(row, base))
                        row = []
                    row.extend(piece)
            lines.append(_make_line(row, base))
        return lines

    def measure(self, text: str) -> float:
        """Measure a text on one line, in points."""
        return self.set_lines(text, 1e9)[0].width

    def _list_words(self, paragraph: str, base: int) -> Iterator[list[Run]]:
        """Give the words of a paragraph, each with the spaces after it, as shaped runs."""
        levels = find_levels(paragraph, base)
        names = self._typefaces.choose_names(paragraph)
        for begin, end in _find_words(paragraph):
            yield [
                self._shape(paragraph[places[0] : places[-1] + 1], name, level)
                for (name, level), group in groupby(range(begin, end), lambda at: (names[at], levels[at]))
                for places in [list(group)]
            ]

    def _break_word(self, word: list[Run], width: float) -> list[list[Run]]:
        """Break a word that is wider than a line, such as an address, between letters."""
        if _measure(word, is_end=True) <= width:
            return [word]
        return [
            [self._shape(letter, run.typeface.name, run.level)]
            for run in word
            for letter in _list_letters(run.text)
        ]

    def _shape(self, text: str, name: str, level: int) -> Run:
        key = (text, name, level)
        if key not in self._shaped:
            typeface = self._typefaces.get(name, self._weight)
            glyphs = _shape(text, typeface, level, self.size)
            self._shaped[key] = Run(text, typeface, level, glyphs, sum(glyph.advance for glyph in glyphs))
        return self._shaped[key]


def _shape(text: str, typeface: Typeface, level: int, size: float) -> tuple[Glyph, ...]:
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    hb.shape(typeface.font, buffer)
    scale = size / typeface.face.upem
    shapes = list(zip(buffer.glyph_infos, buffer.glyph_positions, strict=True))
    begins = sorted({info.cluster for info, _position in shapes})
    ends = dict(zip(begins, [*begins[1:], len(text)], strict=True))
    told: set[int] = set()
    glyphs = []
    for info, at in shapes:
        own = "" if info.cluster in told else text[info.cluster : ends[info.cluster]]
        told.add(info.cluster)
        place = (at.x_advance * scale, at.x_offset * scale, at.y_offset * scale)
        glyphs.append(Glyph(info.codepoint, *place, own))
    return tuple(glyphs)


def _clean(text: str) -> str:
    """Let every kind of line end be one, and what steers terminals be spaces. Letters stay."""
    ends = text.replace("\r\n", "\n").translate(dict.fromkeys(LINE_ENDS, "\n"))
    return "".join(char if char == "\n" or unicodedata.category(char) != "Cc" else SPACE for char in ends)


def _find_words(text: str) -> Iterator[tuple[int, int]]:
    """Find where words begin and end, the spaces after a word with it."""
    begin = 0
    for place in range(1, len(text)):
        if text[place] != SPACE and text[place - 1] == SPACE:
            yield begin, place
            begin = place
    if text:
        yield begin, len(text)


def _list_letters(text: str) -> list[str]:
    """List letters, each with its marks and joiners."""
    letters: list[str] = []
    for char in text:
        clings = unicodedata.category(char) in ("Mn", "Mc", "Me", "Cf")
        if letters and (clings or letters[-1].endswith("\u200d")):
            letters[-1] += char
        else:
            letters.append(char)
    return letters


def _measure(runs: list[Run], *, is_end: bool) -> float:
    """Measure runs in a row; spaces at the end of a line take no room."""
    width = sum(run.width for run in runs)
    if is_end and runs:
        for glyph in runs[-1].glyphs if runs[-1].level % 2 else reversed(runs[-1].glyphs):
            if glyph.text.strip(SPACE) or not glyph.text:
                break
            width -= glyph.advance
    return width


def _make_line(row: list[Run], base: int) -> Line:
    order = order_for_eyes([run.level for run in row])
    lefts = [0.0] * len(row)
    pen = 0.0
    for place in order:
        lefts[place] = pen
        pen += row[place].width
    width = _measure(row, is_end=True)
    shift = width - pen if base else 0.0  # a space at the end of the line hangs over its left edge
    return Line(tuple(zip((left + shift for left in lefts), row, strict=True)), width, bool(base))
