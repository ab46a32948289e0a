"""What a transcription program writes above and below a talk: its title, the day, keywords, who speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from engagement.listen.contents import Passage, Place
from engagement.listen.speakers import TIMES_ALONE, find_turn_head, split_turn_head

PROGRAM_LINES = "lines of the program that wrote the transcript"
HEAD = re.compile(r"\s*(?:(?:summary )?keywords|speakers)\s*:?\s*", re.IGNORECASE)
"""A line above a list of words that the program found, or of who speaks."""
DAY_LINE = re.compile(
    r"\s*(?:\w{3,9},? +)?(?P<day>\w{3,9} \d{1,2}, \d{4}|\d{1,2} \w{3,9},? \d{4})\b[^•·\n]*"
    r"[•·]\s*(?:\d{1,2}:)?\d{1,2}:\d{2}\s*"
)
"""The day with how long it took: "Mon, Nov 25, 2024 10:02AM • 45:12"."""
BYLINE = re.compile(r"\s*transcribed by (?:https?://)?otter\.ai\S*\s*", re.IGNORECASE)


@dataclass
class TranscriptHead:
    """The passages that the program wrote, and what they say of the occasion."""

    places: set[Place] = field(default_factory=set)
    title: str = ""
    held_on: str = ""


def find_transcript_head(passages: Sequence[Passage], *, longest: int) -> TranscriptHead:
    """Find what a program wrote above the first turn and as the last line, if it wrote anything.

    Parameters
    ----------
    longest : int
        The most characters that a name has on this page, see `measure_names`.
    """
    head = TranscriptHead()
    above = _list_above(passages, longest)
    if not any(HEAD.fullmatch(_get_first_line(each)) for each in above):
        return head
    is_list = False
    for number, passage in enumerate(above):
        first, _, rest = passage.text.strip().partition("\n")
        if HEAD.fullmatch(first):
            is_list = not rest
            head.places.add(_get_place(passage))
        elif is_list:
            is_list = False
            head.places.add(_get_place(passage))
        elif day := DAY_LINE.fullmatch(passage.text):
            head.held_on = day["day"]
            head.places |= {_get_place(each) for each in above[: number + 1]}
            head.title = _get_first_line(above[0]) if number else ""
    head.places |= {_get_place(each) for each in passages[-1:] if BYLINE.fullmatch(each.text)}
    return head


def _list_above(passages: Sequence[Passage], longest: int) -> list[Passage]:
    """List the passages above the first turn; none where there are no turns."""
    for number, passage in enumerate(passages):
        text = passage.text.strip()
        is_turn = find_turn_head(text, longest=longest) or split_turn_head(passage.text, longest=longest)[0]
        if is_turn or TIMES_ALONE.fullmatch(text):
            return list(passages[:number])
    return []


def _get_first_line(passage: Passage) -> str:
    return passage.text.strip().partition("\n")[0].strip()


def _get_place(passage: Passage) -> Place:
    return passage.part, passage.line, passage.column_name
