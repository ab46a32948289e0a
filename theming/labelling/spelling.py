"""Find the common spelling of mistyped words, so that a typo neither names a theme nor counts apart."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from theming.labelling.lexicon import is_known

FEWEST_LETTERS = 5
"""Letters from which on a word one letter off is taken for a typo; shorter words have too many neighbours."""


def find_common_spellings(uses: Mapping[str, int]) -> dict[str, str]:
    """Map words that no dictionary knows to a known word of these texts, one letter away and used more.

    Parameters
    ----------
    uses : mapping of str to int
        How often each word in small letters is used.

    Examples
    --------
    >>> find_common_spellings({"helpful": 9, "helpfull": 2, "buses": 3})
    {'helpfull': 'helpful'}
    """
    unknown = [word for word in uses if len(word) >= FEWEST_LETTERS and word.isascii() and not is_known(word)]
    if not unknown:
        return {}
    known_by_piece = defaultdict(list)
    for word in uses:
        if len(word) >= FEWEST_LETTERS - 1 and word.isascii() and is_known(word):
            for piece in _list_pieces(word):
                known_by_piece[piece].append(word)
    found = {}
    for word in unknown:
        near = {other for piece in _list_pieces(word) for other in known_by_piece.get(piece, ())}
        likely = [other for other in near if other[0] == word[0] and uses[other] > uses[word]]
        if likely:
            found[word] = min(likely, key=lambda other: (-uses[other], other))
    return found


def _list_pieces(word: str) -> Iterator[str]:
    """Yield a word and every word with one letter left out."""
    yield word
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]
