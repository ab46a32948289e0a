"""Give each theme a label of its own and keywords, in words that people used."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from theming.embedding.protocol import Embedder
from theming.labelling.candidates import Candidates, ThemesToName, rank_candidates
from theming.labelling.joining import extend_phrase, list_label_ranks, look_up_phrases
from theming.labelling.marking import mark_texts
from theming.labelling.parts import split_parts
from theming.labelling.phrase_table import PhraseTable, tabulate_phrases
from theming.labelling.remarks import tabulate_remarks
from theming.labelling.taken import TakenLabels
from theming.labelling.topic_model import choose_varied
from theming.labelling.word_forms import fold_word
from theming.labelling.word_lists import CONNECTORS
from theming.labelling.wordings import Tables, list_wordings

N_KEYWORDS = 8
KEYWORD_DIVERSITY = 0.4
MAX_LABEL_WORDS = 6
MARKED, TABULATED, RANKED = 0.65, 0.75, 0.95
"""Shares of the work after which words are marked, phrases are found, and weighed for each theme."""
MOST_REPEATS = 2
FEWEST_PHRASES = 2
"""Fewest shared phrases with which weighing phrases against each other means anything."""


@dataclass(frozen=True)
class Wording:
    """Hold the words for one theme."""

    label: str
    keywords: tuple[str, ...]


def name_themes(
    themes: ThemesToName, embedder: Embedder, report: Callable[[float], None] | None = None
) -> tuple[Wording, ...]:
    """Name every theme; no two themes get the same label.

    Parameters
    ----------
    themes : ThemesToName
    embedder : Embedder
        The one that embedded the texts.
    report : callable, optional
        Told the share done, 0..1; may raise to stop the work.

    Returns
    -------
    tuple of Wording
        One for each theme, in the order of `members`.
    """
    tell = report or (lambda _share: None)
    marked = mark_texts(themes.texts, lambda share: tell(MARKED * share))
    tables = Tables(tabulate_phrases(marked), tabulate_remarks(marked))
    table = tables.phrases
    tell(TABULATED)
    ranked: Sequence[Candidates | None] = [None] * len(themes.members)
    if len(table.keys) >= FEWEST_PHRASES:
        ranked = rank_candidates(themes, table, embedder)
    tell(RANKED)
    taken = TakenLabels(themes)
    wordings: dict[int, Wording] = {}
    for theme in themes.order:
        own = ranked[theme]
        label = _choose_label(themes, theme, own, tables, taken) or _quote_label(themes, theme, taken)
        wordings[theme] = Wording(label, _choose_keywords(own, table, label))
    return tuple(wordings[theme] for theme in range(len(wordings)))


def _choose_label(
    themes: ThemesToName, theme: int, own: Candidates | None, tables: Tables, taken: TakenLabels
) -> str | None:
    """Choose the best wording that is free."""
    if own is None or not len(own.places):
        return None
    phrases = look_up_phrases(themes.members[theme], own, tables.phrases)
    scores = own.scores * np.array([taken.measure_freedom(theme, key) for key in phrases.keys])
    for first in np.lexsort((own.places, -np.round(scores, 6))):
        chosen = list_label_ranks(phrases, scores, extend_phrase(phrases, int(first)))
        is_thing = bool(phrases.thing[chosen[0]])
        for label, keys in list_wordings(
            themes.members[theme], tables, own.places[chosen], is_thing=is_thing
        ):
            if len(label.split()) <= MAX_LABEL_WORDS and taken.take(theme, label, keys):
                return capitalise(label)
    return None


def _choose_keywords(own: Candidates | None, table: PhraseTable, label: str) -> tuple[str, ...]:
    """Choose varied phrases that say more than the label does, best first."""
    if own is None or not len(own.places):
        return ()
    in_label = [fold_word(part.folded) for part in split_parts(label)]
    ranks = _list_telling(own, table, in_label)
    if not ranks:
        return ()
    words = [table.surfaces[own.places[rank]] for rank in ranks]
    chosen = set(choose_varied(own.centre, own.vectors[ranks], words, N_KEYWORDS, KEYWORD_DIVERSITY))
    return tuple(word for word in words if word in chosen)


def _list_telling(own: Candidates, table: PhraseTable, in_label: Sequence[str]) -> list[int]:
    """List the ranks of phrases that neither the label nor a better phrase already says.

    No word comes more than twice, counting the label: school beside public schools is enough.
    """
    seen, said = Counter(set(in_label)), [set(in_label)]
    telling = []
    for rank, place in enumerate(own.places):
        words = set(table.keys[place].split())
        is_new = not any(words <= other or other <= words for other in said[1:]) and not words <= said[0]
        if is_new and all(seen[word] < MOST_REPEATS for word in words - CONNECTORS):
            telling.append(rank)
            said.append(words)
            seen.update(words)
    return telling


def _quote_label(themes: ThemesToName, theme: int, taken: TakenLabels) -> str:
    """Quote the first words of a typical text where no phrase is shared."""
    for place in themes.typical[theme]:
        words = themes.texts[place].split()
        for n_words in range(min(MAX_LABEL_WORDS, len(words)), 0, -1):
            label = capitalise(" ".join(words[:n_words]).strip(" ,;:-"))
            if label and taken.take(theme, label, [label.casefold()]):
                return label
    return f"Theme {theme + 1}"


def capitalise(phrase: str) -> str:
    """Put a phrase in sentence case without touching names and abbreviations.

    Examples
    --------
    >>> capitalise("bus service"), capitalise("NHS dentists")
    ('Bus service', 'NHS dentists')
    """
    return phrase[:1].upper() + phrase[1:]
