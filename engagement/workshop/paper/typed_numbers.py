"""Card numbers as people type them: ``12, 15-18, 40``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_LIST = 20_000
"""Characters of one list. Rationale: three thousand numbers with commas; more is no list of cards."""

LONGEST_RANGE = 5_000
HOW_TO_TYPE = "Type numbers such as 12, 15-18, 40."
MOST_SHOWN = 5

_DASHES = re.compile(r"\s*(?:[-\u2010-\u2015\u2212]|(?<=[\d\s])to(?=[\d\s]))\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;.+&/|]+(?:and[\s,;.]+)*", re.IGNORECASE)
_PIECE = re.compile(r"(?:cards?|no|nr)?#?(\d{1,7})(?:-#?(\d{1,7}))?", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"\b(?:cards?|nos?|nrs?|numbers?)\b\.?:?\s*(?=#?\d)", re.IGNORECASE)


@dataclass(frozen=True)
class TypedNumbers:
    """The numbers of one list, each as often as it was typed, and sentences on what could not be read."""

    numbers: tuple[int, ...]
    mistakes: tuple[str, ...]


def read_numbers(typed: str) -> TypedNumbers:
    """Read card numbers and ranges, parted by commas, semicolons, spaces, lines or "and"."""
    if len(typed) > LONGEST_LIST:
        return TypedNumbers(
            (), (f"This list has {len(typed):,} characters, and {LONGEST_LIST:,} is the most.",)
        )
    numbers: list[int] = []
    mistakes: list[str] = []
    text = _DASHES.sub("-", _WORDS_BEFORE.sub("", f" {typed} "))
    for piece in filter(None, _BETWEEN.split(text)):
        found = _PIECE.fullmatch(piece)
        if found is None:
            mistakes.append(f"“{piece[:40]}” is no card number. {HOW_TO_TYPE}")
            continue
        first, last = int(found[1]), int(found[2] or found[1])
        problem = _check_range(piece, first, last)
        if problem:
            mistakes.append(problem)
        else:
            numbers.extend(range(first, last + 1))
    return TypedNumbers(tuple(numbers), tuple(mistakes))


def say_numbers(numbers: Iterable[int]) -> str:
    """Say card numbers, runs as ranges: ``12, 15 to 18 and 40``; at most five, then how many more."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [str(first) if first == last else f"{first} to {last}" for first, last in runs]
    if len(said) > MOST_SHOWN:
        said = [*said[:MOST_SHOWN], f"{len(said) - MOST_SHOWN:,} more"]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _check_range(piece: str, first: int, last: int) -> str:
    if last < first:
        return f"{piece} runs backwards. Type {last}-{first}."
    if last - first >= LONGEST_RANGE:
        return f"{piece} is a range of {last - first + 1:,} cards, and {LONGEST_RANGE:,} is the most."
    return ""
