"""Find the noun-like phrases that people used."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from theming.labelling.lexicon import ACTION, NAME, NOUN, PAST, POINTER, QUALITY, VERB, is_also_verb
from theming.labelling.parts import Part, load_tokenizer
from theming.labelling.phrase_rules import PhraseRules, is_title_case
from theming.labelling.word_forms import fold_word
from theming.labelling.word_lists import (
    ARTICLES,
    CONNECTORS,
    DATE_WORDS,
    LEADING_WORDS,
    RUDE_WORDS,
    TITLES,
    TRAILING_WORDS,
    VERB_LEADS,
    WEAK_WORDS,
)

MAX_WORDS = 4
MAX_PARTS = 6
FEWEST_WITH_DIGITS = 5
"""Fewest characters of a word that holds a digit: P3 in a note is a speaker, covid19 is a subject."""

TIGHT_GLUE = frozenset({"-", "\u2010", "/", "'s"})
LOOSE_GLUE = frozenset({"&"})
_CARRYING = frozenset({NOUN, NAME, QUALITY, ACTION, PAST})
_THINGS = frozenset({NOUN, NAME})


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


@dataclass(frozen=True)
class _Marked:
    """Hold the parts of one text, their words in small letters and common spelling, and what these are."""

    parts: Sequence[Part]
    words: Sequence[str]
    kinds: Sequence[str]
    carries: Sequence[bool]
    is_name: Sequence[bool]


@lru_cache(maxsize=1)
def load_stop_words() -> frozenset[str]:
    """Return spaCy's English stop-words and ours: words that never start or end a label."""
    spacy_words = frozenset(load_tokenizer().Defaults.stop_words)
    return (spacy_words | WEAK_WORDS | CONNECTORS | ARTICLES) - LEADING_WORDS - TRAILING_WORDS


def find_phrases(parts: Sequence[Part], rules: PhraseRules) -> Iterator[Phrase]:
    """Yield every noun-like phrase of one text, of one to four words.

    A phrase starts and ends with a word that can carry a label; inside it small words may stand
    (cost of living). It never crosses a comma or a full stop.
    """
    marked = _mark_parts(parts, rules)
    keeps_capitals = not is_title_case(parts)
    for start in range(len(parts)):
        if not _can_start(marked, start):
            continue
        for end in _list_ends(marked, start):
            is_whole = _stands_alone(marked, start, end)
            nature = (is_whole, marked.kinds[end] in _THINGS)
            yield _make_phrase(marked, slice(start, end + 1), keeps_capitals, nature)


def _mark_parts(parts: Sequence[Part], rules: PhraseRules) -> _Marked:
    words = [rules.spellings.get(part.folded, part.folded) for part in parts]
    kinds = _tell_kinds(parts, words, rules)
    carries = [
        part.is_word and kind in _CARRYING and _can_carry(word, rules)
        for part, word, kind in zip(parts, words, kinds, strict=True)
    ]
    return _Marked(parts, words, kinds, carries, [word in rules.capitals for word in words])


def _list_ends(marked: _Marked, start: int) -> Iterator[int]:
    n_words = 0
    for end in range(start, min(start + MAX_PARTS, len(marked.parts))):
        if end > start and not _can_follow(marked, end):
            return
        n_words += marked.parts[end].is_word and marked.words[end] not in CONNECTORS
        if n_words > MAX_WORDS:
            return
        if _can_end(marked, start, end):
            yield end


def _tell_kinds(parts: Sequence[Part], words: Sequence[str], rules: PhraseRules) -> list[str]:
    """Tell the kind of each part from its word and from what stands around it."""
    kinds: list[str] = []
    for place, (part, word) in enumerate(zip(parts, words, strict=True)):
        kind = rules.tell_kind(word) if part.is_word else ""
        before = (words[place - 1], kinds[-1]) if place else ("", "")
        kinds.append(_tell_kind_in_place(word, kind, before, is_last=_ends_here(parts, place)))
    return kinds


def _tell_kind_in_place(word: str, kind: str, before: tuple[str, str], *, is_last: bool) -> str:
    """Tell what a word is behind another: the cost of living, the homeless, they plant."""
    last, last_kind = before
    if kind == NOUN and last in VERB_LEADS and last != "to" and is_also_verb(word):
        return VERB
    is_led = last in ARTICLES or last in ("of", "'s") or last_kind == QUALITY
    if is_led and (kind in (VERB, ACTION) or (kind == QUALITY and is_last and last in ARTICLES)):
        return NOUN
    return kind


def _ends_here(parts: Sequence[Part], place: int) -> bool:
    """Say whether no word follows that a quality could belong to: the homeless."""
    return place + 1 == len(parts) or not parts[place + 1].is_word or parts[place + 1].folded in CONNECTORS


def _can_carry(word: str, rules: PhraseRules) -> bool:
    """Say whether a word means enough by itself to stand at the start or end of a label."""
    return (
        (len(word) > 2 or word in rules.capitals or not word.isascii())
        and not _is_code(word)
        and word.rstrip(".") not in load_stop_words()
        and word not in rules.small_words
        and word not in rules.names
        and word not in RUDE_WORDS
        and not word.endswith("n't")
    )


def _is_code(word: str) -> bool:
    """Say whether a word is a speaker's number (P3) or a blacked-out name (XXXX)."""
    has_digit = any(character.isdigit() for character in word)
    return (has_digit and len(word) < FEWEST_WITH_DIGITS) or (word.isascii() and len(set(word)) == 1)


def _can_start(marked: _Marked, start: int) -> bool:
    return (
        marked.carries[start]
        and marked.words[start] not in TRAILING_WORDS
        and (marked.kinds[start] != PAST or _describes_next(marked, start))
    )


def _describes_next(marked: _Marked, place: int) -> bool:
    """Say whether a participle belongs to the noun after it: supported housing, not closed parks."""
    before = marked.parts[place - 1] if place else None
    is_free = (
        before is None
        or not before.is_word
        or marked.kinds[place - 1] == POINTER
        or before.folded in CONNECTORS | LEADING_WORDS
    )
    return is_free and place + 1 < len(marked.parts) and marked.kinds[place + 1] in _THINGS


def _can_follow(marked: _Marked, place: int) -> bool:
    """Say whether a token may continue a phrase."""
    part, before = marked.parts[place], marked.parts[place - 1]
    if part.folded in TIGHT_GLUE:
        return not before.spaced and (part.folded == "'s" or not part.spaced)
    if part.folded in ARTICLES:
        return before.folded in CONNECTORS
    if part.folded in CONNECTORS:
        return marked.carries[place - 1] and marked.kinds[place - 1] != PAST
    return part.folded in LOOSE_GLUE or (marked.carries[place] and marked.kinds[place] != PAST)


def _can_end(marked: _Marked, start: int, end: int) -> bool:
    """Say whether a phrase may end here: with a noun, or as a quality or an action by itself."""
    if not marked.carries[end] or not _reads_well(marked, start, end):
        return False
    places = [place for place in range(start, end + 1) if marked.parts[place].is_word]
    if _is_pair(marked, places, QUALITY):
        return True
    if marked.words[end] in LEADING_WORDS and not _ends_name(marked, places):
        return False
    if marked.kinds[end] in _THINGS:
        return _joins_alike(marked, places)
    return len(places) == 1 or _is_pair(marked, places, ACTION)


def _ends_name(marked: _Marked, places: Sequence[int]) -> bool:
    """Say whether a word that usually leads ends a name of several words: Bowling Green."""
    last_two = places[-2:]
    is_date = marked.words[places[-1]] in DATE_WORDS
    return len(last_two) == 2 and not is_date and all(marked.is_name[place] for place in last_two)


def _is_pair(marked: _Marked, places: Sequence[int], kind: str) -> bool:
    """Say whether two words of one kind are joined: friendly and helpful."""
    if len(places) != 3 or marked.words[places[1]] != "and":
        return False
    return marked.kinds[places[0]] == marked.kinds[places[2]] == kind


def _joins_alike(marked: _Marked, places: Sequence[int]) -> bool:
    """Refuse small words after what is no noun: friendly and ward."""
    return all(
        marked.kinds[place - 1] in _THINGS | {ACTION, ""}
        for place in places
        if marked.words[place] in CONNECTORS
    )


def _reads_well(marked: _Marked, start: int, end: int) -> bool:
    """Refuse a single word that only goes with others, and a word joined to itself."""
    words = [marked.words[place] for place in range(start, end + 1) if marked.parts[place].is_word]
    if len(words) == 1:
        return words[0] not in TRAILING_WORDS | TITLES and not marked.parts[start].is_ideograph
    return len(set(words)) == len(words) and words[-1].rstrip(".") not in TITLES


def _stands_alone(marked: _Marked, start: int, end: int) -> bool:
    parts = marked.parts
    led = start > 0 and marked.carries[start - 1] and marked.words[start - 1] not in LEADING_WORDS
    if end + 1 == len(parts):
        return not led
    joined = not parts[end].spaced and parts[end + 1].folded in TIGHT_GLUE
    return not led and not joined and not marked.carries[end + 1]


def _make_phrase(marked: _Marked, span: slice, keeps_capitals: bool, nature: tuple[bool, bool]) -> Phrase:
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
