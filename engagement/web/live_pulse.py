"""The pulse of the streams: every page is told that its stream lives, or loses it when let in no more."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import anyio.to_thread
from sqlalchemy.exc import DBAPIError

from engagement.errors import EngagementError
from engagement.people.seat_tokens import SeatClaims
from engagement.web.board_reads import Place, find_let_in
from engagement.web.live_callers import Claims
from engagement.web.live_hub import HUB, Frame, Subscriber
from engagement.web.presence import PRESENCE

PULSE_PAUSE_S = 15.0
MOST_AT_ONCE, BETWEEN_S = 100, 0.2
"""Pages that are told at once, and the pause before the next: a large hall's moves must not wait for all."""
PING = Frame(0, b": ping\n\n")


async def keep_pulse() -> None:
    """Beat from time to time for all streams together, until cancelled."""
    while True:
        await asyncio.sleep(PULSE_PAUSE_S)
        for workshop_id, pages in HUB.list_pages().items():
            for start in range(0, len(pages), MOST_AT_ONCE):
                if start:
                    await asyncio.sleep(BETWEEN_S)
                await _beat((HUB.record, workshop_id), pages[start : start + MOST_AT_ONCE])


def note_presence(claims: Claims) -> None:
    """Note that a seat gives a sign of life; accounts are not counted."""
    if isinstance(claims, SeatClaims):
        PRESENCE.note(claims.seat_id)


async def _beat(place: Place, pages: Sequence[Subscriber]) -> None:
    asked = {page.claims for page in pages if page.claims is not None}
    let_in = await anyio.to_thread.run_sync(_find_let_in, place, asked)
    for page in pages:
        if page.claims in let_in:
            note_presence(page.claims)
            page.hand(PING)
        else:
            page.hand(None)  # it comes again, and is told why it is let in no more


def _find_let_in(place: Place, asked: set[Claims]) -> frozenset[Claims]:
    try:
        return find_let_in(place, asked)
    except DBAPIError:
        return frozenset(asked)  # the record is busy or away: it is asked again at the next beat
    except EngagementError:
        return frozenset()
