"""The pulse of the streams: every page is told that its stream lives, or loses it when let in no more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

import anyio.to_thread
from sqlalchemy.exc import DBAPIError

from engagement.errors import EngagementError
from engagement.people.seat_tokens import SeatClaims
from engagement.web.board_reads import Place, find_let_in
from engagement.web.live_callers import Claims
from engagement.web.live_hub import HUB, Frame, Subscriber
from engagement.web.presence import PRESENCE

PULSE_PAUSE_S = 15.0
PING = Frame(0, b": ping\n\n")


async def keep_pulse() -> None:
    """Beat from time to time for all streams together, until cancelled."""
    while True:
        await asyncio.sleep(PULSE_PAUSE_S)
        for workshop_id, pages in HUB.list_pages().items():
            asked = {page.claims for page in pages if page.claims is not None}
            let_in = await anyio.to_thread.run_sync(_find_let_in, (HUB.record, workshop_id), asked)
            _beat(pages, let_in)


def note_presence(claims: Claims) -> None:
    """Note that a seat gives a sign of life; accounts are not counted."""
    if isinstance(claims, SeatClaims):
        PRESENCE.note(claims.seat_id)


def _beat(pages: Iterable[Subscriber], let_in: frozenset[Claims]) -> None:
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
