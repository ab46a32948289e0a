"""Which way each character runs, so that Urdu, Arabic and Hebrew read from the right also beside numbers.

The rules are those of the Unicode bidirectional algorithm (UAX 9) for text without embeddings: W1 to W7, N1,
N2, I1, I2 and L2. Brackets take the side of what stands around them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

_STRONG = {"L": "L", "R": "R", "AL": "R"}
_NUMBERS = ("EN", "AN")
_IS_DIRECTED = frozenset({"L", "R", "EN", "AN"})


def find_base_level(text: str) -> int:
    """Tell how a paragraph runs: 1 when its first letter reads from the right, otherwise 0."""
    first = next((_STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in _STRONG), "L")
    return int(first == "R")


def find_levels(text: str, base: int) -> list[int]:
    """Give each character its level, 0 to 2: even ones read from the left, odd ones from the right."""
    if not base and text.isascii():
        return [0] * len(text)
    start = "R" if base else "L"
    kinds = _resolve_neutrals(_resolve_numbers(_read_kinds(text, start), start), start)
    if base:
        return [1 if kind == "R" else 2 for kind in kinds]
    return [{"L": 0, "R": 1}.get(kind, 2) for kind in kinds]


def order_for_eyes(levels: Sequence[int]) -> list[int]:
    """Give the places of pieces with these levels in the order in which they stand, from the left."""
    order = list(range(len(levels)))
    for level in range(max(levels, default=0), 0, -1):
        begin = 0
        while begin < len(order):
            end = begin
            while end < len(order) and levels[order[end]] >= level:
                end += 1
            order[begin:end] = reversed(order[begin:end])
            begin = max(end, begin + 1)
    return order


def _read_kinds(text: str, start: str) -> list[str]:
    """Read the kind of each character; a mark is of the kind of what it stands on (W1 to W3)."""
    kinds: list[str] = []
    strong = start
    for char in text:
        kind = unicodedata.bidirectional(char) or "L"
        if kind == "NSM":
            kind = kinds[-1] if kinds else start
        if kind in _STRONG:
            strong = kind
        elif kind == "EN" and strong == "AL":
            kind = "AN"
        kinds.append(kind)
    return [_STRONG.get(kind, kind) for kind in kinds]


def _resolve_numbers(kinds: list[str], start: str) -> list[str]:
    """Let commas, points and signs go with their numbers, and numbers with letters before them (W4 to W7)."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and ((kind == "ES" and before == "EN") or (kind == "CS" and before in _NUMBERS)):
            kinds[place] = before
    _join_signs(kinds, range(1, len(kinds)), -1)
    _join_signs(kinds, range(len(kinds) - 2, -1, -1), 1)
    strong = start
    for place, kind in enumerate(kinds):
        strong = kind if kind in ("L", "R") else strong
        if kind == "EN" and strong == "L":
            kinds[place] = "L"
    return kinds


def _join_signs(kinds: list[str], places: Iterable[int], step: int) -> None:
    """Let signs such as % and £ go with the number beside them (W5)."""
    for place in places:
        if kinds[place] == "ET" and kinds[place + step] == "EN":
            kinds[place] = "EN"


def _resolve_neutrals(kinds: list[str], start: str) -> list[str]:
    """Let spaces and signs run as what stands on both sides of them, or as the paragraph (N1, N2)."""
    place = 0
    while place < len(kinds):
        end = place
        while end < len(kinds) and kinds[end] not in _IS_DIRECTED:
            end += 1
        before = kinds[place - 1] if place else start
        after = kinds[end] if end < len(kinds) else start
        sides = {"R" if side in _NUMBERS else side for side in (before, after)}
        kinds[place:end] = [sides.pop() if len(sides) == 1 else start] * (end - place)
        place = max(end, place + 1)
    return kinds
