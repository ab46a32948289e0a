"""Find the noun-like phrases that people used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from theming.labelling.lexicon import ACTION, PAST, POINTER, QUALITY
from theming.labelling.marking import THINGS, MarkedText
from theming.labelling.parts import Part
from theming.labelling.phrase_rules import is_title_case
from theming.labelling.word_forms import fold_word
from theming.labelling.word_lists import (
    ARTICLES,
    CONNECTORS,
    DATE_WORDS,
    LEADING_WORDS,
    TITLES,
    TRAILING_WORDS,
)

MAX_WORDS = 4
MAX_PARTS = 6
TIGHT_GLUE = frozenset({"-", "\u2010", "/", "'s"})
LOOSE_GLUE = frozenset({"&"})


@dataclass(frozen=True)
class Phrase:
    """Hold one use of a phrase.

    Parameters
    ----------
    key : str
        What its forms share (school, schools).
    surface : str
        The form used.
    is_whole : bool
        Whether it stood alone, and not inside a longer phrase.
    is_thing : bool
        Whether it ends in a noun, and is not only a quality (friendly) or an action (waiting).
    """

    key: str
    surface: str
    is_whole: bool
    is_thing: bool = True


def find_phrases(marked: MarkedText) -> Iterator[Phrase]:
    """Yield every noun-like phrase of one text, of one to four words.

    A phrase starts and ends with a word that can carry a label; inside it small words may stand
    (cost of living). It never crosses a comma or a full stop.
    """
    keeps_capitals = not is_title_case(marked.parts)
    for start in range(len(marked.parts)):
        if not _can_start(marked, start):
            continue
        for end in _list_ends(marked, start):
            is_whole = _stands_alone(marked, start, end)
            nature = (is_whole, marked.kinds[end] in THINGS)
            yield _make_phrase(marked, slice(start, end + 1), keeps_capitals, nature)


def _list_ends(marked: MarkedText, start: int) -> Iterator[int]:
    n_words = 0
    for end in range(start, min(start + MAX_PARTS, len(marked.parts))):
        if end > start and not _can_follow(marked, end):
            return
        n_words += marked.parts[end].is_word and marked.words[end] not in CONNECTORS
        if n_words > MAX_WORDS:
            return
        if _can_end(marked, start, end):
            yield end


def _can_start(marked: MarkedText, start: int) -> bool:
    return (
        marked.carries[start]
        and marked.words[start] not in TRAILING_WORDS
        and (marked.kinds[start] != PAST or _describes_next(marked, start))
    )


def _describes_next(marked: MarkedText, place: int) -> bool:
    """Say whether a participle belongs to the noun after it: supported housing, not closed parks."""
    before = marked.parts[place - 1] if place else None
    is_free = (
        before is None
        or not before.is_word
        or marked.kinds[place - 1] == POINTER
        or before.folded in CONNECTORS | LEADING_WORDS
    )
    return is_free and place + 1 < len(marked.parts) and marked.kinds[place + 1] in THINGS


def _can_follow(marked: MarkedText, place: int) -> bool:
    """Say whether a token may continue a phrase."""
    part, before = marked.parts[place], marked.parts[place - 1]
    if part.folded in TIGHT_GLUE:
        return not before.spaced and (part.folded == "'s" or not part.spaced)
    if part.folded in ARTICLES:
        return before.folded in CONNECTORS
    if part.folded in CONNECTORS:
        return marked.carries[place - 1] and marked.kinds[place - 1] != PAST
    return part.folded in LOOSE_GLUE or (marked.carries[place] and marked.kinds[place] != PAST)


def _can_end(marked: MarkedText, start: int, end: int) -> bool:
    """Say whether a phrase may end here: with a noun, or as a quality or an action by itself."""
    if not marked.carries[end] or not _reads_well(marked, start, end):
        return False
    places = [place for place in range(start, end + 1) if marked.parts[place].is_word]
    if _is_pair(marked, places, QUALITY):
        return True
    if marked.words[end] in LEADING_WORDS and not _ends_name(marked, places):
        return False
    if marked.kinds[end] in THINGS:
        return _joins_alike(marked, places)
    return len(places) == 1 or _is_pair(marked, places, ACTION)


def _ends_name(marked: MarkedText, places: Sequence[int]) -> bool:
    """Say whether a word that usually leads ends a name of several words: Bowling Green."""
    last_two = places[-2:]
    is_date = marked.words[places[-1]] in DATE_WORDS
    return len(last_two) == 2 and not is_date and all(marked.is_name[place] for place in last_two)


def _is_pair(marked: MarkedText, places: Sequence[int], kind: str) -> bool:
    """Say whether two words of one kind are joined: friendly and helpful."""
    if len(places) != 3 or marked.words[places[1]] != "and":
        return False
    return marked.kinds[places[0]] == marked.kinds[places[2]] == kind


def _joins_alike(marked: MarkedText, places: Sequence[int]) -> bool:
    """Refuse small words after what is no noun: friendly and ward."""
    return all(
        marked.kinds[place - 1] in THINGS | {ACTION, ""}
        for place in places
        if marked.words[place] in CONNECTORS
    )


def _reads_well(marked: MarkedText, start: int, end: int) -> bool:
    """Refuse a single word that only goes with others, and a word joined to itself."""
    words = [marked.words[place] for place in range(start, end + 1) if marked.parts[place].is_word]
    if len(words) == 1:
        return words[0] not in TRAILING_WORDS | TITLES and not marked.parts[start].is_ideograph
    return len(set(words)) == len(words) and words[-1].rstrip(".") not in TITLES


def _stands_alone(marked: MarkedText, start: int, end: int) -> bool:
    parts = marked.parts
    led = start > 0 and marked.carries[start - 1] and marked.words[start - 1] not in LEADING_WORDS
    if end + 1 == len(parts):
        return not led
    joined = not parts[end].spaced and parts[end + 1].folded in TIGHT_GLUE
    return not led and not joined and not marked.carries[end + 1]


def _make_phrase(marked: MarkedText, span: slice, keeps_capitals: bool, nature: tuple[bool, bool]) -> Phrase:
    parts, words, is_name = marked.parts[span], marked.words[span], marked.is_name[span]
    in_name = any(is_name) or _is_written_name(parts)
    spelt = [
        _spell_word(part, is_name[place], keeps_capitals and in_name) + (" " if part.spaced else "")
        for place, part in enumerate(parts)
    ]
    key = " ".join(fold_word(word) for part, word in zip(parts, words, strict=True) if part.is_word)
    return Phrase(key, "".join(spelt).strip(), *nature)


def _is_written_name(parts: Sequence[Part]) -> bool:
    """Say whether all of several words have capitals inside a sentence: Fountain Square."""
    words = [part for part in parts if part.is_word]
    return len(words) > 1 and all(part.is_capital and not part.starts_text for part in words)


def _spell_word(part: Part, is_name: bool, keeps_capital: bool) -> str:
    """Take away a capital that only the start of a sentence, a heading or shouting gave."""
    if is_name:
        return part.text
    return part.text if keeps_capital and part.text.istitle() and not part.starts_text else part.text.lower()
