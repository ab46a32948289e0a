"""Marks in front of what was said: who spoke ("AB: "), and the bullets of plain text."""

from __future__ import annotations

import re
from collections.abc import Sequence

ONLY_CERTAIN, SHORT_NAMES, FULL_NAMES = 0, 12, 60
"""How long a name before a colon may be, by how the whole page is written."""
NAME = r"[A-Z][\w.'’&-]*(?: {1,2}[\w.'’&()-]+){0,5}"
WRITTEN_NAME = r"[A-Z][\w.'’-]*(?: +(?:[A-Z][\w.'’-]*|\d{1,3}|\([\w ]+\)|de|van|von|bin|al|ap)){1,4}"
CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?(?: ?[AaPp]\.?[Mm]\.?)?"
DAY = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},?"
TIME_BEFORE = (
    rf"(?:[\[(](?:{DAY} +)?{CLOCK}[\])]|{DAY} +{CLOCK}|\d{{1,2}}:\d{{2}}:\d{{2}}(?:[.,]\d{{1,3}})?)"
    r"\s*(?:[-–]\s*)?(?:From\s+)?"
)
"""A time that no agenda has: in brackets, with its date, or to the second."""
SPEAKER = re.compile(rf"\s*({NAME}):\s+(?=\S)")
TIMED_SPEAKER = re.compile(
    rf"\s*{TIME_BEFORE}({NAME})\s*:\s+(?=\S)|\s*({NAME})\s+[\[(]{CLOCK}[\])]\s*:\s+(?=\S)"
)
TIMED_LINE = re.compile(rf"\s*{TIME_BEFORE}")
DASHED_SPEAKER = re.compile(rf"\s*({WRITTEN_NAME}|[A-Z][\w.'’-]*)\s+[-–—]\s+(?=\S)")
TURN_HEAD = re.compile(
    rf"\s*({WRITTEN_NAME}|[A-Z][\w.'’-]*(?=\s{{2}}|\s\())\s+\(?(?:\d{{1,2}}:)?\d{{1,2}}:\d{{2}}\)?:?\s*"
    rf"|\s*{TIME_BEFORE}({WRITTEN_NAME})\s*|\s*{TIME_BEFORE}({NAME})\s*:\s*"
)
TIMES_ALONE = re.compile(rf"\s*[\[(]?{CLOCK}[\])]?(?:\s*-->\s*{CLOCK})?\s*")
TIMES_FROM_TO = re.compile(rf"\s*{CLOCK}\s*-->\s*{CLOCK}\s*")
NAME_ALONE = re.compile(rf"\s*({WRITTEN_NAME})\s*")
TO_EVERYBODY = re.compile(r"\s+to\s+Everyone\b.*$", re.IGNORECASE)
ROLE = re.compile(
    r"^(participant|facilitator|respondent|interviewer|interviewee|moderator|researcher|speaker|resident"
    r"|attendee|volunteer|carer)s? ?\d{0,3}$",
    re.IGNORECASE,
)
FULL_NAME = re.compile(r"[^\W\d_]{2,}[.,'’-]?\s+(?:\S+\s+)*[^\W\d_]{2,}")
IN_BRACKETS = re.compile(r"\s*\([^)]*\)\s*$")
INITIALS = re.compile(r"^(?:[A-Z]\.? ?){1,4}\d{0,3}$|^[A-Za-z]+ ?\d{1,3}$")
TITLED = re.compile(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Cllr|Rev|Imam|Sister|Father)\b")
NOBODY = frozenset(
    {"note", "notes", "nb", "ps", "eg", "ie", "re", "action", "question", "answer", "idea", "comment"}
)
BULLET = re.compile(r"\s*(?:[-*>•–—‣◦·▪●○■□✓\uf0b7\uf0a7]\s+|\(?\d{1,3}[.)]\s+)(?=\S)")
# Rationale: a name is only told from a subject ("Buses: none after six") by how the whole page is written.
MIN_SHARE_OF_NAMES = 0.5
MIN_TURNS_EACH = 2
MIN_SHARE_OF_DASHES = 0.9
MIN_DASHES = 4


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
    if timed := TIMED_SPEAKER.match(text, start):
        return TO_EVERYBODY.sub("", timed[1] or timed[2]), timed.end()
    match = SPEAKER.match(text, start)
    if match is None or match[1].casefold() in NOBODY:
        return "", start
    is_short = len(match[1]) <= SHORT_NAMES
    is_certain = is_short and bool(INITIALS.match(match[1]) or TITLED.match(match[1]))
    is_certain = is_certain or bool(ROLE.match(match[1]))
    return (match[1], match.end()) if is_certain or len(match[1]) <= longest else ("", start)


def find_turn_head(text: str, *, longest: int) -> str:
    """Give the name in a line that only says who speaks next.

    Such as "Amina Patel  0:03", "00:00:02 Speaker 1" or "Amina Patel:".

    Without a time, that is only told on a page where full names stand before colons; "" for no such line.
    """
    if match := TURN_HEAD.fullmatch(text):
        return TO_EVERYBODY.sub("", match[1] or match[2] or match[3])
    if longest == FULL_NAMES and text.rstrip().endswith(":"):
        name, end = find_speaker(f"{text.rstrip()} x", 0, longest=longest)
        return name if end > len(text.rstrip()) else ""
    return ""


def split_turn_head(text: str, *, longest: int) -> tuple[str, int]:
    """Find who speaks by the first lines of a paragraph of several, and where their words begin.

    Microsoft Teams writes a turn so: the name and the time, or the times and then the name, above the words.
    """
    first, _, rest = text.partition("\n")
    if rest and (name := find_turn_head(first, longest=longest)):
        return name, len(first) + 1
    second, _, words = rest.partition("\n")
    if words and TIMES_FROM_TO.fullmatch(first) and (match := NAME_ALONE.fullmatch(second)):
        return match[1], len(first) + len(second) + 2
    return "", 0


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


def find_dashed_speaker(text: str, start: int) -> tuple[str, int]:
    """Find who speaks before a dash ("Amina Patel - Buses are late"), and where their words begin.

    Only full names, roles and initials count: "Buses - late again" names what it is about.
    """
    match = DASHED_SPEAKER.match(text, start)
    if match is None or not (is_full_name(match[1]) or ROLE.match(match[1]) or INITIALS.match(match[1])):
        return "", start
    return match[1], match.end()


def has_dashed_speakers(texts: Sequence[str]) -> bool:
    """Tell whether a page is written "Name - words": nearly all below its title, by names that come back."""
    if texts and not find_dashed_speaker(texts[0], 0)[0]:
        texts = texts[1:]
    names = [name for text in texts if (name := find_dashed_speaker(text, 0)[0])]
    is_whole_page = len(names) >= max(MIN_DASHES, MIN_SHARE_OF_DASHES * len(texts))
    return is_whole_page and len(set(names)) > 1 and len(names) >= MIN_TURNS_EACH * len(set(names))


def is_full_name(name: str) -> bool:
    """Tell whether a mark names a person in full (two words with letters), and not by title or initials."""
    return bool(FULL_NAME.fullmatch(IN_BRACKETS.sub("", name).strip()))


def find_bullet_end(text: str, start: int) -> int:
    """Find where the words begin after the bullet or number of a line of plain text."""
    match = BULLET.match(text, start)
    return match.end() if match else start
