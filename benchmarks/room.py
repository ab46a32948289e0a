"""A hall full of people on one board: how soon a move is seen, and what a fault costs.

    python -m benchmarks.room [--seats 100] [--moves-per-second 10] [--seconds 30] [--browsers 0] [--desks 0]
                              [--cuts 0] [--processes 1] [--write]

Starts the whole app in a process of its own (or in several, on a PostgreSQL of its own) with the example's
614 voices. People join by the page that the QR code leads to and load their seat's page, all at once; then
each watches the board while moves come at a steady rate, in real browsers too if asked for, beside
facilitators' Streamlit screens, with lines cut at random. Then the faults, while people move on: every move
sent three times over, all streams cut at once, and a server killed (`kill -9`) and started again. Prints a
table; the last line is JSON with the figures. Ends with 1 when a goal is missed. `--write` puts the run's row
into `room.md`.
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
from dataclasses import dataclass, field
from typing import Any

import httpx

from benchmarks.room_arrivals import Arrived, let_in
from benchmarks.room_browsers import Browsers, open_browsers
from benchmarks.room_clients import Board, Mover, Seen
from benchmarks.room_desks import Desks, open_desks
from benchmarks.room_faults import FAULT_S, Pages, cut_all, fill_hall, kill_server, wait_until_all_know
from benchmarks.room_goals import Figures, count_faults, find_quantile, list_missed, quantile, write_table
from benchmarks.room_hall import Hall, open_hall
from benchmarks.room_machine import Look, keep_looking, measure_growth, read_cpu_s, take_look
from benchmarks.room_page import keep_run, name_run

N_STATES = 20
FILES_BESIDE = 300


@dataclass(frozen=True)
class Asked:
    """What the command line asks for. ``cuts`` are streams cut in a second."""

    seats: int
    moves_per_second: float
    seconds: float
    browsers: int
    desks: int
    cuts: float
    processes: int
    write: bool


@dataclass
class Took:
    """What the servers took while moves came steadily; ``share`` of one core."""

    looks: list[Look] = field(default_factory=list)
    share: float = 0.0
    clients_share: float = 0.0


async def lay_out(hall: Hall, arrived: Arrived) -> Mover:
    """Make two themes, fetch the board some times, and give who will move its cards."""
    headers = {"Authorization": f"Bearer {hall.token}"}
    address = f"{hall.find_url(0)}/live/{hall.workshop_id}/"
    async with httpx.AsyncClient(base_url=address, headers=headers, timeout=30) as client:
        themes = []
        for number, name in enumerate(("Getting about", "Being alone")):
            added = {"op": f"theme-{number}", "saw": number, "kind": "add_theme", "name": name}
            themes.append((await client.post("moves", json=added)).json()["themes"][0]["id"])
        for _time in range(N_STATES):
            start = time.perf_counter()
            state = (await client.get("state")).json()
            arrived.states.append(1000 * (time.perf_counter() - start))
    board = Board(hall.ports, hall.workshop_id, tuple(arrived.cookies))
    cards = tuple(card["id"] for card in state["cards"])
    return Mover(board, cards, (themes[0], themes[1]), Seen(len(arrived.cookies), state["seq"]))


@asynccontextmanager
async def in_background(*works: Any) -> AsyncIterator[None]:
    """Let work go on while the block runs, and fail with it where it fails."""
    tasks = [asyncio.create_task(work) for work in works]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for ended in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(ended, Exception):
                raise ended


async def move_on(hall: Hall, asked: Asked, pages: Pages) -> Took:
    """Move cards at a steady rate for as long as was asked, and look at what that takes."""
    took, mover = Took(), pages.mover
    works = [keep_looking(hall.servers, asked.seconds, took.looks)]
    if asked.cuts:
        works.append(pages.cut_at_random(asked.cuts))
    cpu, own, start = read_cpu_s(hall.servers), time.process_time(), time.perf_counter()
    async with in_background(*works):
        await mover.move_steadily(asked.moves_per_second, asked.seconds)
    await wait_until_all_know(mover)
    spent = time.perf_counter() - start
    took.share = (read_cpu_s(hall.servers) - cpu) / spent
    took.clients_share = (time.process_time() - own) / spent
    return took


async def measure(hall: Hall, asked: Asked) -> Figures:
    """Let people in, move cards, make the faults, and hold what everybody saw against the record."""
    arrived = await let_in(hall, asked.seats)
    mover = await lay_out(hall, arrived)
    async with open_browsers(hall, asked.browsers) as browsers, fill_hall(mover) as pages:
        async with open_desks(hall, asked.desks) as desks:
            took = await move_on(hall, asked, pages)
        await browsers.read_waits(mover)
        seen = tell_seen(mover.seen, arrived, browsers, desks)
        seen["kb_per_seat"] = mover.seen.n_bytes / 1000 / asked.seats
        await mover.move_steadily(asked.moves_per_second, FAULT_S, times=3)
        seen["back_after_cut_s"] = await cut_all(pages, asked.moves_per_second)
        seen["back_after_kill_s"] = await kill_server(hall, mover, asked.moves_per_second)
        await wait_until_all_know(mover)
        homes = hall.read_homes()
        n_disagreeing = await browsers.count_disagreeing(homes)
        memory = take_look(hall.servers).memory_mb
    faults = count_faults(mover.seen, hall.read_events(), homes, n_disagreeing)
    growth = measure_growth(took.looks) or (None, None)
    return Figures(
        seats=asked.seats,
        moves_per_second=asked.moves_per_second,
        seconds=asked.seconds,
        processes=asked.processes,
        browsers=asked.browsers,
        desks=asked.desks,
        cpu_share=took.share,
        clients_cpu_share=took.clients_share,
        memory_mb=memory,
        memory_mb_per_hour=growth[0],
        files_per_hour=growth[1],
        cuts=pages.n_cuts,
        load=os.getloadavg()[0],
        **seen,
        **faults | {"unseen": faults["unseen"] + browsers.unseen},
    )


def tell_seen(seen: Seen, arrived: Arrived, browsers: Browsers, desks: Desks) -> dict[str, Any]:
    """Tell how long everything took before any fault."""
    waits, across = ([1000 * wait for wait in each] for each in (seen.waits, seen.waits_across))
    return {
        "seen_p50": quantile(waits, 0.5),
        "seen_p95": quantile(waits, 0.95),
        "seen_most": max(waits),
        "across_p95": find_quantile(across, 0.95),
        "answered_p95": 1000 * quantile(seen.answers, 0.95),
        "browsers_p50": find_quantile(browsers.waits, 0.5),
        "browsers_p95": find_quantile(browsers.waits, 0.95),
        "reruns": len(desks.reruns),
        "rerun_p95": find_quantile(desks.reruns, 0.95),
        "join_p95": quantile(arrived.joins, 0.95),
        "pages_s": arrived.pages_s,
        "state_p95": quantile(arrived.states, 0.95),
    }


def allow_connections(n_seats: int) -> None:
    """Let this process and the server open a connection for each seat."""
    now, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * n_seats + FILES_BESIDE
    if most != resource.RLIM_INFINITY and most < wanted:
        raise SystemExit(f"{n_seats} seats need {wanted} open files, and this machine allows {most}.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(wanted, now), most))


def read_command_line() -> Asked:
    """Read what is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument("--moves-per-second", type=float, default=10.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--browsers", type=int, default=0, help="real Chromium pages beside the seats")
    parser.add_argument("--desks", type=int, default=0, help="facilitators' Streamlit screens")
    parser.add_argument("--cuts", type=float, default=0.0, help="streams cut at random in a second")
    parser.add_argument("--processes", type=int, default=1, help="more than 1: on PostgreSQL")
    parser.add_argument("--write", action="store_true", help="put the run's row into room.md")
    return Asked(**vars(parser.parse_args()))


def main() -> None:
    """Measure, print the table and the figures, and end with 1 when a goal is missed."""
    asked = read_command_line()
    allow_connections(asked.seats)
    with open_hall(asked.processes) as hall:
        figures = asyncio.run(measure(hall, asked))
    missed = list_missed(figures)
    if asked.write:
        keep_run(name_run(figures), figures)
    print(write_table(figures))
    for each in missed:
        print(f"missed: {each}")
    print(json.dumps(figures.to_json() | {"missed": missed}))
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
