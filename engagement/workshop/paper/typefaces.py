"""The letters that cards are printed in: fonts that come with the product, and what none of them can draw."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import uharfbuzz as hb

FONTS = Path(__file__).parent / "fonts"
FIRST = "NotoSans"
LAST = ("NotoSansSymbols", "NotoEmoji")
REGULAR, BOLD = 400, 700


@dataclass(frozen=True)
class Typeface:
    """One font at one weight, open for shaping. ``key`` names it within one document."""

    name: str
    weight: int
    face: hb.Face
    font: hb.Font

    @property
    def key(self) -> tuple[str, int]:
        """Name it within one document."""
        return self.name, self.weight


class Typefaces:
    """The fonts of one document. Not to be shared between threads."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], Typeface] = {}

    def choose_names(self, text: str) -> list[str]:
        """Choose a font for each character; marks and signs stay with the letter before them if they can."""
        if text.isascii():
            return [FIRST] * len(text)
        names: list[str] = []
        for char in text:
            before = names[-1] if names else ""
            if before and _clings(char, before) and (is_invisible(char) or ord(char) in list_covered(before)):
                names.append(before)
            else:
                names.append(_find_font(char) or FIRST)
        return names

    def get(self, name: str, weight: int) -> Typeface:
        """Give a font at a weight, opened once."""
        key = (name, weight)
        if key not in self._open:
            face = hb.Face(hb.Blob.from_file_path(str(FONTS / f"{name}.ttf")))
            font = hb.Font(face)
            font.set_variations({"wght": float(weight)})
            self._open[key] = Typeface(name, weight, face, font)
        return self._open[key]


@cache
def list_covered(name: str) -> frozenset[int]:
    """List the characters that a font draws."""
    return frozenset(hb.Face(hb.Blob.from_file_path(str(FONTS / f"{name}.ttf"))).unicodes)


def find_unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """Find the characters for which no font has a shape, each once."""
    chars = dict.fromkeys(char for text in texts for char in text)
    return tuple(char for char in chars if not is_invisible(char) and _find_font(char) is None)


def is_invisible(char: str) -> bool:
    """Tell whether a character draws nothing of its own: joiners, selectors, spaces, ends of lines."""
    return unicodedata.category(char) in ("Cc", "Cf", "Zs", "Zl", "Zp") or "\ufe00" <= char <= "\ufe0f"


@cache
def _list_fonts() -> tuple[str, ...]:
    names = sorted(path.stem for path in FONTS.glob("*.ttf"))
    scripts = [name for name in names if name != FIRST and name not in LAST]
    return FIRST, *scripts, *LAST


@cache
def _find_font(char: str) -> str | None:
    return next((name for name in _list_fonts() if ord(char) in list_covered(name)), None)


def _clings(char: str, before: str) -> bool:
    """Tell whether a character goes with what is before it: a mark or joiner; after letters also signs."""
    kind = unicodedata.category(char)
    return kind[0] == "M" or kind == "Cf" or (kind[0] in "PSNZ" and before not in LAST)
