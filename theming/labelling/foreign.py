"""Small words of other languages, so that labels of texts in them are not made of these."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path

from theming.labelling.lexicon import is_known
from theming.labelling.word_lists import read_words

_LANGUAGES = {
    "LATIN": ["pl", "ro", "tr", "pt", "es", "it", "fr", "de", "nl", "lt", "cs", "sk", "hu", "sq", "cy", "so"],
    "ARABIC": ["ar", "ur", "fa"],
    "CYRILLIC": ["ru", "uk", "bg"],
    "DEVANAGARI": ["hi", "mr", "ne"],
    "BENGALI": ["bn"],
    "GREEK": ["el"],
    "GUJARATI": ["gu"],
    "GURMUKHI": ["pa"],
    "TAMIL": ["ta"],
    "CJK": ["zh"],
}
_OWN_LISTS = frozenset({"cy", "pa", "so", "zh"})
"""Languages whose small words stand in `words/`, because spaCy lists none or counts other units."""

MOSTLY_UNKNOWN = 0.5
"""Share of words unknown to the English lexicon from which on a text is taken to be in another language."""


@lru_cache(maxsize=len(_LANGUAGES) * 16)
def load_small_words(language: str) -> frozenset[str]:
    """Load the small words of one language.

    Rationale: the file alone is read, as importing spaCy's French compiles patterns for three seconds.
    """
    if language in _OWN_LISTS:
        return read_words(f"small_{language}")
    found = find_spec(f"spacy.lang.{language}")
    if found is None or found.origin is None:
        raise ImportError(f"spaCy knows no language {language!r}. Install requirements.txt, then try again.")
    return frozenset(run_path(str(Path(found.origin).with_name("stop_words.py")))["STOP_WORDS"])


def find_foreign_small_words(texts_in_words: Iterable[Sequence[str]]) -> frozenset[str]:
    """Find the small words used in texts that are not English.

    Parameters
    ----------
    texts_in_words : iterable of sequence of str
        The words of each text in small letters.
    """
    found: set[str] = set()
    for words in texts_in_words:
        unknown = [word for word in words if not is_known(word)]
        if len(unknown) > MOSTLY_UNKNOWN * len(words):
            languages = _LANGUAGES.get(_find_script(words), [])
            hits = [[word for word in words if word in load_small_words(one)] for one in languages]
            likeliest = max(hits, key=len) if hits else []
            found.update(likeliest)
    return frozenset(word for word in found if not is_known(word))


def _find_script(words: Sequence[str]) -> str:
    """Return the script of most words, as Unicode names it: LATIN, GUJARATI, CJK, ..."""
    scripts = Counter(unicodedata.name(word[0], "").split(" ")[0].split("-")[0] for word in words if word)
    return scripts.most_common(1)[0][0] if scripts else ""
