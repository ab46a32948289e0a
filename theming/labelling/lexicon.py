"""What kind of word each word is, from Brill's lexicon as the package textblob carries it."""

from functools import lru_cache
from importlib import metadata
from pathlib import Path

from theming.errors import ModelFileError
from theming.labelling.word_lists import NOUNS_IN_ED, NOUNS_IN_LY

PACKAGE, FILE = "textblob", "en-lexicon.txt"

NOUN, NAME, QUALITY, VERB, PAST, ACTION = "noun", "name", "quality", "verb", "past", "action"
PLACER, POINTER, OTHER = "placer", "pointer", "other"
"""Kinds of words: PLACER is a preposition, POINTER an article, a possessive or a number."""

MOST_REMEMBERED = 50_000
"""Words whose kind is remembered. Rationale: a town uses fewer; it only bounds memory."""

_KIND_OF_TAG = {
    **dict.fromkeys(("NN", "NNS"), NOUN),
    **dict.fromkeys(("NNP", "NNPS"), NAME),
    **dict.fromkeys(("JJ", "JJR", "JJS"), QUALITY),
    **dict.fromkeys(("VB", "VBP", "VBZ"), VERB),
    **dict.fromkeys(("VBD", "VBN"), PAST),
    "VBG": ACTION,
    "IN": PLACER,
    **dict.fromkeys(("DT", "PRP$", "WP$", "CD", "POS"), POINTER),
}
_SPELLINGS = (
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("our", "or"),
    ("tre", "ter"),
    ("ogue", "og"),
    ("lling", "ling"),
    ("lled", "led"),
    ("ence", "ense"),
    ("mme", "m"),
)
"""British and American endings: the lexicon knows American ones."""
_ENDINGS = (
    ("ing", ACTION),
    ("ed", PAST),
    ("ly", OTHER),
    *((ending, QUALITY) for ending in ("ful", "ous", "ive", "able", "ible", "less", "ish", "ical", "ary")),
)


@lru_cache(maxsize=1)
def load_lexicon() -> dict[str, str]:
    """Load the kind of every word of the lexicon; none of the package's code is imported.

    References
    ----------
    Brill (1992), A simple rule-based part of speech tagger.

    Raises
    ------
    ModelFileError
        If the package is not installed or lacks the lexicon.
    """
    lines = _find_lexicon().read_text(encoding="utf-8").splitlines()
    entries = (line.split(" ") for line in lines if not line.startswith(";;;"))
    return {entry[0]: _KIND_OF_TAG.get(entry[1].split("|")[0], OTHER) for entry in entries if len(entry) == 2}


def _find_lexicon() -> Path:
    try:
        listed = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError as error:
        raise ModelFileError(
            f"package == {PACKAGE!r} is not installed. Install requirements.txt, then try again."
        ) from error
    for path in listed:
        if path.name == FILE and Path(str(path.locate())).is_file():
            return Path(str(path.locate()))
    raise ModelFileError(f"package == {PACKAGE!r} has no {FILE}. Install it again.")


@lru_cache(maxsize=MOST_REMEMBERED)
def is_known(word: str) -> bool:
    """Say whether the lexicon knows a word in small letters, in either spelling, in either number."""
    lexicon = load_lexicon()
    return any(form in lexicon for form in _list_forms(word))


@lru_cache(maxsize=MOST_REMEMBERED)
def look_up_kind(word: str) -> str:
    """Return the kind of a word in small letters, by the lexicon or, failing that, by its ending.

    Examples
    --------
    >>> [look_up_kind(word) for word in ("bus", "friendly", "neighbours", "recycling", "they")]
    ['noun', 'quality', 'noun', 'noun', 'other']
    """
    lexicon = load_lexicon()
    for form in (*_list_forms(word), word.capitalize()):
        if form in lexicon:
            return lexicon[form]
    if word in NOUNS_IN_LY or word in NOUNS_IN_ED:
        return NOUN
    for ending, kind in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return kind
    return NOUN


def _list_forms(word: str) -> list[str]:
    """List a word as written, in American spelling, and each without a plural s."""
    forms = [word]
    for one in (word, word.removesuffix("s")):
        if len(one) > 3:
            forms.append(one)
            forms.extend(one.removesuffix(old) + new for old, new in _SPELLINGS if one.endswith(old))
    return forms


@lru_cache(maxsize=MOST_REMEMBERED)
def is_also_verb(word: str) -> bool:
    """Say whether a noun has forms of a verb beside it: park, parking."""
    lexicon = load_lexicon()
    return any(f"{stem}{end}" in lexicon for stem in {word, word[:-1]} for end in ("ing", "ed"))
