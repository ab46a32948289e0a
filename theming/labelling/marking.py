"""Mark what each word of a text is: a thing, a quality, an action, or nothing that carries a label."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from theming.labelling.lexicon import ACTION, NAME, NOUN, PAST, QUALITY, VERB, is_also_verb
from theming.labelling.parts import Part, load_tokenizer, split_parts
from theming.labelling.phrase_rules import PhraseRules, learn_rules
from theming.labelling.word_lists import (
    ARTICLES,
    CONNECTORS,
    LEADING_WORDS,
    RUDE_WORDS,
    TRAILING_WORDS,
    VERB_LEADS,
    WEAK_WORDS,
)

THINGS = frozenset({NOUN, NAME})
_CARRYING = frozenset({NOUN, NAME, QUALITY, ACTION, PAST})
FEWEST_WITH_DIGITS = 5
"""Fewest characters of a word that holds a digit: P3 in a note is a speaker, covid19 is a subject."""
SPLIT, LEARNT = 0.55, 0.75
"""Shares of the work after which texts are split into words, and the use of words is learnt."""
TOLD_EVERY = 500
"""Texts between two reports: a quarter of a second."""

Given = TypeVar("Given")


@dataclass(frozen=True)
class MarkedText:
    """Hold the parts of one text and what is known of each.

    Parameters
    ----------
    parts : sequence of Part
    words : sequence of str
        In small letters and common spelling.
    kinds : sequence of str
        As in the lexicon; "" for what is no word.
    means : sequence of bool
        Whether a word means enough to be shown by itself: no small word, name of a person or code.
    carries : sequence of bool
        Whether it may stand at the start or end of a noun-like phrase.
    is_name : sequence of bool
        Whether people write it with a capital.
    """

    parts: Sequence[Part]
    words: Sequence[str]
    kinds: Sequence[str]
    means: Sequence[bool]
    carries: Sequence[bool]
    is_name: Sequence[bool]


@lru_cache(maxsize=1)
def load_stop_words() -> frozenset[str]:
    """Return spaCy's English stop-words and ours: words that never start or end a label."""
    spacy_words = frozenset(load_tokenizer().Defaults.stop_words)
    return (spacy_words | WEAK_WORDS | CONNECTORS | ARTICLES) - LEADING_WORDS - TRAILING_WORDS


def mark_texts(texts: Sequence[str], report: Callable[[float], None] | None = None) -> list[MarkedText]:
    """Split texts, learn from all of them how their words are used, and mark each.

    Parameters
    ----------
    texts : sequence of str
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.
    """
    tell = report or (lambda _share: None)
    split_texts = [split_parts(text) for text in _telling(texts, tell, 0.0, SPLIT)]
    rules = learn_rules(split_texts)
    return [mark_parts(parts, rules) for parts in _telling(split_texts, tell, LEARNT, 1.0)]


def _telling(
    items: Sequence[Given], tell: Callable[[float], None], start: float, end: float
) -> Iterator[Given]:
    """Yield the items, and tell every now and then the share done, from start to end."""
    for place, item in enumerate(items):
        if place % TOLD_EVERY == 0:
            tell(start + (end - start) * place / len(items))
        yield item


def mark_parts(parts: Sequence[Part], rules: PhraseRules) -> MarkedText:
    """Mark the parts of one text."""
    words = [rules.spellings.get(part.folded, part.folded) for part in parts]
    kinds = _tell_kinds(parts, words, rules)
    means = [part.is_word and _can_carry(word, rules) for part, word in zip(parts, words, strict=True)]
    carries = [meant and kind in _CARRYING for meant, kind in zip(means, kinds, strict=True)]
    return MarkedText(parts, words, kinds, means, carries, [word in rules.capitals for word in words])


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
