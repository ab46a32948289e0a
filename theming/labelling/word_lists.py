"""Words that cannot carry a label: kept as data in `words/`, apart from the code that uses them."""

from pathlib import Path

WORDS_FOLDER = Path(__file__).with_name("words")


def read_words(name: str) -> frozenset[str]:
    """Read one list of words; a line that starts with # says what the list is for.

    Examples
    --------
    >>> "of" in read_words("connectors")
    True
    """
    lines = (WORDS_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


ARTICLES = read_words("articles")
CONNECTORS = read_words("connectors")
DATE_WORDS = read_words("dates")
DROP_S_WORDS = read_words("drop_s")
GIVEN_NAMES = read_words("given_names")
INTRODUCING_WORDS = read_words("introducing")
JOINING_WORDS = read_words("joining")
LEADING_WORDS = read_words("leading") | DATE_WORDS
NOUN_LEADS = read_words("noun_leads")
NOUNS_IN_ED = read_words("nouns_in_ed")
NOUNS_IN_LY = read_words("nouns_in_ly")
PERSONAL_VERBS = read_words("personal_verbs")
RUDE_WORDS = read_words("rude")
TITLES = read_words("titles")
TRAILING_WORDS = read_words("trailing")
VERB_LEADS = read_words("verb_leads")
WEAK_WORDS = read_words("weak")
