"""The faults of the room's benchmark: lines that are cut and a server that is killed, while people move."""

from __future__ import annotations

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from benchmarks.room_clients import Mover, watch
from benchmarks.room_hall import Hall

FAULT_S = 5.0
OUTAGE_S = 2.0
CATCH_UP_S = 60.0
LOOK_PAUSE_S = 0.02


@dataclass
class Pages:
    """The streams of a hall, one for each seat; ``n_cuts`` counts those that were cut at random."""

    mover: Mover
    tasks: dict[int, asyncio.Task[None]] = field(default_factory=dict)
    n_cuts: int = 0

    async def open(self, seat: int) -> None:
        """Open the stream of a seat, and wait until it is there."""
        ready = asyncio.Event()
        task = self.tasks[seat] = asyncio.create_task(watch(self.mover.board, seat, self.mover.seen, ready))
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if task.done():
            task.result()

    async def open_all(self) -> None:
        """Open a stream for every seat at once."""
        await asyncio.gather(*(self.open(seat) for seat in range(self.mover.seen.n_seats)))

    async def close(self, seat: int) -> None:
        """Cut the stream of a seat. A stream that ended by a refusal says so here."""
        self.tasks[seat].cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.gather(self.tasks[seat])

    async def close_all(self) -> None:
        """Cut every stream."""
        await asyncio.gather(*(self.close(seat) for seat in tuple(self.tasks)))

    async def cut_at_random(self, cuts_per_second: float) -> None:
        """Cut one stream after another for ever; each page comes again, and goes on from where it was."""
        while True:
            await asyncio.sleep(1 / cuts_per_second)
            seat = random.randrange(len(self.tasks))
            await self.close(seat)
            await self.open(seat)
            self.n_cuts += 1


@asynccontextmanager
async def fill_hall(mover: Mover) -> AsyncIterator[Pages]:
    """Let every seat watch the board while the block runs; in the block, all have seen the board."""
    pages = Pages(mover)
    try:
        await pages.open_all()
        yield pages
    finally:
        await pages.close_all()


async def wait_until_all_know(mover: Mover) -> None:
    """Wait until every page has been given the newest acknowledged move, or patience ends."""
    seen = mover.seen
    deadline = time.perf_counter() + CATCH_UP_S
    while time.perf_counter() < deadline and min(seen.last) < seen.newest:
        await asyncio.sleep(LOOK_PAUSE_S)


async def cut_all(pages: Pages, moves_per_second: float) -> float:
    """Cut every stream at once while people move on; give the seconds until everybody is back."""
    moving = asyncio.create_task(pages.mover.move_steadily(moves_per_second, FAULT_S))
    await asyncio.sleep(FAULT_S / 5)
    cut_at = time.perf_counter()
    await pages.close_all()
    await pages.open_all()
    back = time.perf_counter() - cut_at
    await moving
    return back


async def kill_server(hall: Hall, mover: Mover, moves_per_second: float) -> float:
    """Kill the first server while people move on, start it again, and give how long its people were away.

    The seconds count from the moment at which the server answers again: how fast a machine starts a server
    is no property of the room.
    """
    server, came_back_at = hall.servers[0], mover.seen.came_back_at
    own = range(0, mover.seen.n_seats, len(hall.servers))
    moving = asyncio.create_task(mover.move_steadily(moves_per_second, FAULT_S))
    await asyncio.sleep(FAULT_S / 5)
    await asyncio.to_thread(server.kill)
    killed_at = time.perf_counter()
    await asyncio.sleep(OUTAGE_S)
    server.start()
    await asyncio.to_thread(server.wait_until_ready)
    up_at = time.perf_counter()
    while min(came_back_at[seat] for seat in own) < killed_at:
        if time.perf_counter() > up_at + CATCH_UP_S:
            return CATCH_UP_S
        await asyncio.sleep(LOOK_PAUSE_S)
    back = max(0.0, max(came_back_at[seat] for seat in own) - up_at)
    await moving
    return back
