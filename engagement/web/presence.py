"""Who is here: signs of life of seats are gathered and written together, however many phones there are."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress

import anyio.to_thread
from sqlalchemy.exc import OperationalError

from engagement.workshop.seats import note_seen
from models.database import Record

PAUSE_S = 20.0


class Presence:
    """Signs of life that are not yet in the record. Safe to share between threads."""

    def __init__(self) -> None:
        self._seen: set[int] = set()
        self._turn = threading.Lock()

    def note(self, seat_id: int) -> None:
        """Note a sign of life of a seat."""
        with self._turn:
            self._seen.add(seat_id)

    def keep(self, record: Record) -> None:
        """Write what was noted into the record; what cannot be written now is kept for the next time."""
        with self._turn:
            seen, self._seen = self._seen, set()
        if not seen:
            return
        try:
            with record.writing() as session:
                note_seen(session, seen)
        except OperationalError:
            with self._turn:
                self._seen |= seen
            raise


PRESENCE = Presence()


async def keep_presence(record: Record) -> None:
    """Write signs of life into the record from time to time, until cancelled."""
    while True:
        await asyncio.sleep(PAUSE_S)
        with suppress(OperationalError):  # the record is busy or away: they are kept for the next time
            await anyio.to_thread.run_sync(PRESENCE.keep, record)
