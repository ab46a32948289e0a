"""Searching in words whatever their case, accents or apostrophes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, delete, insert, select
from sqlalchemy.orm import Session

from engagement.listen.personal_data.covering import SHOWN_TEXT, SHOWN_TRANSLATION
from models.finding import SearchedWords
from models.voices import Voice

# Letters that no decomposition takes apart into a plain letter and a mark.
PLAIN_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "æ": "ae",
        "œ": "oe",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
    }
)
TERM = re.compile(r'"([^"]+)"|(\S+)')
MANY = 500


def fold_words(text: str) -> str:
    """Fold words for comparing: no case, no accents on Latin letters, straight quotes, single spaces.

    Examples
    --------
    >>> fold_words("Siân  went to ŁÓDŹ’s café")
    "sian went to lodz's cafe"
    """
    split = unicodedata.normalize("NFD", text.casefold().translate(PLAIN_LETTERS))
    return " ".join(unicodedata.normalize("NFC", "".join(_drop_accents(split))).split())


def match_words(search: str) -> list[ColumnElement[bool]]:
    """Make the conditions for voices that hold every word of a search, and phrases in quotes as they are."""
    found = TERM.findall(fold_words(search.replace("\0", "")))
    terms = [phrase or word for phrase, word in found]
    return [
        Voice.id.in_(
            select(SearchedWords.voice_id).where(SearchedWords.words.contains(term, autoescape=True))
        )
        for term in terms
    ]


def keep_searched(session: Session, voice_ids: Sequence[int]) -> None:
    """Keep the words of these voices as they are shown now for searching."""
    for start in range(0, len(voice_ids), MANY):
        part = voice_ids[start : start + MANY]
        session.execute(delete(SearchedWords).where(SearchedWords.voice_id.in_(part)))
        rows = session.execute(
            select(Voice.id, SHOWN_TEXT, SHOWN_TRANSLATION).where(Voice.id.in_(part))
        ).all()
        if rows:
            session.execute(
                insert(SearchedWords),
                [{"voice_id": each, "words": fold_words(f"{text}\n{other}")} for each, text, other in rows],
            )


def _drop_accents(letters: str) -> Iterator[str]:
    """Yield all but the marks on Latin letters; marks of other scripts are vowels and stay."""
    is_latin = False
    for letter in letters:
        if unicodedata.combining(letter):
            if not is_latin:
                yield letter
            continue
        is_latin = letter.isascii()
        yield letter
