"""Answers that answer nothing are set aside first: counted, and never lost."""

import re
import unicodedata
from collections.abc import Sequence

_EXACT = frozenset(
    """
    n a|na|nan|nil|nill|null|none|no|nope|nah|nothing|nowt|x|xx|xxx|tbc|tba|test|testing|skip|skipped
    |blank|pass|not applicable|not relevant|no comment|no comments|no further comment
    |no further comments|no answer|no response|no reply|no opinion|no views|no view|no thoughts
    |no idea|no ideas|no suggestion|no suggestions|no feedback|no issues to report|no thanks
    |no thank you|not sure|unsure|not certain|dont know|do not know|i dont know|i do not know|idk|dk
    |dunno|don t know|i don t know|unknown|prefer not to say|rather not say|would rather not say
    |as above|see above|same as above|as before|as previously stated|as stated above|ditto
    |none really|not really|nothing really|nothing at all|nothing else|nothing more
    |nothing to add|nothing to say|nothing to report|nothing further|nothing further to add
    |nothing comes to mind|nothing springs to mind|nothing in particular|nothing specific
    |nothing i can think of|nothing that i can think of|nothing at the moment|nothing at this time
    |nothing at present|nothing right now|nothing yet|nothing for now|nothing whatsoever
    |none at all|none at the moment|none at this time|none at present|none that i can think of
    |none i can think of|none that i know of|not that i can think of|not that i know of
    |not at the moment|not at this time|not at present|not right now|i have none|i have nothing to add
    |i have no comment|i have no comments|i have nothing to say|i cant think of anything
    |cant think of anything|i can t think of anything|can t think of anything|cannot think of anything
    |i cannot think of anything|no comment to make|no comments to make|left blank|question skipped
    """.replace("\n", " ")
    .strip()
    .split("|")
)
NON_ANSWERS = frozenset(" ".join(answer.split()) for answer in _EXACT)
_JOINERS = re.compile(r"['’`]")
_NOT_WORDS = re.compile(r"[\W_]+")


def is_non_answer(text: str) -> bool:
    """Say whether a text answers nothing.

    A text counts as a non-answer when nothing in it can be read (blanks, dots, dashes) or when the
    whole of it is one of a fixed list of ways of saying nothing. Emoji say something.

    Examples
    --------
    >>> [is_non_answer(text) for text in ("N/A", " . ", "Nothing!", "Nothing works", "🙂")]
    [True, True, True, False, False]
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    words = _NOT_WORDS.sub(" ", _JOINERS.sub("", folded)).strip()
    if words:
        return words in NON_ANSWERS
    return not any(unicodedata.category(character) == "So" for character in folded)


def find_non_answers(texts: Sequence[str]) -> tuple[int, ...]:
    """Return the indices of texts that answer nothing, in ascending order."""
    return tuple(index for index, text in enumerate(texts) if is_non_answer(text))
