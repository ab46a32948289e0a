"""Find which words are names of people in these texts, so that no label points at anybody."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from theming.labelling.lexicon import NAME, is_known, load_lexicon
from theming.labelling.parts import Part
from theming.labelling.word_lists import (
    GIVEN_NAMES,
    INTRODUCING_WORDS,
    JOINING_WORDS,
    PERSONAL_VERBS,
    TITLES,
)

ENOUGH_HINTS = 0.2
"""Share of a capitalised word's uses that must look like a person's name.

Rationale: "thanks to Kroger" happens; somebody called Oakapple is thanked again and again.
"""


def find_names(split_texts: Sequence[Sequence[Part]]) -> frozenset[str]:
    """Find names of people: known given names, and what is written as names are.

    A known name counts unless it is mostly an ordinary word here (mark, hope). An unknown word counts
    where it is written with a capital after a title, beside a known name, after words of thanks or
    introduction, or before what only people do.
    """
    counts = _NameCounts()
    for parts in split_texts:
        counts.count_text(parts)
    return frozenset(word for word in counts.uses if _is_name(word, counts))


@dataclass
class _NameCounts:
    """Count for each word its uses, those with a capital inside a sentence, without one, and as a name."""

    uses: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    hints: Counter[str] = field(default_factory=Counter)

    def count_text(self, parts: Sequence[Part]) -> None:
        """Count the words of one text."""
        for part in parts:
            if part.is_word:
                self.uses[part.folded] += 1
                self.capital[part.folded] += part.is_capital and not part.starts_text
                self.plain[part.folded] += not part.is_capital
        self.hints.update(_list_hints(parts))


def _is_name(word: str, counts: _NameCounts) -> bool:
    n_hints, n_uses = counts.hints[word], counts.uses[word]
    if word in GIVEN_NAMES:
        is_written_so = counts.capital[word] >= max(1, counts.plain[word])
        return is_written_so or not is_common(word) or 2 * n_hints >= n_uses
    return n_hints >= max(1, ENOUGH_HINTS * n_uses) and not is_common(word)


def is_common(word: str) -> bool:
    """Say whether a word in small letters is an ordinary word and no name."""
    return is_known(word) and load_lexicon().get(word) != NAME


def _list_hints(parts: Sequence[Part]) -> Iterator[str]:
    """Yield each word that is used here as names of people are."""
    for place, part in enumerate(parts):
        is_known_name = part.folded in GIVEN_NAMES
        if not part.is_word or part.is_shouted or not (part.is_capital or is_known_name):
            continue
        if _is_introduced(parts, place) or (part.is_capital and _acts_as_person(parts, place)):
            yield part.folded


def _is_introduced(parts: Sequence[Part], place: int) -> bool:
    """Say whether words stand before that introduce or thank somebody."""
    before = tuple(part.folded.rstrip(".") for part in parts[max(0, place - 2) : place])
    last = before[-1:] and before[-1]
    if last in INTRODUCING_WORDS or before in (("name", "is"), ("call", "me"), ("thanks", "to")):
        return True
    return parts[place].is_capital and last in TITLES | {"thank", "thanks"}


def _acts_as_person(parts: Sequence[Part], place: int) -> bool:
    after = parts[place + 1].folded if place + 1 < len(parts) else ""
    return after in PERSONAL_VERBS or _stands_by_name(parts, place) or _is_full_name(parts, place)


def _is_full_name(parts: Sequence[Part], place: int) -> bool:
    """Say whether two capitalised words stand together that are no words and no known places."""
    for first in (place - 1, place):
        pair = parts[max(first, 0) : first + 2]
        folded = [part.folded for part in pair if part.is_word and part.is_capital and not part.is_shouted]
        if len(folded) == 2 and not any(map(is_common, folded)):
            return any(word.capitalize() not in load_lexicon() for word in folded)
    return False


def _stands_by_name(parts: Sequence[Part], place: int) -> bool:
    """Say whether a given name stands right before a word, or is joined to it: Ann Oakapple, Ann and Jo."""
    for step in (-1, 1):
        near, far = place + step, place + 2 * step
        if step < 0 <= near and _is_written_name(parts[near]):
            return True
        if 0 <= far < len(parts) and parts[near].folded in JOINING_WORDS and _is_written_name(parts[far]):
            return True
    return False


def _is_written_name(part: Part) -> bool:
    return part.is_capital and part.folded in GIVEN_NAMES
