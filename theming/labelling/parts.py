"""Split texts into words and what stands between them."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

PARTS_KEPT = 100_000
"""Different parts kept for use again.

Rationale: people use few words often; without this, a hundred thousand texts held a million parts.
"""

_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u3400", "\u9fff"
_INSIDE_WORDS = frozenset("'\u2019.\u200c\u200d")
_ENDS_OF_SENTENCES = ".!?:;\n。！？؟।"

MAX_LETTERS = 100_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """Hold one token: its text, whether it is a word, and what stands around it."""

    text: str
    folded: str
    is_word: bool
    spaced: bool
    starts_text: bool

    @property
    def is_capital(self) -> bool:
        """Say whether it starts with a capital."""
        return self.text[:1].isupper()

    @property
    def is_shouted(self) -> bool:
        """Say whether all of it is in capitals."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_ideograph(self) -> bool:
        """Say whether it is a Chinese character, which needs no space to its neighbours."""
        return _is_ideograph(self.text[0])


@lru_cache(maxsize=1)
def load_tokenizer() -> "Language":
    """Load spaCy's blank English pipeline, which only splits."""
    import spacy

    tokenizer = spacy.blank("en")
    # Rationale: spaCy's limit of a million letters guards the memory of parsers, and there is none here.
    tokenizer.max_length = MAX_LETTERS
    return tokenizer


def split_parts(text: str) -> tuple[Part, ...]:
    """Split a text into tokens with spaCy's English rules; Chinese into characters.

    Examples
    --------
    >>> [part.text for part in split_parts("Children's play-areas")]
    ['Children', "'s", 'play', '-', 'areas']
    """
    document = load_tokenizer().make_doc(text)
    parts: list[Part] = []
    for token in document:
        starts_text = token.i == 0 or document[token.i - 1].text[-1] in _ENDS_OF_SENTENCES
        if any(map(_is_ideograph, token.text)):
            parts.extend(_split_characters(token.text, spaced=bool(token.whitespace_)))
        else:
            parts.append(_make_part(token.text, bool(token.whitespace_), starts_text))
    return tuple(parts)


@lru_cache(maxsize=PARTS_KEPT)
def _make_part(text: str, spaced: bool, starts_text: bool) -> Part:
    """Make a part, or give the one that was made for the same word before."""
    is_word = _is_word(text) and not load_tokenizer().vocab[text].like_url
    return Part(text, text.lower().replace("\u2019", "'"), is_word, spaced, starts_text)


def _split_characters(text: str, *, spaced: bool) -> list[Part]:
    last = len(text) - 1
    return [
        Part(character, character, character.isalpha(), spaced and place == last, False)
        for place, character in enumerate(text)
    ]


def _is_ideograph(character: str) -> bool:
    return _FIRST_IDEOGRAPH <= character <= _LAST_IDEOGRAPH


def _is_word(text: str) -> bool:
    """Say whether a token starts with a letter and holds letters, marks, digits and apostrophes alone."""
    if not text[0].isalpha():
        return False
    return all(
        character.isalnum() or character in _INSIDE_WORDS or unicodedata.category(character)[0] == "M"
        for character in text
    )
