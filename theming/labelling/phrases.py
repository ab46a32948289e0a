"""Find the noun-like phrases that people used."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from theming.labelling.word_lists import (
    CONNECTORS,
    DROP_S_WORDS,
    GIVEN_NAMES,
    LEADING_WORDS,
    NOUN_LEADS,
    NOUNS_IN_ED,
    NOUNS_IN_LY,
    RUDE_WORDS,
    TITLES,
    TRAILING_WORDS,
    VERB_LEADS,
    WEAK_WORDS,
)

if TYPE_CHECKING:
    from spacy.language import Language

MAX_WORDS = 4
MAX_PARTS = 5
GLUE = frozenset({"-", "\u2010", "'s", "\u2019s", "&", "/"})
_WORD = re.compile(r"^[^\W\d_][\w\u0300-\u036f'\u2019.]*$")


@dataclass(frozen=True)
class Part:
    """Hold one token: its text, whether it is a word, and whether a space follows."""

    text: str
    folded: str
    is_word: bool
    spaced: bool
    starts_text: bool


@dataclass(frozen=True)
class Phrase:
    """Hold one use of a phrase: the key that its forms share, and the form used."""

    key: str
    surface: str


@dataclass(frozen=True)
class PhraseRules:
    """Hold what one body of texts says about its own words.

    Parameters
    ----------
    verbs : frozenset of str
        Words that stand where verbs stand more often than where nouns stand.
    names : frozenset of str
        Words that are people's names here.
    """

    verbs: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=1)
def _load_tokenizer() -> "Language":
    import spacy

    return spacy.blank("en")


@lru_cache(maxsize=1)
def load_stop_words() -> frozenset[str]:
    """Return spaCy's English stop-words and ours: words that never start or end a label."""
    spacy_words = frozenset(_load_tokenizer().Defaults.stop_words)
    return (spacy_words | WEAK_WORDS | CONNECTORS) - LEADING_WORDS - TRAILING_WORDS


def split_parts(text: str) -> tuple[Part, ...]:
    """Split a text into tokens with spaCy's English rules.

    Examples
    --------
    >>> [part.text for part in split_parts("Children's play-areas")]
    ['Children', "'s", 'play', '-', 'areas']
    """
    document = _load_tokenizer().make_doc(text)
    return tuple(
        Part(
            token.text,
            token.text.lower().replace("\u2019", "'"),
            bool(_WORD.match(token.text)) and not token.like_url,
            bool(token.whitespace_),
            token.i == 0 or document[token.i - 1].text in ".!?:;\n",
        )
        for token in document
    )


def learn_rules(split_texts: Sequence[Sequence[Part]]) -> PhraseRules:
    """Learn from the texts themselves which words act as verbs and which are people's names.

    No trained tagger is needed: what stands before a word says enough about it when there are
    some dozens of texts.
    """
    as_verb, as_noun, capital, plain = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    titled: set[str] = set()
    for parts in split_texts:
        for before, part in zip([None, *parts], parts, strict=False):
            if not part.is_word:
                continue
            lead = before.folded if before else ""
            as_verb[part.folded] += lead in VERB_LEADS
            as_noun[part.folded] += lead in NOUN_LEADS
            if not part.starts_text:
                (plain if part.text[:1].islower() else capital)[part.folded] += 1
            if lead.rstrip(".") in TITLES and part.text[:1].isupper():
                titled.add(part.folded)
    verbs = {word for word, times in as_verb.items() if times > as_noun[word]}
    known = {name for name in GIVEN_NAMES if capital[name] >= plain[name]}
    titled = {word for word in titled if plain[word] == 0}
    return PhraseRules(frozenset(verbs), frozenset(known | titled))


def find_phrases(parts: Sequence[Part], rules: PhraseRules) -> Iterator[Phrase]:
    """Yield every noun-like phrase of one text, of one to four words.

    A phrase starts and ends with a word that can carry a label; inside it small words may stand
    (cost of living). It never crosses a comma or a full stop.
    """
    for start, first in enumerate(parts):
        if not _can_carry(first, rules) or first.folded in TRAILING_WORDS:
            continue
        n_words = 0
        for end in range(start, min(start + MAX_PARTS, len(parts))):
            part = parts[end]
            if not _can_stand_inside(part, rules):
                break
            n_words += part.is_word and part.folded not in CONNECTORS
            if n_words > MAX_WORDS:
                break
            if _can_end(part, rules) and (end > start or part.folded not in TRAILING_WORDS):
                yield _make_phrase(parts[start : end + 1])


def _can_carry(part: Part, rules: PhraseRules) -> bool:
    word = part.folded
    return (
        part.is_word
        and len(word) > 1
        and word.rstrip(".") not in load_stop_words()
        and word not in rules.verbs
        and word not in rules.names
        and word not in RUDE_WORDS
        and not word.endswith("n't")
        and not (word.endswith("ly") and len(word) > 5 and word not in NOUNS_IN_LY)
    )


def _can_end(part: Part, rules: PhraseRules) -> bool:
    word = part.folded
    if word in LEADING_WORDS or (word.endswith("ed") and len(word) > 4 and word not in NOUNS_IN_ED):
        return False
    return _can_carry(part, rules)


def _can_stand_inside(part: Part, rules: PhraseRules) -> bool:
    if part.folded in GLUE or part.folded in CONNECTORS:
        return True
    return _can_carry(part, rules)


def _make_phrase(parts: Sequence[Part]) -> Phrase:
    surface = "".join(part.text + (" " if part.spaced else "") for part in parts).strip()
    key = " ".join(_fold_word(part.folded) for part in parts if part.is_word)
    return Phrase(key, surface)


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
