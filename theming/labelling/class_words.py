"""The phrases that mark a theme within one class of texts: one source, one prompt, one area, one month."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from theming.canonical import CanonicalTexts, order_texts
from theming.labelling.marking import mark_texts
from theming.labelling.phrase_table import PhraseTable, tabulate_phrases
from theming.labelling.topic_model import fit_topic_model, weigh_phrases
from theming.results import ClassWords, ThemingResult

if TYPE_CHECKING:
    from bertopic import BERTopic
    from scipy.sparse import csr_matrix

FEWEST_TEXTS = 5
"""Fewest texts of a class in a theme for which phrases are named.

Rationale: with fewer, a phrase shows one person's words rather than what the class has in common.
"""
FEWEST_USES = 2
N_WORDS = 4
MOST_CLASSES = 40
"""Classes of one kind for which phrases are named, the largest first; bounds work and size."""

MOST_TEXTS = 20_000
"""Above this many different texts no phrases are named: reading them all again would take minutes."""


def find_class_words(
    result: ThemingResult, texts: Sequence[str], classes: Mapping[str, Sequence[str]]
) -> tuple[ClassWords, ...]:
    """Find the phrases that mark every theme in every class, at every position of the slider.

    Parameters
    ----------
    result : ThemingResult
        Of the same texts.
    texts : sequence of str
    classes : mapping of str to sequence of str
        For each kind (such as "source") the class of each text; "" for a text that has none.

    Returns
    -------
    tuple of ClassWords
        Only where at least `FEWEST_TEXTS` texts of a class stand in a theme, and only phrases that at
        least two of them use.

    References
    ----------
    Grootendorst (2022), BERTopic: neural topic modeling with a class-based TF-IDF procedure. For the
    leaves the weights are those of BERTopic's `topics_per_class` and `topics_over_time` without tuning;
    merged themes are weighed in the same way.
    """
    canonical = order_texts(texts, result.set_aside)
    if not canonical.texts or len(canonical.texts) > MOST_TEXTS:
        return ()
    table = tabulate_phrases(mark_texts(canonical.texts))
    if not table.keys:
        return ()
    model = _fit_leaves(result, canonical, table)
    found: list[ClassWords] = []
    for kind, class_of_text in classes.items():
        names = _choose_classes(class_of_text)
        if not names:
            continue
        members = count_cells(result, canonical, class_of_text, names)
        weighed = weigh_phrases(model, table, members)
        for cell, words in _pick_words(members, weighed, table):
            node, place = divmod(cell, len(names))
            found.append(ClassWords(kind, names[place], node, words))
    return tuple(found)


def count_cells(
    result: ThemingResult, canonical: CanonicalTexts, class_of_text: Sequence[str], names: Sequence[str]
) -> "csr_matrix":
    """Count how often each different text was said in each theme by each class.

    Returns
    -------
    csr_matrix of shape (n_nodes * n_classes, n_canonical)
        Row `node * n_classes + place of the class in names`.
    """
    from scipy.sparse import csr_matrix

    place_of = {name: place for place, name in enumerate(names)}
    above = _list_nodes_above(result)
    rows: list[int] = []
    columns: list[int] = []
    for text, name in enumerate(class_of_text):
        leaf = int(result.leaf_of_text[text])
        if leaf < 0 or name not in place_of:
            continue
        rows.extend(node * len(names) + place_of[name] for node in above[leaf])
        columns.extend([int(canonical.position_of[text])] * len(above[leaf]))
    shape = (len(result.nodes) * len(names), len(canonical.texts))
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def _fit_leaves(result: ThemingResult, canonical: CanonicalTexts, table: PhraseTable) -> "BERTopic":
    placed = np.flatnonzero(canonical.position_of >= 0)
    leaf_of_canonical = np.zeros(len(canonical.texts), np.int64)
    leaf_of_canonical[canonical.position_of[placed]] = result.leaf_of_text[placed]
    no_vectors = np.zeros((len(canonical.texts), 2), np.float32)
    return fit_topic_model(table, no_vectors, leaf_of_canonical)


def _choose_classes(class_of_text: Sequence[str]) -> tuple[str, ...]:
    names, counts = np.unique([name for name in class_of_text if name], return_counts=True)
    largest = np.lexsort((names, -counts))[:MOST_CLASSES]
    return tuple(sorted(str(names[place]) for place in largest))


def _list_nodes_above(result: ThemingResult) -> list[list[int]]:
    """List for each leaf the nodes that hold it, itself first."""
    above: list[list[int]] = [[leaf] for leaf in range(result.n_leaves)]
    for node in result.nodes[result.n_leaves :]:
        for leaf in result.leaves_under(node.id):
            above[leaf].append(node.id)
    return above


def _pick_words(
    members: "csr_matrix", weighed: "csr_matrix", table: PhraseTable
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Pick the phrases of each cell that hold enough texts, the most telling first."""
    using = (members @ table.uses).tocsr()
    sizes = np.asarray(members.sum(axis=1)).ravel()
    for cell in np.flatnonzero(sizes >= FEWEST_TEXTS):
        row, used = weighed[cell], using[cell]
        times = dict(zip(used.indices.tolist(), used.data.tolist(), strict=True))
        is_shared = np.array([times.get(place, 0) >= FEWEST_USES for place in row.indices], bool)
        scores = np.round(row.data * np.sqrt(table.wholeness[row.indices]), 9)
        words = _take_best(row.indices[is_shared & (scores > 0)], scores[is_shared & (scores > 0)], table)
        if words:
            yield int(cell), words


def _take_best(places: NDArray[np.int64], scores: NDArray[np.float64], table: PhraseTable) -> tuple[str, ...]:
    """Take the best phrases; one that stands inside a phrase taken before, or around it, is passed over."""
    taken: list[str] = []
    chosen: list[str] = []
    for best in np.lexsort((places, -scores)):
        key = f" {table.keys[places[best]]} "
        if not any(key in other or other in key for other in taken):
            taken.append(key)
            chosen.append(table.surfaces[places[best]])
        if len(chosen) == N_WORDS:
            break
    return tuple(chosen)
