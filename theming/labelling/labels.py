"""Give each theme a label of its own and keywords, in words that people used."""

from collections.abc import Sequence
from dataclasses import dataclass

from theming.embedding.protocol import Embedder
from theming.labelling.candidates import Candidates, ThemesToName, rank_candidates
from theming.labelling.phrase_table import PhraseTable, tabulate_phrases
from theming.labelling.phrases import split_parts
from theming.labelling.topic_model import choose_varied

N_KEYWORDS = 8
KEYWORD_DIVERSITY = 0.4
MAX_LABEL_WORDS = 5
FEWEST_PHRASES = 2
"""Fewest shared phrases with which weighing phrases against each other means anything."""

ENOUGH_COVER = 0.5
"""Share of a theme's texts that one phrase must be used in to name the theme alone.

Rationale: under a half, most readers of the cards would look for the label's word in vain.
"""
USEFUL_COVER = 0.12
MOST_ALIKE = 0.7
GOOD_SECOND = 0.5


@dataclass(frozen=True)
class Wording:
    """Hold the words for one theme."""

    label: str
    keywords: tuple[str, ...]


def name_themes(themes: ThemesToName, embedder: Embedder) -> tuple[Wording, ...]:
    """Name every theme; no two themes get the same label.

    Returns
    -------
    tuple of Wording
        One for each theme, in the order of `members`.
    """
    table = tabulate_phrases(themes.texts)
    ranked: Sequence[Candidates | None] = [None] * len(themes.members)
    if len(table.keys) >= FEWEST_PHRASES:
        ranked = rank_candidates(themes, table, embedder)
    taken: set[str] = set()
    wordings: dict[int, Wording] = {}
    for theme in themes.order:
        own = ranked[theme]
        label = _choose_label(themes, theme, own, table, taken) or _quote_label(themes, theme, taken)
        taken.add(_fold_label(label))
        wordings[theme] = Wording(label, _choose_keywords(own, table))
    return tuple(wordings[theme] for theme in range(len(wordings)))


def _choose_label(
    themes: ThemesToName, theme: int, own: Candidates | None, table: PhraseTable, taken: set[str]
) -> str | None:
    """Choose the best phrase that is free, joined with a second one where one covers too little."""
    if own is None:
        return None
    for rank, place in enumerate(own.places):
        phrase = table.surfaces[place]
        second = _find_second(themes, theme, own, table, rank)
        joined = f"{phrase} and {second}" if second else phrase
        for label in (joined, phrase):
            if _fold_label(label) not in taken and len(label.split()) <= MAX_LABEL_WORDS:
                return capitalise(label)
    return None


def _find_second(
    themes: ThemesToName, theme: int, own: Candidates, table: PhraseTable, rank: int
) -> str | None:
    """Find a phrase that covers texts which the first leaves out, and says something else."""
    weights = themes.members[theme]
    uses = table.uses[:, own.places].toarray() > 0
    size = weights.sum()
    first = uses[:, rank]
    if weights[first].sum() >= ENOUGH_COVER * size:
        return None
    words = set(table.keys[own.places[rank]].split())
    for other, place in enumerate(own.places):
        surface, other_words = table.surfaces[place], table.keys[place].split()
        adds = weights[uses[:, other] & ~first].sum() / size
        is_other = float(own.vectors[other] @ own.vectors[rank]) < MOST_ALIKE
        is_good = own.scores[other] >= GOOD_SECOND * own.scores[rank]
        fits = not words & {*other_words, "and"} and len(words) + len(other_words) < MAX_LABEL_WORDS
        if is_good and fits and is_other and adds >= USEFUL_COVER:
            return str(surface)
    return None


def _choose_keywords(own: Candidates | None, table: PhraseTable) -> tuple[str, ...]:
    if own is None or not len(own.places):
        return ()
    words = [table.surfaces[place] for place in own.places]
    chosen = set(choose_varied(own.centre, own.vectors, words, N_KEYWORDS, KEYWORD_DIVERSITY))
    return tuple(word for word in words if word in chosen)


def _quote_label(themes: ThemesToName, theme: int, taken: set[str]) -> str:
    """Quote the first words of a typical text where no phrase is shared."""
    for place in themes.typical[theme]:
        words = [part.text for part in split_parts(themes.texts[place])]
        for n_words in range(min(MAX_LABEL_WORDS, len(words)), 0, -1):
            label = capitalise(" ".join(" ".join(words[:n_words]).split()).strip(" ,;:-"))
            if label and _fold_label(label) not in taken:
                return label
    return f"Theme {theme + 1}"


def _fold_label(label: str) -> str:
    return " ".join(label.casefold().split())


def capitalise(phrase: str) -> str:
    """Put a phrase in sentence case without touching names and abbreviations.

    Examples
    --------
    >>> capitalise("bus service"), capitalise("NHS dentists")
    ('Bus service', 'NHS dentists')
    """
    return phrase[:1].upper() + phrase[1:]
