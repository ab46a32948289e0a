"""What people type on a board: names of themes and workshops, reasons for parking."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from engagement.errors import EngagementError

LONGEST_THEME_NAME = 120
LONGEST_WORKSHOP_NAME = 200
LONGEST_REASON = 300
LONGEST_COMMENT = 280
NOT_STORED = frozenset({"Cc", "Cs"})


def clean_wording(typed: object, *, what: str, longest: int) -> str:
    """Give what was typed on one line, trimmed.

    Raises
    ------
    EngagementError
        When nothing is left, it is too long, or it holds characters that cannot be kept.
    """
    if not isinstance(typed, str) or not typed.strip():
        raise EngagementError(f"{what} is empty. Type it, then save it again.")
    words = unicodedata.normalize("NFC", " ".join(typed.split()))
    if len(words) > longest:
        raise EngagementError(
            f"{what} has {{count}} characters, and {{most}} is the most. Make it shorter.",
            count=len(words),
            most=longest,
        )
    if any(unicodedata.category(character) in NOT_STORED for character in words):
        raise EngagementError(f"{what} holds a character that cannot be kept. Type it again by hand.")
    return words


def clean_theme_name(typed: object, taken: Iterable[str]) -> str:
    """Give a theme's name as it will stand on the board.

    Raises
    ------
    EngagementError
        When it is empty, too long, or another theme of the board has it, capitals aside.
    """
    name = clean_wording(typed, what="The name of the theme", longest=LONGEST_THEME_NAME)
    for other in taken:
        if other.casefold() == name.casefold():
            raise EngagementError(
                "There is a theme called “{name}” on this board already. "
                "Choose another name, or merge the two themes.",
                name=other,
            )
    return name


def number_name(wanted: str, taken: Iterable[str]) -> str:
    """Give the name, cut to fit, with a number behind it where another theme has it already."""
    folded = {name.casefold() for name in taken}
    words = " ".join(wanted.split()) or "Theme"
    name, number = words[:LONGEST_THEME_NAME].rstrip(), 2
    while name.casefold() in folded:
        ending = f" ({number})"
        name, number = words[: LONGEST_THEME_NAME - len(ending)].rstrip() + ending, number + 1
    return name
