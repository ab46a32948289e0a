"""Learn from the texts themselves how their words are used."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from theming.labelling.foreign import find_foreign_small_words
from theming.labelling.lexicon import NOUN, VERB, is_also_verb, is_known, look_up_kind
from theming.labelling.parts import Part
from theming.labelling.people import find_names, is_common
from theming.labelling.spelling import find_common_spellings
from theming.labelling.word_lists import NOUN_LEADS, VERB_LEADS

TITLE_CASE = 0.6
"""Share of capitals among its words from which on the capitals of a text tell nothing."""
ALWAYS_CAPITAL = 0.8
"""Share of capitals from which on an ordinary word counts as part of a name, such as the Council."""


@dataclass(frozen=True)
class PhraseRules:
    """Hold what one body of texts says about its own words.

    Parameters
    ----------
    kinds : mapping of str to str
        The kind of each word in small letters, by the lexicon and by what stands before it here.
    names : frozenset of str
        Words that are people's names here.
    capitals : frozenset of str
        Words that people mostly write with a capital inside a sentence: names of places, NHS.
    spellings : mapping of str to str
        The common spelling of a word that is mistyped.
    small_words : frozenset of str
        Words of other languages that carry no label.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()
    spellings: Mapping[str, str] = field(default_factory=dict)
    small_words: frozenset[str] = frozenset()

    def tell_kind(self, word: str) -> str:
        """Return the kind of a word in small letters."""
        return self.kinds.get(word) or look_up_kind(word)


@dataclass
class _WordCounts:
    """Count for each word how often it is used, what stands before it and how it is written."""

    uses: Counter[str] = field(default_factory=Counter)
    as_verb: Counter[str] = field(default_factory=Counter)
    as_noun: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)

    def count_text(self, parts: Sequence[Part]) -> None:
        """Count the words of one text."""
        tells_names = not is_title_case(parts)
        lead = ""
        for part in parts:
            if part.is_word:
                self.uses[part.folded] += 1
                self.as_verb[part.folded] += lead in VERB_LEADS
                self.as_noun[part.folded] += lead in NOUN_LEADS
                if tells_names and not part.starts_text:
                    (self.capital if part.is_capital else self.plain)[part.folded] += 1
            lead = part.folded


def learn_rules(split_texts: Sequence[Sequence[Part]]) -> PhraseRules:
    """Learn which words act as verbs, which are people's names and which take a capital.

    The lexicon knows what a word mostly is in English; what stands before it here says what it is in
    these texts: after "we" or "should" stands a verb, after "the" or "our" a noun.
    """
    counts = _WordCounts()
    for parts in split_texts:
        counts.count_text(parts)
    in_words = ([part.folded for part in parts if part.is_word] for parts in split_texts)
    return PhraseRules(
        {word: _tell_kind(word, counts) for word in counts.uses},
        find_names(split_texts),
        frozenset(word for word in counts.uses if _takes_capital(word, counts)),
        find_common_spellings(counts.uses),
        find_foreign_small_words(in_words),
    )


def is_title_case(parts: Sequence[Part]) -> bool:
    """Say whether nearly all words of a text start with a capital, as in headings and shouting."""
    later_words = [part for part in parts if part.is_word and not part.starts_text]
    return sum(part.is_capital for part in later_words) > TITLE_CASE * len(later_words)


def _tell_kind(word: str, counts: _WordCounts) -> str:
    kind = look_up_kind(word)
    as_verb, as_noun = counts.as_verb[word], counts.as_noun[word]
    if kind == NOUN and as_verb > as_noun and is_also_verb(word):
        return VERB
    if kind == VERB and as_noun > as_verb:
        return NOUN
    return kind


def _takes_capital(word: str, counts: _WordCounts) -> bool:
    capital, plain = counts.capital[word], counts.plain[word]
    if is_known(word) and is_common(word):
        return capital > 1 and capital >= ALWAYS_CAPITAL * (capital + plain)
    return capital > plain
