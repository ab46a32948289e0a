"""Confirming by typing that words are erased for good."""

from __future__ import annotations

from engagement.errors import EngagementError

CONFIRMATION = "erase"


def check_confirmed(typed: str) -> None:
    """Refuse an erasure that was not confirmed by typing.

    Raises
    ------
    EngagementError
        When something else was typed.
    """
    if typed.strip().casefold() != CONFIRMATION:
        raise EngagementError(
            f"Nothing was erased: this cannot be undone, so it has to be confirmed. Type “{CONFIRMATION}”."
        )
