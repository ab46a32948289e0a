"""Refusing tables with more columns than anybody could say something about."""

from __future__ import annotations

from collections.abc import Sequence

from engagement.errors import UnreadableFileError

# Rationale: the longest survey exports have some hundreds of columns; each is looked at by a person.
MAX_COLUMNS = 1_000


def refuse_wide(rows: Sequence[Sequence[str]]) -> None:
    """Refuse a table that has something in too many columns.

    Raises
    ------
    UnreadableFileError
        When more than ``MAX_COLUMNS`` columns hold something.
    """
    if max((len(row) for row in rows), default=0) <= MAX_COLUMNS:
        return
    filled = {position for row in rows for position, cell in enumerate(row) if cell.strip()}
    if len(filled) > MAX_COLUMNS:
        raise UnreadableFileError(
            f"has something in {len(filled):,} columns; at most {MAX_COLUMNS:,} are read. Copy the columns "
            "with people's words into a new file and add that."
        )
