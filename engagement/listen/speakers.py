"""Marks in front of what was said: who spoke ("AB: "), and the bullets of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

ONLY_CERTAIN, SHORT_NAMES, FULL_NAMES = 0, 12, 60
"""How long a name before a colon may be, by how the whole page is written."""
SPEAKER = re.compile(r"\s*([A-Z][\w.'’&-]*(?: [\w.'’&()-]+){0,5}):\s+(?=\S)")
TURN_HEAD = re.compile(r"\s*([A-Z][\w.'’&-]*(?: [\w.'’&()-]+){0,5})\s+\(?(?:\d{1,2}:)?\d{1,2}:\d{2}\)?:?\s*")
FULL_NAME = re.compile(r"[^\W\d_]{2,}[.'’-]?\s+(?:\S+\s+)*[^\W\d_]{2,}")
INITIALS = re.compile(r"^(?:[A-Z]\.? ?){1,4}\d{0,3}$|^[A-Za-z]+ ?\d{1,3}$")
TITLED = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Rev|Imam|Sister|Father)\b")
NOBODY = frozenset(
    {"note", "notes", "nb", "ps", "eg", "ie", "re", "action", "question", "answer", "idea", "comment"}
)
BULLET = re.compile(r"\s*(?:[-*•–—‣◦·▪●○■□✓\uf0b7\uf0a7]\s+|\(?\d{1,3}[.)]\s+)(?=\S)")
# Rationale: a name is only told from a subject ("Buses: none after six") by how the whole page is written.
MIN_SHARE_OF_NAMES = 0.5
MIN_TURNS_EACH = 2


def find_speaker(text: str, start: int, *, longest: int) -> tuple[str, int]:
    """Find who is marked as speaking from ``start`` on, and where their words begin.

    Parameters
    ----------
    text : str
    start : int
    longest : int
        The most characters that a name has on this page, see `measure_names`; certain marks such as initials
        always count.

    Returns
    -------
    tuple of (str, int)
        An empty name and ``start`` itself when there is no mark.
    """
    match = SPEAKER.match(text, start)
    if match is None or match[1].casefold() in NOBODY:
        return "", start
    is_certain = bool(INITIALS.match(match[1]) or TITLED.match(match[1])) and len(match[1]) <= SHORT_NAMES
    return (match[1], match.end()) if is_certain or len(match[1]) <= longest else ("", start)


def find_turn_head(text: str, *, longest: int) -> str:
    """Give the name in a line that only says who speaks next ("Amina Patel  0:03", "Amina Patel:").

    Without a time, that is only told on a page where full names stand before colons; "" for no such line.
    """
    if match := TURN_HEAD.fullmatch(text):
        return match[1]
    if longest == FULL_NAMES and text.rstrip().endswith(":"):
        name, end = find_speaker(f"{text.rstrip()} x", 0, longest=longest)
        return name if end > len(text.rstrip()) else ""
    return ""


def measure_names(texts: Sequence[str]) -> int:
    """Tell from all passages how long names before colons are on this page, in characters.

    Half of the passages must begin with what could be a short name. Longer ones count as names only where
    they come back, as the speakers of a transcript do: on average, each twice or more.
    """
    short, full = (
        [name for text in texts if (name := find_speaker(f"{text.rstrip()} x", 0, longest=longest)[0])]
        for longest in (SHORT_NAMES, FULL_NAMES)
    )
    enough = max(1, MIN_SHARE_OF_NAMES * len(texts))
    if len(full) >= enough and len(full) >= MIN_TURNS_EACH * len(set(full)):
        return FULL_NAMES
    return SHORT_NAMES if len(short) >= enough else ONLY_CERTAIN


def is_full_name(name: str) -> bool:
    """Tell whether a mark names a person in full (two words with letters), and not by title or initials."""
    return bool(FULL_NAME.fullmatch(name.strip()))


def find_bullet_end(text: str, start: int) -> int:
    """Find where the words begin after the bullet or number of a line of plain text."""
    match = BULLET.match(text, start)
    return match.end() if match else start
