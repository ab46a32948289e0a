"""Hearing of moves that other processes make, where the record is on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

import psycopg
from sqlalchemy import make_url

from engagement.workshop.events import BOARD_CHANNEL

LISTEN_AGAIN_S = 2.0


async def hear_moves(url: str, wake: Callable[[], None]) -> None:
    """Call ``wake`` whenever a process has kept a move, for ever; listen again after the database was away.

    A notice that is lost costs no more than the pause of the tail, which looks at the record all the same.
    """
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with suppress(psycopg.Error):
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                await connection.execute(f"LISTEN {BOARD_CHANNEL}")
                wake()
                async for _notice in connection.notifies():
                    wake()
        await asyncio.sleep(LISTEN_AGAIN_S)
