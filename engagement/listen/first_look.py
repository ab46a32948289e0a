"""What the machine sees in voices before they are saved: what may point at a person, and their languages.

Looking takes far longer than saving, and the record lets one write at a time. So it comes first, in a process
of its own: meanwhile a room goes on moving its cards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engagement.listen.languages import guess_language
from engagement.listen.personal_data.hints import Hint, HintKind, find_hints
from engagement.listen.words_child import ask_child

WALL_SECONDS = 900.0
TOO_MUCH = "These voices could not be looked through in time. Nothing was saved. Add the file in parts."


@dataclass(frozen=True)
class ToLookAt:
    """The words of one source: those of its voices, their translations and languages, and names of staff."""

    texts: tuple[str, ...]
    translations: tuple[str, ...]
    languages: tuple[str, ...]
    known_names: tuple[str, ...]


@dataclass(frozen=True)
class FirstLook:
    """What was seen in each voice: hints at persons in its words and in its translation, and its language.

    ``languages`` are empty where nobody can be sure, or where the file says the language itself.
    """

    words: ToLookAt
    hints: tuple[tuple[Hint, ...], ...]
    hints_in_translations: tuple[tuple[Hint, ...], ...]
    languages: tuple[str, ...]


def look_here(words: ToLookAt) -> FirstLook:
    """Look at the words in this process."""
    languages = (
        "" if said else guess_language(text) for text, said in zip(words.texts, words.languages, strict=True)
    )
    in_translations: tuple[tuple[Hint, ...], ...] = ((),) * len(words.texts)
    if any(words.translations):
        in_translations = find_hints(words.translations, words.known_names)
    return FirstLook(words, find_hints(words.texts, words.known_names), in_translations, tuple(languages))


def look_elsewhere(words: Sequence[ToLookAt]) -> tuple[FirstLook, ...]:
    """Look at the words of each source in a process of its own.

    Raises
    ------
    EngagementError
        When they are too many to be looked through in time.
    """
    asked = [vars(each) for each in words]
    seen = ask_child("engagement.listen.first_look_child", asked, WALL_SECONDS, TOO_MUCH)
    return tuple(map(_unpack_look, words, seen))


def pack_look(look: FirstLook) -> list[Any]:
    """Make JSON of what was seen, without the words."""
    return [_pack_hints(look.hints), _pack_hints(look.hints_in_translations), list(look.languages)]


def _unpack_look(words: ToLookAt, packed: list[Any]) -> FirstLook:
    hints, in_translations, languages = packed
    return FirstLook(words, _unpack_hints(hints), _unpack_hints(in_translations), tuple(languages))


def _pack_hints(hints: Sequence[Sequence[Hint]]) -> list[Any]:
    return [[[str(each.kind), each.start, each.end, each.why] for each in own] for own in hints]


def _unpack_hints(packed: list[Any]) -> tuple[tuple[Hint, ...], ...]:
    return tuple(
        tuple(Hint(HintKind(kind), start, end, why) for kind, start, end, why in own) for own in packed
    )
