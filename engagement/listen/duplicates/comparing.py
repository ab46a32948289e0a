"""Comparing the words of two voices: which of them differ, and how alike the whole is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from engagement.listen.searching import fold_words

PIECE = re.compile(r"\s+|[^\s\u3040-\u30ff\u3400-\u9fff]+|[\u3040-\u30ff\u3400-\u9fff]")
EDGES = "\"'.,;:!?()[]{}<>-–—…*_/\\|~`•·“”‘’«»¿¡।۔،؟"
LITTLE_WORDS = """
    a an the this that these those it its is are was were be been am i we you he she they me us him her them
    my our your their his of to in on at for with from by and or but so if as do does did have has had will
    would could should can just very really there here then than also too please
"""
TURNING_WORDS = """
    no not never none nothing nobody neither nor without isnt arent wasnt dont doesnt didnt cant cannot
    couldnt wont wouldnt shouldnt havent hasnt noone
"""
LITTLE, TURNING = frozenset(LITTLE_WORDS.split()), frozenset(TURNING_WORDS.split())
NUMBER_WORDS = "one two three four five six seven eight nine ten"
NUMBERS = {word: f"{number}" for number, word in enumerate(NUMBER_WORDS.split(), start=1)}
ALIKE = {"cannot": "cant", "somebody": "someone", "nobody": "noone", **NUMBERS}
# Rationale: best F2 on the first pairs of benchmarks/duplicates.md: what is not found nobody sees, what is
# found wrongly is one key away.
MIN_LIKENESS = 0.76
# Rationale: many people say "the buses" or "nothing" for themselves; nobody can tell from such short words
# that one of them came in twice.
MIN_WORDS = 5
# Rationale: two people often say nearly the same in little words; a name or a number that differs means that
# they said two things, a "not" that differs that they said the opposite.
LITTLE_WEIGHT, USUAL_WEIGHT, TELLING_WEIGHT = 0.3, 1.0, 2.0
TURNED = 0.85
# Rationale: whoever types a card twice slips, leaves out or adds; another word in the place of one is another
# thing said.
REPLACED = 1.5
MIN_SPELLING = 0.75
SPELT_OTHERWISE = 0.85
MIN_LETTERS = 4
# Rationale: a text that holds all of another one is the same with something added, if what they share is
# more than a turn of phrase.
MIN_SHARED_WORDS = 12
HELD_WHOLE = 0.9


@dataclass(frozen=True)
class Words:
    """The words of one text as they are compared, and how much each tells."""

    folded: tuple[str, ...]
    weights: tuple[float, ...]

    @property
    def weight(self) -> float:
        """Add what all words tell."""
        return sum(self.weights)


def read_words(text: str) -> Words:
    """Read a text as folded words without the marks around them."""
    folded, weights = [], []
    is_first = True
    for piece in PIECE.findall(text):
        word = _fold_word(piece)
        if word:
            folded.append(word)
            weights.append(_weigh(piece.strip(EDGES), word, is_first=is_first))
        if piece.strip():
            is_first = piece.rstrip("\"'”’)").endswith((".", "!", "?", ":", "•", "-"))
    return Words(tuple(folded), tuple(weights))


def measure_likeness(first: Words, other: Words) -> float:
    """Measure how alike two texts are by their words in order.

    Returns
    -------
    float
        From 0, no word in common, to 1, the same words; small slips of spelling take little away.
    """
    if first.folded == other.folded:
        return 1.0
    shared, replaced = _measure_shared(first, other)
    whole = first.weight + other.weight + REPLACED * replaced
    alike = 2 * shared / whole if whole else 0.0
    if TURNING.intersection(first.folded) != TURNING.intersection(other.folded):
        alike *= TURNED
    least = min(first, other, key=lambda words: words.weight)
    if len(least.folded) >= MIN_SHARED_WORDS:
        return max(alike, HELD_WHOLE * shared / least.weight)
    return alike


def mark_differences(first: str, other: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Cut two texts into pieces, each with whether its words differ from the other text.

    Examples
    --------
    >>> mark_differences("The bus is late.", "The bus was late")[1]
    (('The bus ', False), ('was', True), (' late', False))
    """
    pieces = [PIECE.findall(text) for text in (first, other)]
    folded = [[_fold_word(piece) for piece in each] for each in pieces]
    differs = [[bool(word) for word in each] for each in folded]
    at = [[place for place, word in enumerate(each) if word] for each in folded]
    words = [[each[place] for place in places] for each, places in zip(folded, at, strict=True)]
    for block in SequenceMatcher(None, words[0], words[1], autojunk=False).get_matching_blocks():
        for side, start in ((0, block.a), (1, block.b)):
            for place in at[side][start : start + block.size]:
                differs[side][place] = False
    return tuple(_join_pieces(each, flags) for each, flags in zip(pieces, differs, strict=True))


def _fold_word(piece: str) -> str:
    word = fold_words(piece).strip(EDGES).replace("'", "")
    return ALIKE.get(word, word)


def _weigh(piece: str, word: str, *, is_first: bool) -> float:
    if word in LITTLE:
        return LITTLE_WEIGHT
    is_name = piece[:1].isupper() and not is_first
    is_telling = is_name or word in TURNING or any(letter.isdigit() for letter in word)
    return TELLING_WEIGHT if is_telling else USUAL_WEIGHT


def _measure_shared(first: Words, other: Words) -> tuple[float, float]:
    """Add what the words tell that stand in both texts in the same order, and what replaced ones tell."""
    shared = replaced = 0.0
    matcher = SequenceMatcher(None, first.folded, other.folded, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        own = Words(first.folded[start:end], first.weights[start:end])
        others = Words(other.folded[other_start:other_end], other.weights[other_start:other_end])
        if kind == "equal" or (kind == "replace" and "".join(own.folded) == "".join(others.folded)):
            shared += (own.weight + others.weight) / 2
        elif kind == "replace":
            slips = _measure_slips(own, others)
            shared += slips
            replaced += max(0.0, min(own.weight, others.weight) - slips)
    return shared, replaced


def _measure_slips(words: Words, others: Words) -> float:
    """Add what words tell that only differ by a slip of spelling from one across."""
    left = list(others.folded)
    shared = 0.0
    for word, weight in zip(words.folded, words.weights, strict=True):
        found = next((each for each in left if word == each or _is_slip(word, each)), None)
        if found is not None:
            left.remove(found)
            shared += SPELT_OTHERWISE * weight
    return shared


@lru_cache(maxsize=20_000)
def _is_slip(word: str, other: str) -> bool:
    is_short = min(len(word), len(other)) < MIN_LETTERS
    if is_short or any(letter.isdigit() for letter in word + other):
        return False
    if {word, other} & TURNING:
        return False
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= MIN_SPELLING


def _join_pieces(pieces: Sequence[str], differs: Sequence[bool]) -> tuple[tuple[str, bool], ...]:
    joined: list[tuple[str, bool]] = []
    for piece, flag in zip(pieces, differs, strict=True):
        if joined and joined[-1][1] == flag:
            joined[-1] = (joined[-1][0] + piece, flag)
        else:
            joined.append((piece, flag))
    return tuple(joined)
