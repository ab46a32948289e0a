"""Cut a text into clauses: pieces of its own words that each can say one thing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

FEWEST_WORDS = 3
"""Fewest words on each side of a joint such as "and".

Rationale: "buses and trains" is one thing; "more buses and better pavements in town" is two.
"""

LONGEST_READ = 20_000
"""Characters of a text that are looked at.

Rationale: a few thousand words; what comes later in a whole document is no echo of one voice.
"""

_LINES = re.compile(
    r"[\n\r\u2028\u2029]+|(?:^|(?<=\s))(?:[-*\u2022\u2023\u25cf\u2043\u2013\u2014]|\(?(?:\d{1,2}|[a-z])[.)])\s+"
)
_JOINTS = re.compile(
    r"\s*;\s*"
    r"|,?\s+(?=(?:but|also|plus|and|whereas|although|though|however|as well as)\s)"
    r"|\s+[-\u2013\u2014]+\s+"
    r"|,\s+(?=(?:we|i|they|there|it|more|better|less|fewer|no|not|please|need|have|having|make|making)\b)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:(?:and|but|also|plus|then|so|or|as well as|whereas|although|though|however|too)\b[\s,]*)+",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w[\w'\u2019]*")


@dataclass(frozen=True)
class Clause:
    """Hold where one clause stands in its text: ``text[start:end]``."""

    start: int
    end: int


@lru_cache(maxsize=1)
def _load_sentencizer() -> "Language":
    import spacy

    sentencizer = spacy.blank("en")
    sentencizer.add_pipe("sentencizer")
    return sentencizer


def split_clauses(text: str) -> tuple[Clause, ...]:
    """Cut a text into clauses at lines, bullets, sentences, semicolons and joining words.

    A piece of fewer than three words stays with the piece before it, so that short texts are one
    clause. No word is changed: a clause is a range of the text.

    Examples
    --------
    >>> text = "More buses in the evening please, and the pavements are full of holes."
    >>> [text[clause.start : clause.end] for clause in split_clauses(text)]
    ['More buses in the evening please', 'the pavements are full of holes.']
    """
    pieces = [
        piece
        for start, end in _split_sentences(text[:LONGEST_READ])
        for piece in _split_at(_JOINTS, text, start, end)
    ]
    return tuple(_trim(text, start, end) for start, end in _join_short(text, pieces))


def _split_sentences(text: str) -> Iterator[tuple[int, int]]:
    for line_start, line_end in _split_at(_LINES, text, 0, len(text)):
        for sentence in _load_sentencizer()(text[line_start:line_end]).sents:
            yield line_start + sentence.start_char, line_start + sentence.end_char


def _split_at(joint: re.Pattern[str], text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in joint.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _join_short(text: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Put a piece of too few words together with the piece before it, or else after it."""
    joined: list[tuple[int, int]] = []
    for start, end in pieces:
        is_short = len(_WORD.findall(text, start, end)) < FEWEST_WORDS
        before_is_short = bool(joined) and len(_WORD.findall(text, *joined[-1])) < FEWEST_WORDS
        if joined and (is_short or before_is_short):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _trim(text: str, start: int, end: int) -> Clause:
    lead = _LEADS.match(text, start, end)
    start = lead.end() if lead and lead.end() < end else start
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Clause(start, end)
