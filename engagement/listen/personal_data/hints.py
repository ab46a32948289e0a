"""Hints of personal data in voices: where, of what kind, and why it is taken for such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class HintKind(StrEnum):
    """The kinds of personal data that are looked for."""

    NHS_NUMBER = "NHS number"
    NATIONAL_INSURANCE = "National Insurance number"
    CARD_NUMBER = "card number"
    E_MAIL = "e-mail address"
    PHONE = "phone number"
    POSTCODE = "postcode"
    BIRTH_DATE = "date of birth"
    ADDRESS = "street address"
    NAME = "name"


@dataclass(frozen=True)
class Hint:
    """A range of characters of one text that may be personal data, and why it is taken for such."""

    kind: HintKind
    start: int
    end: int
    why: str


Recogniser = Callable[[str], Iterator[Hint]]


def find_hints(texts: Sequence[str], known_names: Iterable[str] = ()) -> tuple[tuple[Hint, ...], ...]:
    """Find what may be personal data, for each text in the order of the words.

    Nothing is removed: a person looks at every hint.

    Parameters
    ----------
    texts : sequence of str
        Voices of one engagement; names are told from ordinary words by how all of them use a word.
    known_names : iterable of str
        Names of staff and hosts, which are names wherever they stand with a capital.
    """
    from engagement.listen.personal_data.identifiers import RECOGNISERS
    from engagement.listen.personal_data.names import find_name_hints

    names = find_name_hints(texts, known_names)
    return tuple(
        keep_first([hint for recognise in RECOGNISERS for hint in recognise(text)], own)
        for text, own in zip(texts, names, strict=True)
    )


def keep_first(*ranked: Sequence[Hint]) -> tuple[Hint, ...]:
    """Keep of overlapping hints the one that was found first, in the order of the words."""
    kept: list[Hint] = []
    for hint in (each for hints in ranked for each in hints):
        if not any(hint.start < other.end and other.start < hint.end for other in kept):
            kept.append(hint)
    return tuple(sorted(kept, key=lambda hint: hint.start))
