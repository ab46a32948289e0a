"""Which acts on a board stand: those that nobody took back, or that were done again since."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

OWN = "undo_own"
"""The kind of event by which somebody takes their own last act back, out of the order of the board."""

Numbers = tuple[int, str, int | None, int | None]
"""Of an event: its number, its kind, the number that it takes back, and the number that it does again."""


def find_standing(newest_first: Iterable[Numbers]) -> Iterator[int]:
    """Give the numbers of the acts that stand, the newest first, reading no further back than is asked.

    Undo and redo stand for what they did to others and are not given; an act taken back by its own maker
    is not given, and the taking back is.
    """
    stands: dict[int | None, bool] = {}
    for seq, kind, undoes_seq, redoes_seq in newest_first:
        if kind == "undo":
            stands.setdefault(undoes_seq, False)
        elif kind == "redo":
            stands.setdefault(redoes_seq, True)
        elif stands.get(seq, True):
            if kind == OWN:
                stands.setdefault(undoes_seq, False)
            yield seq
