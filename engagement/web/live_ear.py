"""Hearing of moves and hands of other processes, where the record is on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress

import psycopg
from sqlalchemy import make_url

LISTEN_AGAIN_S = 2.0


async def hear_others(
    url: str, wake: Callable[[], None], hearers: Mapping[str, Callable[[str], None]]
) -> None:
    """Give what processes tell on each channel to its hearer, for ever; again after the database was away.

    ``wake`` is called whenever something may have been told to nobody. A notice that is lost costs no more
    than the pause of the tail, which looks at the record all the same; hands are told again while they hold
    something.
    """
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    while True:
        with suppress(psycopg.Error):
            async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
                for channel in hearers:
                    await connection.execute(f"LISTEN {channel}")
                wake()
                async for notice in connection.notifies():
                    hearers[notice.channel](notice.payload)
        await asyncio.sleep(LISTEN_AGAIN_S)
