"""Find the noun-like phrases that people used."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from theming.labelling.word_lists import (
    ARTICLES,
    CONNECTORS,
    DROP_S_WORDS,
    LEADING_WORDS,
    NOUNS_IN_ED,
    NOUNS_IN_LY,
    RUDE_WORDS,
    TRAILING_WORDS,
    WEAK_WORDS,
)

if TYPE_CHECKING:
    from spacy.language import Language

MAX_WORDS = 4
MAX_PARTS = 6
FEWEST_WITH_DIGITS = 5
"""Fewest characters of a word that holds a digit: P3 in a note is a speaker, covid19 is a subject."""

PARTS_KEPT = 100_000
"""Different parts kept for use again.

Rationale: people use few words often; without this, a hundred thousand texts held a million parts.
"""

TIGHT_GLUE = frozenset({"-", "\u2010", "/", "'s"})
LOOSE_GLUE = frozenset({"&"})
_WORD = re.compile(r"^[^\W\d_][\w\u0300-\u036f'\u2019.]*$")


@dataclass(frozen=True)
class Part:
    """Hold one token: its text, whether it is a word, and what stands around it."""

    text: str
    folded: str
    is_word: bool
    spaced: bool
    starts_text: bool


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
    """

    key: str
    surface: str
    is_whole: bool


@dataclass(frozen=True)
class PhraseRules:
    """Hold what one body of texts says about its own words.

    Parameters
    ----------
    verbs : frozenset of str
        Words that stand where verbs stand more often than where nouns stand.
    names : frozenset of str
        Words that are people's names here.
    capitals : frozenset of str
        Words that people mostly write with a capital inside a sentence: names of places, NHS.
    """

    verbs: frozenset[str]
    names: frozenset[str]
    capitals: frozenset[str]


@lru_cache(maxsize=1)
def _load_tokenizer() -> "Language":
    import spacy

    return spacy.blank("en")


@lru_cache(maxsize=1)
def load_stop_words() -> frozenset[str]:
    """Return spaCy's English stop-words and ours: words that never start or end a label."""
    spacy_words = frozenset(_load_tokenizer().Defaults.stop_words)
    return (spacy_words | WEAK_WORDS | CONNECTORS | ARTICLES) - LEADING_WORDS - TRAILING_WORDS


def split_parts(text: str) -> tuple[Part, ...]:
    """Split a text into tokens with spaCy's English rules.

    Examples
    --------
    >>> [part.text for part in split_parts("Children's play-areas")]
    ['Children', "'s", 'play', '-', 'areas']
    """
    parts = []
    before = ""
    for token in _load_tokenizer().make_doc(text):
        starts_text = not before or before[-1] in ".!?:;\n"
        before = token.text
        parts.append(_make_part(before, bool(token.whitespace_), starts_text))
    return tuple(parts)


@lru_cache(maxsize=PARTS_KEPT)
def _make_part(text: str, spaced: bool, starts_text: bool) -> Part:
    """Make a part, or give the one that was made for the same word before."""
    is_word = bool(_WORD.match(text)) and not _load_tokenizer().vocab[text].like_url
    return Part(text, text.lower().replace("\u2019", "'"), is_word, spaced, starts_text)


def find_phrases(parts: Sequence[Part], rules: PhraseRules) -> Iterator[Phrase]:
    """Yield every noun-like phrase of one text, of one to four words.

    A phrase starts and ends with a word that can carry a label; inside it small words may stand
    (cost of living). It never crosses a comma or a full stop.
    """
    for start, first in enumerate(parts):
        if not _can_start(first, rules):
            continue
        for end in range(start, min(start + MAX_PARTS, len(parts))):
            if end > start and not _can_follow(parts, end, rules):
                break
            phrase = parts[start : end + 1]
            if sum(part.is_word and part.folded not in CONNECTORS for part in phrase) > MAX_WORDS:
                break
            if _can_end(parts[end], rules) and _reads_well(phrase):
                yield _make_phrase(phrase, rules, is_whole=_stands_alone(parts, start, end, rules))


def _is_code(word: str) -> bool:
    return len(word) < FEWEST_WITH_DIGITS and any(character.isdigit() for character in word)


def _can_carry(part: Part, rules: PhraseRules) -> bool:
    return part.is_word and _can_word_carry(part.folded, rules)


@lru_cache(maxsize=PARTS_KEPT)
def _can_word_carry(word: str, rules: PhraseRules) -> bool:
    return (
        (len(word) > 2 or word in rules.capitals)
        and not _is_code(word)
        and word.rstrip(".") not in load_stop_words()
        and word not in rules.verbs
        and word not in rules.names
        and word not in RUDE_WORDS
        and not word.endswith("n't")
        and not (word.endswith("ly") and len(word) > 5 and word not in NOUNS_IN_LY)
    )


def _can_start(part: Part, rules: PhraseRules) -> bool:
    return part.folded not in TRAILING_WORDS and _can_carry(part, rules)


def _can_end(part: Part, rules: PhraseRules) -> bool:
    return part.folded not in LEADING_WORDS and not _is_participle(part) and _can_carry(part, rules)


def _is_participle(part: Part) -> bool:
    word = part.folded
    return word.endswith("ed") and len(word) > 4 and word not in NOUNS_IN_ED


def _can_follow(parts: Sequence[Part], place: int, rules: PhraseRules) -> bool:
    """Say whether a token may continue a phrase."""
    part, before = parts[place], parts[place - 1]
    if part.folded in TIGHT_GLUE:
        return not before.spaced and (part.folded == "'s" or not part.spaced)
    if part.folded in ARTICLES:
        return before.folded in CONNECTORS
    if part.folded in CONNECTORS:
        return before.is_word and not _is_participle(before)
    return part.folded in LOOSE_GLUE or _can_carry(part, rules)


def _reads_well(phrase: Sequence[Part]) -> bool:
    """Refuse a single word that only goes with others, and a word joined to itself."""
    words = [part.folded for part in phrase if part.is_word]
    if len(words) == 1:
        return words[0] not in TRAILING_WORDS
    return len(set(words)) == len(words)


def _stands_alone(parts: Sequence[Part], start: int, end: int, rules: PhraseRules) -> bool:
    before = parts[start - 1] if start else None
    after = parts[end + 1] if end + 1 < len(parts) else None
    led = before is not None and before.folded not in LEADING_WORDS and _can_carry(before, rules)
    joined = after is not None and not parts[end].spaced and after.folded in TIGHT_GLUE
    return not led and not joined and (after is None or not _can_carry(after, rules))


def _make_phrase(parts: Sequence[Part], rules: PhraseRules, *, is_whole: bool) -> Phrase:
    in_name = any(part.folded in rules.capitals for part in parts)
    words = [_spell_word(part, rules, in_name) + (" " if part.spaced else "") for part in parts]
    surface = "".join(words).strip()
    key = " ".join(_fold_word(part.folded) for part in parts if part.is_word)
    return Phrase(key, surface, is_whole)


def _spell_word(part: Part, rules: PhraseRules, in_name: bool) -> str:
    """Take away a capital that only the start of a sentence, a heading or shouting gave."""
    if part.folded in rules.capitals or (in_name and part.text.istitle()):
        return part.text
    return part.text.lower()


def _fold_word(word: str) -> str:
    """Fold plural and singular together.

    Examples
    --------
    >>> [_fold_word(word) for word in ("buses", "cities", "parks", "bus", "glass")]
    ['bus', 'city', 'park', 'bus', 'glass']
    """
    if len(word) <= 3 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "uses", "ches", "shes", "xes")) and word not in DROP_S_WORDS:
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
