"""Hearing of moves and hands of other processes, where the record is on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import make_url

from engagement.web.far_hands import HANDS_CHANNEL
from engagement.workshop.events import BOARD_CHANNEL

LISTEN_AGAIN_S = 2.0


async def hear_others(url: str, wake: Callable[[], None], hear_hands: Callable[[str], None]) -> None:
    """Call ``wake`` whenever a process has kept a move, for ever; listen again after the database was away.

    ``hear_hands`` gets what other processes tell of hands. A notice that is lost costs no more than the pause
    of the tail, which looks at the record all the same; hands are told again while they hold something.
    """
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with suppress(psycopg.Error):
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {BOARD_CHANNEL}")
                await connection.execute(f"LISTEN {HANDS_CHANNEL}")
                wake()
                async for notice in connection.notifies():
                    if notice.channel == HANDS_CHANNEL:
                        hear_hands(notice.payload)
                    else:
                        wake()
        await asyncio.sleep(LISTEN_AGAIN_S)
