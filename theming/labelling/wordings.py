"""Word a label from the phrases chosen for a theme, and from what people say of these things."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from theming.labelling.joining import FEWEST_WHOLE, MOSTLY_THING, join_phrases
from theming.labelling.parts import split_parts
from theming.labelling.phrase_table import PhraseTable
from theming.labelling.remarks import RemarkTable, choose_remarks, fold_remark

SUBJECT_COVER = 0.25
"""Share of a theme's texts that must name a thing for it to stand before what people say of it."""
MOST_WORDS_WITH_REMARKS = 5


@dataclass(frozen=True)
class Tables:
    """Hold the phrases and the remarks of the same texts."""

    phrases: PhraseTable
    remarks: RemarkTable


def list_wordings(
    members: NDArray[np.float64], tables: Tables, places: NDArray[np.int64], *, is_thing: bool
) -> Iterator[tuple[str, list[str]]]:
    """Yield labels for one theme with the keys of their phrases, the best first.

    Parameters
    ----------
    members : ndarray of shape (n_texts,)
        How often each text counts in the theme.
    tables : Tables
    places : ndarray of int
        Phrases chosen for the label, the first one first.
    is_thing : bool
        Whether they are things (bus service) and no qualities (friendly).
    """
    subjects = [places[:n] for n in (2, 1) if n <= len(places)] if is_thing else []
    if not is_thing and (subject := _find_subject(members, tables.phrases)) is not None:
        subjects = [np.array([subject])]
    for subject_places in subjects:
        yield from _tell_remarks(members, tables, subject_places)
    for n_phrases in range(len(places), 0, -1):
        yield _join(tables.phrases, places[:n_phrases])


def _tell_remarks(
    members: NDArray[np.float64], tables: Tables, places: NDArray[np.int64]
) -> Iterator[tuple[str, list[str]]]:
    """Yield a label that names things and what people say of them, where many say the same."""
    things, keys = _join(tables.phrases, places)
    said = [fold_remark(part.folded) for part in split_parts(things) if part.is_word]
    room = MOST_WORDS_WITH_REMARKS - len(things.split())
    chosen = choose_remarks(members, tables.remarks, said)[: max(room, 0)]
    if chosen:
        remarks = [tables.remarks.surfaces[place] for place in chosen]
        yield f"{things}: {', '.join(remarks)}", keys + [tables.remarks.keys[place] for place in chosen]


def _join(table: PhraseTable, places: Sequence[int] | NDArray[np.int64]) -> tuple[str, list[str]]:
    return join_phrases([table.surfaces[place] for place in places]), [table.keys[place] for place in places]


def _find_subject(members: NDArray[np.float64], table: PhraseTable) -> int | None:
    """Find the thing that most texts of a theme name, also where other themes name it too."""
    is_subject = (table.wholeness >= FEWEST_WHOLE) & (table.thingness >= MOSTLY_THING)
    cover = np.where(is_subject, table.uses.T @ members, 0.0)
    best = int(np.argmax(cover))
    return best if cover[best] >= SUBJECT_COVER * members.sum() else None
