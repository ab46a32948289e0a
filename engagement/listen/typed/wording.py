"""What may be typed as a voice: kept as it was typed, with line ends written in one way."""

from __future__ import annotations

import re

from engagement.errors import EngagementError

LONGEST_VOICE = 5_000
"""In characters.

Rationale: a long story told at a drop-in is some 600 words, 3,500 characters.
"""
LINE_END = re.compile(r"\r\n?")
UNKEPT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and halves of letters: nobody types or sees them, and not every file holds them."""


class UnkeptError(EngagementError):
    """Words hold unseen characters that cannot be kept. ``tidied`` are the words without them."""

    def __init__(self, n_unkept: int, tidied: str) -> None:
        super().__init__(
            "These words hold unseen characters that cannot be kept ({n_unkept} of them). They are taken out "
            "in the box: look the words over, then send them again.",
            n_unkept=n_unkept,
        )
        self.tidied = tidied


def unify_line_ends(typed: str) -> str:
    """Write line ends as the record does: a browser sends each of them as two characters."""
    return LINE_END.sub("\n", typed)


def check_words(typed: str) -> str:
    """Give what was typed as it is kept: to the letter, but for how line ends are written.

    Raises
    ------
    EngagementError
        When there is no word, or more than ``LONGEST_VOICE`` characters.
    UnkeptError
        When it holds unseen characters that cannot be kept.
    """
    words = unify_line_ends(typed)
    if not words.strip():
        raise EngagementError("There are no words yet. Write something in the box, then send it.")
    if len(words) > LONGEST_VOICE:
        raise EngagementError(
            "That is {length} characters; at most {limit} are kept as one. Take {over} out, or send the rest "
            "as a second one.",
            length=f"{len(words):,}",
            limit=f"{LONGEST_VOICE:,}",
            over=f"{len(words) - LONGEST_VOICE:,}",
        )
    tidied, n_unkept = UNKEPT.subn("", words)
    if n_unkept:
        raise UnkeptError(n_unkept, tidied)
    return words
