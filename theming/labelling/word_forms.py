"""Fold the forms of a word together."""

import unicodedata
from functools import lru_cache

from theming.labelling.word_lists import DROP_S_WORDS


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    """Fold plural and singular together, British with American spelling, and letters with accents.

    Examples
    --------
    >>> [fold_word(word) for word in ("buses", "cities", "parks", "bus", "neighbours", "Māori")]
    ['bus', 'city', 'park', 'bus', 'neighbor', 'Maori']
    """
    if not word.isascii():
        word = _drop_accents(word)
    if len(word) > 3 and not word.endswith(("ss", "us", "is")):
        word = _drop_plural(word)
    return word[:-2] + "r" if word.endswith("our") and len(word) > 5 else word


def _drop_plural(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "uses", "ches", "shes", "xes")) and word not in DROP_S_WORDS:
        return word[:-2]
    return word[:-1] if word.endswith("s") else word


def _drop_accents(word: str) -> str:
    """Drop the accents of Latin letters; marks of other scripts are vowels and stay."""
    split = unicodedata.normalize("NFD", word)
    plain = "".join(letter for letter in split if not unicodedata.combining(letter))
    return plain if plain.isascii() else word
