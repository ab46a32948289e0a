"""What is known of an occasion of listening, and reading it from the top of notes."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePath
from typing import Any

from engagement.listen.dates import parse_date
from models.sources import SourceKind


@dataclass(frozen=True)
class SourceDetails:
    """What people fill in about a source; nothing but the title is needed."""

    title: str
    kind: SourceKind = SourceKind.FOCUS_GROUP
    held_on: date | None = None
    place: str = ""
    area: str = ""
    host: str = ""
    facilitator: str = ""
    n_came: int | None = None
    consent_wording: str = ""
    may_use: bool = True
    may_quote: bool = True
    may_pass_on: bool = True
    may_tell_story: bool = False
    keep_until: date | None = None
    language: str = ""

    def list_kept(self) -> dict[str, Any]:
        """List what a source keeps, by its columns, without white space around words.

        The language is no column of it: voices have theirs.
        """
        return {
            name: value.strip() if isinstance(value, str) and name != "kind" else value
            for name, value in asdict(self).items()
            if name != "language"
        }


KEYS = {
    "host": "host|hosted by|host organisation|organisation|host group|group",
    "facilitator": "facilitator|facilitators|facilitated by|notes by|notes taken by|note taker|scribe",
    "held_on": "date|held on|date of session|when",
    "place": "venue|place|location|held at|where",
    "area": "area|ward|neighbourhood|locality",
    "n_came": "number attending|how many came|number of people|attendance|attended|attendees|people|present|"
    "number present|people present|in attendance|participants|number of participants",
    "consent_wording": "consent",
    "time": "time|start time|times",
}
KEY_TO_FIELD = {key: field for field, keys in KEYS.items() for key in keys.split("|")}
KEY_LINE = re.compile(
    r"^\s*(?:\*\*|__)?([A-Za-z][A-Za-z ]{1,25}?)\s*(?::(?:\*\*|__)?|(?:\*\*|__)\s*:)\s*(\S.*?)\s*$", re.DOTALL
)
"""A line such as "Host: The Shed", in Markdown also with its key in bold."""
MAX_VALUE_LENGTH = 300
MAX_TITLE_LENGTH = 300


def parse_detail(text: str) -> tuple[str, str] | None:
    """Read one line such as "Host: ..." as a field and its value; None when it is no such line."""
    match = KEY_LINE.match(text)
    field = match and KEY_TO_FIELD.get(" ".join(match[1].casefold().split()))
    return (field, match[2]) if match and field and len(match[2]) <= MAX_VALUE_LENGTH else None


def make_details(found: dict[str, str], *, title: str, kind: SourceKind) -> SourceDetails:
    """Put the values that were found into details; what cannot be understood stays empty.

    A date in the title is the day on which it was held, where nothing else says so.
    """
    number = re.search(r"\d{1,4}", found.get("n_came", ""))
    return SourceDetails(
        title=title[:MAX_TITLE_LENGTH],
        kind=kind,
        held_on=parse_date(found.get("held_on", "")) or parse_date(title),
        place=found.get("place", ""),
        area=found.get("area", ""),
        host=found.get("host", ""),
        facilitator=found.get("facilitator", ""),
        n_came=int(number[0]) if number else None,
        consent_wording=found.get("consent_wording", ""),
    )


def make_title(file_name: str) -> str:
    """Make a title out of a file's name."""
    printable = "".join(character for character in file_name if character.isprintable())
    stem = PurePath(printable.replace("\\", "/")).stem
    words = re.sub(r"[\s_\-]+", " ", re.sub(r"^\d+[\s_\-]+", "", stem)).strip()
    return words[:1].upper() + words[1:] if words else "Notes"
