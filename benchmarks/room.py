"""A hall full of people on one board: how soon a move is seen, and what a fault costs.

    python -m benchmarks.room [--seats 100] [--moves-per-second 10] [--seconds 30]

Starts the whole app in a process of its own with the example's 614 voices. People join by the page that the
QR code leads to and load their seat's page, all at once; then each watches the board while moves come at a
steady rate. Then the faults, while people move on: every move sent three times over, all streams cut at
once, and the server killed (`kill -9`) and started again. Prints a table; the last line is JSON with the
figures. Ends with 1 when a goal of R1 or R2 is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import select

from benchmarks.room_arrivals import Arrived, let_in
from benchmarks.room_clients import Board, Mover, Seen, watch
from benchmarks.room_goals import Figures, count_faults, list_missed, quantile, write_table
from engagement.listen.example import load_example
from engagement.people.accounts import make_first_administrator
from engagement.people.board_tokens import mint_token
from engagement.people.setup_code import make_setup_code
from engagement.workshop.boards import open_board
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import get_room
from models.database import Record
from models.migrate import upgrade_record
from models.workshops import BoardEvent
from tests.server import AppServer

N_STATES = 20
FAULT_S = 5.0
OUTAGE_S = 2.0
CATCH_UP_S = 30.0
FILES_BESIDE = 200


@dataclass(frozen=True)
class Asked:
    """What the command line asks for."""

    seats: int
    moves_per_second: float
    seconds: float


@dataclass(frozen=True)
class Prepared:
    """A workshop with open doors: its facilitator's token, and the key that its QR code holds."""

    workshop_id: int
    token: str
    join_key: str


def prepare_workshop(folder: Path) -> Prepared:
    """Put the example and an empty board into a record, and open the doors."""
    os.environ["ENGAGEMENT_DATA_DIR"] = str(folder)
    record = open_record(folder)
    upgrade_record(record)
    with record.writing() as session:
        code = make_setup_code(session) or ""
        person = make_first_administrator(session, code, "ada@example.org", "Ada", "three plain words")
        workshop_id = open_board(session, person, load_example(session, person), "Load")
        open_doors(session, person, workshop_id)
        join_key = get_room(session, person, workshop_id).join_key or ""
    record.close()
    return Prepared(workshop_id, mint_token(workshop_id, person), join_key)


def open_record(folder: Path) -> Record:
    """Open the record of the server that keeps its data in the folder."""
    return Record(f"sqlite:///{folder / 'common-thread.db'}")


async def lay_out(server: AppServer, prepared: Prepared, arrived: Arrived) -> Mover:
    """Make two themes, fetch the board some times, and give who will move its cards."""
    headers = {"Authorization": f"Bearer {prepared.token}"}
    address = f"{server.url}/live/{prepared.workshop_id}/"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=30) as client:
        themes = []
        for number, name in enumerate(("Getting about", "Being alone")):
            added = {"op": f"theme-{number}", "saw": number, "kind": "add_theme", "name": name}
            themes.append((await client.post("moves", json=added)).json()["themes"][0]["id"])
        for _time in range(N_STATES):
            start = time.perf_counter()
            state = (await client.get("state")).json()
            arrived.states.append(1000 * (time.perf_counter() - start))
    board = Board(server.port, prepared.workshop_id, tuple(arrived.cookies), state["seq"])
    cards = tuple(card["id"] for card in state["cards"])
    return Mover(board, cards, (themes[0], themes[1]), Seen(len(arrived.cookies)))


@asynccontextmanager
async def filling_hall(mover: Mover) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Let every seat watch the board while the block runs; in the block, all have seen the board."""
    board, seen = mover.board, mover.seen
    ready = [asyncio.Event() for _seat in board.cookies]
    tasks = [asyncio.create_task(watch(board, seat, seen, each)) for seat, each in enumerate(ready)]
    try:
        await asyncio.gather(*(each.wait() for each in ready))
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def wait_until_all_know(seen: Seen) -> None:
    """Wait until every page has been given the newest acknowledged move, or patience ends."""
    newest = max(seen.acknowledged.values())
    deadline = time.perf_counter() + CATCH_UP_S
    while time.perf_counter() < deadline:
        if all(numbers and numbers[-1] >= newest for numbers in seen.numbers):
            return
        await asyncio.sleep(0.02)


async def measure(server: AppServer, asked: Asked, prepared: Prepared) -> Figures:
    """Let people in, move cards, make the faults, and hold what everybody saw against the record."""
    arrived = await let_in(server.url, prepared.join_key, asked.seats)
    mover = await lay_out(server, prepared, arrived)
    seen = mover.seen
    async with filling_hall(mover) as pages:
        cpu, start, memory = read_cpu_s(server), time.perf_counter(), read_memory_mb(server)
        await mover.move_steadily(asked.moves_per_second, asked.seconds)
        await wait_until_all_know(seen)
        share = (read_cpu_s(server) - cpu) / (time.perf_counter() - start)
        waits, answers = [1000 * wait for wait in seen.waits], [1000 * each for each in seen.answers]
        grown, n_bytes = read_memory_mb(server) - memory, seen.n_bytes
        await mover.move_steadily(asked.moves_per_second, FAULT_S, times=3)
        cut = await cut_streams(mover, pages, asked)
        killed = await kill_server(server, mover, asked)
        await wait_until_all_know(seen)
        memory = read_memory_mb(server)
    return Figures(
        seats=asked.seats,
        moves_per_second=asked.moves_per_second,
        seconds=asked.seconds,
        seen_p50=quantile(waits, 0.5),
        seen_p95=quantile(waits, 0.95),
        seen_most=max(waits),
        answered_p95=quantile(answers, 0.95),
        join_p95=quantile(arrived.joins, 0.95),
        pages_s=arrived.pages_s,
        state_p95=quantile(arrived.states, 0.95),
        cpu_share=share,
        memory_mb=memory,
        memory_grown_mb=grown,
        kb_per_seat=n_bytes / 1000 / asked.seats,
        back_after_cut_s=cut,
        back_after_kill_s=killed,
        **count_faults(seen, *read_record(server, prepared.workshop_id), mover.board.first_seq),
    )


async def cut_streams(mover: Mover, pages: list[asyncio.Task[None]], asked: Asked) -> float:
    """Cut every stream at once while people move on; give the seconds until everybody is back."""
    moving = asyncio.create_task(mover.move_steadily(asked.moves_per_second, FAULT_S))
    await asyncio.sleep(FAULT_S / 5)
    cut_at = time.perf_counter()
    for page in pages:
        page.cancel()
    await asyncio.gather(*pages, return_exceptions=True)
    ready = [asyncio.Event() for _page in pages]
    pages[:] = [
        asyncio.create_task(watch(mover.board, seat, mover.seen, each)) for seat, each in enumerate(ready)
    ]
    await asyncio.gather(*(each.wait() for each in ready))
    back = time.perf_counter() - cut_at
    await moving
    return back


async def kill_server(server: AppServer, mover: Mover, asked: Asked) -> float:
    """Kill the server while people move on, start it again, and give how long everybody took to be back.

    The seconds count from the moment at which the server answers again: how fast a machine starts a server
    is no property of the room.
    """
    moving = asyncio.create_task(mover.move_steadily(asked.moves_per_second, FAULT_S))
    await asyncio.sleep(FAULT_S / 5)
    server.kill()
    await asyncio.sleep(OUTAGE_S)
    server.start()
    await asyncio.to_thread(server.wait_until_ready)
    up_at = time.perf_counter()
    deadline = up_at + CATCH_UP_S
    while min(mover.seen.came_back_at) < up_at - OUTAGE_S and time.perf_counter() < deadline:
        await asyncio.sleep(0.02)
    back = max(0.0, max(mover.seen.came_back_at) - up_at)
    await moving
    return back if min(mover.seen.came_back_at) >= up_at - OUTAGE_S else CATCH_UP_S


def read_record(server: AppServer, workshop_id: int) -> tuple[list[str], int]:
    """Read the clients' numbers of all events of a board, and the number of the newest."""
    record = open_record(server.data_dir)
    with record.reading() as session:
        query = select(BoardEvent.client_op_id, BoardEvent.seq).where(BoardEvent.workshop_id == workshop_id)
        events = session.execute(query).all()
    record.close()
    return [op for op, _seq in events], max(seq for _op, seq in events)


def read_cpu_s(server: AppServer) -> float:
    """Read the processor time that the server has used so far."""
    assert server.process is not None
    fields = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_memory_mb(server: AppServer) -> float:
    """Read the memory that the server holds now."""
    assert server.process is not None
    pages = Path(f"/proc/{server.process.pid}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6


def allow_connections(n_seats: int) -> None:
    """Let this process and the server open a connection for each seat."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * n_seats + FILES_BESIDE
    if most != resource.RLIM_INFINITY and most < wanted:
        raise SystemExit(f"{n_seats} seats need {wanted} open files, and this machine allows {most}.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, now), most))


def main() -> None:
    """Measure, print the table and the figures, and end with 1 when a goal is missed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument("--moves-per-second", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    asked = Asked(**vars(parser.parse_args()))
    allow_connections(asked.seats)
    with TemporaryDirectory() as folder:
        prepared = prepare_workshop(Path(folder))
        with AppServer(Path(folder)) as server:
            figures = asyncio.run(measure(server, asked, prepared))
    missed = list_missed(figures)
    print(write_table(figures))
    print(f"\nload of the machine: {os.getloadavg()[0]:.1f}")
    for each in missed:
        print(f"missed: {each}")
    print(json.dumps(figures.to_json() | {"missed": missed}))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
