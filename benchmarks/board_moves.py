"""How soon a move is seen by everybody else: real server, real connections, the example's 614 voices.

    python -m benchmarks.board_moves [--readers 100] [--rate 10] [--seconds 10]

Starts the whole app in a process of its own, opens a stream for each reader, and sends moves at a steady rate
over kept connections. Prints how long each reader waited for each move, how long the mover waited for the
answer, how long the whole board took to fetch, and what the server's processor did meanwhile.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from engagement.listen.example import load_example
from engagement.people.accounts import make_first_administrator
from engagement.people.board_tokens import mint_token
from engagement.people.setup_code import make_setup_code
from engagement.workshop.boards import open_board
from models.database import Record
from models.migrate import upgrade_record
from tests.server import AppServer

N_STATES = 30


@dataclass
class Measured:
    """What was seen, in seconds since the move was sent."""

    sent_at: dict[str, float] = field(default_factory=dict)
    seen: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    fetched: list[float] = field(default_factory=list)


def prepare_board(folder: Path) -> tuple[int, str]:
    """Put the example and an empty board into a record of its own; give the workshop and a token."""
    os.environ["ENGAGEMENT_DATA_DIR"] = str(folder)
    record = Record(f"sqlite:///{folder / 'common-thread.db'}")
    upgrade_record(record)
    with record.writing() as session:
        code = make_setup_code(session) or ""
        person = make_first_administrator(session, code, "ada@example.org", "Ada", "three plain words")
        workshop_id = open_board(session, person, load_example(session, person), "Load")
    record.close()
    return workshop_id, mint_token(workshop_id, person)


async def watch(
    port: int, path: str, token: str, n_moves: int, measured: Measured, ready: asyncio.Event
) -> None:
    """Read a stream as bytes, as cheaply as can be, and note when each move came."""
    reader, writer = await asyncio.open_connection("localhost", port)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    )
    n_seen = 0
    while n_seen < n_moves:
        line = await reader.readline()
        if not line:
            raise ConnectionError(f"a stream ended after {n_seen} of {n_moves} moves")
        if line.startswith(b": ping"):
            ready.set()
        elif line.startswith(b"data: "):
            op = json.loads(line[6:])["op"]
            measured.seen.append(time.perf_counter() - measured.sent_at[op])
            n_seen += 1
    writer.close()


async def send_moves(
    client: httpx.AsyncClient, state: dict, rate: float, n_moves: int, measured: Measured
) -> None:
    """Send moves at a steady rate, whether or not the earlier ones are answered."""

    async def send(number: int) -> None:
        op = f"op-{number}"
        card = state["cards"][number % len(state["cards"])]
        move = {"op": op, "saw": state["seq"], "kind": "move", "voices": [card["id"]], "to": state["theme"]}
        measured.sent_at[op] = time.perf_counter()
        answer = await client.post("moves", json=move)
        measured.answered.append(time.perf_counter() - measured.sent_at[op])
        answer.raise_for_status()

    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for number in range(n_moves):
            await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
            group.create_task(send(number))


async def measure(server: AppServer, workshop_id: int, token: str, options: argparse.Namespace) -> Measured:
    """Fetch the board, let everybody watch, move, and wait until everybody has seen every move."""
    measured = Measured()
    n_moves = int(options.rate * options.seconds)
    headers = {"Authorization": f"Bearer {token}"}
    address = f"{server.url}/live/{workshop_id}/"
    limits = httpx.Limits(max_connections=20)
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=30, limits=limits) as client:
        added = {"op": "theme", "saw": 0, "kind": "add_theme", "name": "Getting about"}
        event = (await client.post("moves", json=added)).json()
        for _time in range(N_STATES):
            start = time.perf_counter()
            state = (await client.get("state")).json()
            measured.fetched.append(time.perf_counter() - start)
        state["theme"] = event["themes"][0]["id"]
        ready = [asyncio.Event() for _reader in range(options.readers)]
        path = f"/live/{workshop_id}/events?after={state['seq']}"
        async with asyncio.TaskGroup() as group:
            for each in ready:
                group.create_task(watch(server.port, path, token, n_moves, measured, each))
            await asyncio.gather(*(each.wait() for each in ready))
            await send_moves(client, state, options.rate, n_moves, measured)
    return measured


def read_cpu_s(pid: int) -> float:
    """Read the processor time that a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(name: str, seconds: list[float]) -> None:
    """Print one row of the table."""
    cuts = statistics.quantiles(seconds, n=100)
    figures = " | ".join(f"{1000 * figure:.0f}" for figure in (cuts[49], cuts[94], max(seconds)))
    print(f"| {name} | {len(seconds):,} | {figures} |")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--readers", type=int, default=100)
    parser.add_argument("--rate", type=float, default=10.0, help="moves a second")
    parser.add_argument("--seconds", type=float, default=10.0)
    options = parser.parse_args()
    with TemporaryDirectory() as folder:
        workshop_id, token = prepare_board(Path(folder))
        with AppServer(Path(folder)) as server:
            assert server.process is not None
            cpu_before, start = read_cpu_s(server.process.pid), time.perf_counter()
            measured = asyncio.run(measure(server, workshop_id, token, options))
            share = (read_cpu_s(server.process.pid) - cpu_before) / (time.perf_counter() - start)
    print(f"\n{options.readers} readers, {options.rate:g} moves a second for {options.seconds:g} s\n")
    print("| | count | p50 ms | p95 ms | most ms |\n|---|--:|--:|--:|--:|")
    show("a move seen by another page", measured.seen)
    show("a move answered to its mover", measured.answered)
    show("the whole board of 614 cards fetched", measured.fetched)
    print(f"\nserver: {share:.0%} of one core; load of the machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
