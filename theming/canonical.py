"""One order for all texts, whatever order they came in."""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class CanonicalTexts:
    """Hold each different text once, in a fixed order.

    Parameters
    ----------
    texts : tuple of str
        The different texts, sorted.
    weights : ndarray of shape (n_canonical,)
        How often each was said.
    position_of : ndarray of shape (n_texts,)
        For each text as given, its place in `texts`; -1 where it was set aside.
    """

    texts: tuple[str, ...]
    weights: NDArray[np.float64]
    position_of: NDArray[np.int64]


def tidy_text(text: str) -> str:
    r"""Return the text with composed characters and single spaces; its words stay as they are.

    Half characters, as broken exports hold them, become question marks.

    Examples
    --------
    >>> tidy_text("  Buses \n are late ")
    'Buses are late'
    """
    readable = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(unicodedata.normalize("NFC", readable).split())


def check_texts(texts: Sequence[str]) -> None:
    """Refuse anything that is not a sequence of texts.

    Raises
    ------
    TypeError
        If one of them is no text, or a single text was given.
    """
    if isinstance(texts, str):
        raise TypeError("texts is one str, must be a sequence of str.")
    for index, text in enumerate(texts):
        if not isinstance(text, str):
            raise TypeError(f"texts[{index}] is {type(text).__name__}, must be str.")


def order_texts(texts: Sequence[str], set_aside: Sequence[int] = ()) -> CanonicalTexts:
    """Put texts in canonical order, so that shuffled rows give the same result byte for byte.

    Parameters
    ----------
    texts : sequence of str
    set_aside : sequence of int
        Indices of texts to leave out.

    Examples
    --------
    >>> order_texts(["b", "a", "b "]).texts
    ('a', 'b')
    """
    left_out = set(set_aside)
    tidied = [tidy_text(text) for text in texts]
    kept = [text for index, text in enumerate(tidied) if index not in left_out]
    different = sorted(set(kept))
    place = {text: position for position, text in enumerate(different)}
    position_of = np.array(
        [-1 if index in left_out else place[text] for index, text in enumerate(tidied)], np.int64
    )
    weights = np.bincount(position_of[position_of >= 0], minlength=len(different))
    return CanonicalTexts(tuple(different), weights.astype(np.float64), position_of)


def hash_texts(texts: Sequence[str]) -> str:
    """Return a SHA-256 of the texts that does not depend on their order."""
    digest = hashlib.sha256()
    for text in sorted(tidy_text(text) for text in texts):
        digest.update(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest())
    return digest.hexdigest()
