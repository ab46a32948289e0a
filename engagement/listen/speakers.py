"""Marks in front of what was said: who spoke ("AB: "), and the bullets of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAX_MARK_LENGTH = 12
SPEAKER = re.compile(r"\s*([A-Z][\w.'’&]*(?: [\w.'’&]+){0,2}):\s+(?=\S)")
INITIALS = re.compile(r"^(?:[A-Z]\.? ?){1,4}\d{0,3}$|^[A-Za-z]+ ?\d{1,3}$")
TITLED = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Rev|Imam|Sister|Father)\b")
NOBODY = frozenset(
    {"note", "notes", "nb", "ps", "eg", "ie", "re", "action", "question", "answer", "idea", "comment"}
)
BULLET = re.compile(r"\s*(?:[-*•–—‣◦·▪●]\s+|\(?\d{1,3}[.)]\s+)(?=\S)")
# Rationale: a name is only told from a subject ("Buses: none after six") by how the whole page is written.
MIN_SHARE_OF_NAMES = 0.5


def find_speaker(text: str, start: int, *, names_are_usual: bool) -> tuple[str, int]:
    """Find who is marked as speaking from ``start`` on, and where their words begin.

    Returns
    -------
    tuple of (str, int)
        An empty name and ``start`` itself when there is no mark.
    """
    match = SPEAKER.match(text, start)
    if match is None or len(match[1]) > MAX_MARK_LENGTH or match[1].casefold() in NOBODY:
        return "", start
    is_certain = bool(INITIALS.match(match[1]) or TITLED.match(match[1]))
    return (match[1], match.end()) if is_certain or names_are_usual else ("", start)


def are_names_usual(texts: Sequence[str]) -> bool:
    """Tell whether at least half of the passages begin with a mark that could be a name."""
    n_marked = sum(bool(find_speaker(text, 0, names_are_usual=True)[0]) for text in texts)
    return bool(texts) and n_marked >= MIN_SHARE_OF_NAMES * len(texts)


def find_bullet_end(text: str, start: int) -> int:
    """Find where the words begin after the bullet or number of a line of plain text."""
    match = BULLET.match(text, start)
    return match.end() if match else start
