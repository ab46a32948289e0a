"""Learn from the texts themselves how their words are used, without a trained tagger."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from theming.labelling.phrases import Part, PhraseRules
from theming.labelling.word_lists import GIVEN_NAMES, NOUN_LEADS, TITLES, VERB_LEADS


@dataclass
class _WordCounts:
    """Count for each word what stood before it and how it was written."""

    as_verb: Counter[str] = field(default_factory=Counter)
    as_noun: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    plain: Counter[str] = field(default_factory=Counter)
    titled: set[str] = field(default_factory=set)

    def count(self, part: Part, before: Part | None) -> None:
        """Count one use of a word."""
        lead = before.folded if before else ""
        is_capital = part.text[:1].isupper()
        self.as_verb[part.folded] += lead in VERB_LEADS
        self.as_noun[part.folded] += lead in NOUN_LEADS
        if not part.starts_text:
            (self.capital if is_capital else self.plain)[part.folded] += 1
        if is_capital and lead.rstrip(".") in TITLES:
            self.titled.add(part.folded)


def learn_rules(split_texts: Sequence[Sequence[Part]]) -> PhraseRules:
    """Learn which words act as verbs, which are people's names and which take a capital.

    What stands before a word says enough about it when there are some dozens of texts: after "we"
    or "should" stands a verb, after "the" or "our" a noun.
    """
    counts = _WordCounts()
    for parts in split_texts:
        for before, part in zip([None, *parts], parts, strict=False):
            if part.is_word:
                counts.count(part, before)
    verbs = {word for word, times in counts.as_verb.items() if times > counts.as_noun[word]}
    known = {name for name in GIVEN_NAMES if counts.capital[name] >= counts.plain[name]}
    titled = {word for word in counts.titled if counts.plain[word] == 0}
    capitals = {word for word, times in counts.capital.items() if times > counts.plain[word]}
    return PhraseRules(frozenset(verbs), frozenset(known | titled), frozenset(capitals))
