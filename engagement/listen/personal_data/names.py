"""Names of people in voices: known given names, what is written as names are, and the names of staff."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engagement.listen.personal_data.hints import Hint, HintKind
from theming.labelling.parts import Part, split_parts
from theming.labelling.people import find_names, is_common
from theming.labelling.word_lists import TITLES, read_words


@dataclass(frozen=True)
class PlacedPart:
    """A token with the range of characters that it takes in its text."""

    start: int
    end: int
    part: Part


NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
LITTLE_WORDS = frozenset({"the", "of", "and", "for", "in"})
SAINTS = frozenset({"st", "st.", "saint"})
PLACE_WORDS = read_words("places")
WRITTEN = "written as names of people are"
KNOWN = "the name of staff or a host"


def find_name_hints(texts: Sequence[str], known_names: Iterable[str]) -> tuple[tuple[Hint, ...], ...]:
    """Find names of people in each text, whole names in one range."""
    split_texts = [split_parts(text) for text in texts]
    found = find_names(split_texts)
    known = {word.casefold() for name in known_names for word in NAME_WORD.findall(name)}
    known = {word for word in known - LITTLE_WORDS if word not in TITLES and not is_common(word)}
    return tuple(
        tuple(_join_names(text, list(_place_parts(text, parts)), found, known))
        for text, parts in zip(texts, split_texts, strict=True)
    )


def _join_names(
    text: str, placed: Sequence[PlacedPart], found: frozenset[str], known: set[str]
) -> Iterator[Hint]:
    """Yield each run of name words of one text as one hint, with the surname that follows."""
    place = 0
    while place < len(placed):
        first = placed[place]
        is_known = first.part.text.casefold() in known
        is_titled = first.part.folded.rstrip(".") in TITLES and place + 1 < len(placed)
        is_titled = is_titled and _goes_on(text, first, placed[place + 1])
        if not first.part.is_capital or not (is_known or is_titled or first.part.folded in found):
            place += 1
            continue
        end = place + 1
        while end < len(placed) and _goes_on(text, placed[end - 1], placed[end]):
            end += 1
        is_whole = any(each.part.folded.rstrip(".") not in TITLES for each in placed[place:end])
        if is_whole and not _names_a_place(placed, place, end):
            yield Hint(HintKind.NAME, first.start, placed[end - 1].end, KNOWN if is_known else WRITTEN)
        place = end


def _goes_on(text: str, last: PlacedPart, following: PlacedPart) -> bool:
    """Tell whether a word belongs to the name before it: a surname, or one after an initial or a title."""
    between = text[last.end : following.start]
    is_short = len(last.part.text) <= 2 or last.part.folded.rstrip(".") in TITLES
    if following.part.text == "-" or last.part.text == "-":
        return not between
    return following.part.is_capital and (between == " " or (is_short and between == ". "))


def _names_a_place(placed: Sequence[PlacedPart], start: int, end: int) -> bool:
    before = placed[start - 1].part.folded if start else ""
    words = [each.part.folded for each in placed[start : end + 1]]
    return before in SAINTS or words[0] in SAINTS or any(word in PLACE_WORDS for word in words[1:])


def _place_parts(text: str, parts: Sequence[Part]) -> Iterator[PlacedPart]:
    end = 0
    for part in parts:
        start = text.find(part.text, end)
        if start >= 0:
            end = start + len(part.text)
            yield PlacedPart(start, end, part)
