"""The people of a hall as cheap connections: who watches the board, and who moves cards on it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpx

RETRY_PAUSE_S = (0.1, 0.4)
"""Shortest and longest pause before a page comes again.

Rationale: `board.js` starts with pauses like these; different ones, so that a hall does not come at once.
"""

ANSWER_WITHIN_S = 30


@dataclass
class Seen:
    """What the hall saw. Times are in seconds of one clock (`time.perf_counter`).

    ``waits`` hold how long each page waited for each move, ``waits_across`` those for moves that another
    process took. ``last`` holds the number of the newest event of each page, ``homes`` where each page has
    seen each card go, ``unseen`` how many events were skipped, and ``out_of_order`` how many came twice or
    too late.
    """

    n_seats: int
    first_seq: int = 0
    sent_at: dict[str, float] = field(default_factory=dict)
    sent_by: dict[str, int] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    answers: array[float] = field(default_factory=lambda: array("d"))
    waits: array[float] = field(default_factory=lambda: array("d"))
    waits_across: array[float] = field(default_factory=lambda: array("d"))
    unseen: int = 0
    out_of_order: int = 0
    n_bytes: int = 0

    def __post_init__(self) -> None:
        """Let every page begin where the board is."""
        self.last = [self.first_seq] * self.n_seats
        self.homes: list[dict[int, int | None]] = [{} for _seat in range(self.n_seats)]
        self.came_back_at = [0.0] * self.n_seats

    @property
    def newest(self) -> int:
        """Give the number of the newest acknowledged move."""
        return max(self.acknowledged.values(), default=self.first_seq)

    def note_event(self, seat: int, event: dict[str, Any], n_processes: int = 1) -> None:
        """Note an event; one that came while the stream was being caught up counts as it came."""
        if event["seq"] <= self.last[seat]:
            self.out_of_order += 1
            return
        self.unseen += event["seq"] - self.last[seat] - 1
        self.last[seat] = event["seq"]
        for card in event["cards"]:
            self.homes[seat][card["id"]] = card["home"]
        sent_at = self.sent_at.get(event["op"])
        if sent_at is None:
            return
        wait = time.perf_counter() - sent_at
        self.waits.append(wait)
        if (self.sent_by[event["op"]] - seat) % n_processes:
            self.waits_across.append(wait)


@dataclass(frozen=True)
class Board:
    """Where the board is: the servers' ports, the workshop, and the cookie of each seat."""

    ports: tuple[int, ...]
    workshop_id: int
    cookies: tuple[str, ...]

    def find_port(self, seat: int) -> int:
        """Tell by which server a seat comes in: they take turns."""
        return self.ports[seat % len(self.ports)]


async def watch(board: Board, seat: int, seen: Seen, ready: asyncio.Event) -> None:
    """Watch the board for ever as a page does: catch up by number, and come again when the stream ends."""
    while True:
        with contextlib.suppress(OSError):
            await _follow_stream(board, seat, seen, ready)
        await asyncio.sleep(random.uniform(*RETRY_PAUSE_S))


async def _follow_stream(board: Board, seat: int, seen: Seen, ready: asyncio.Event) -> None:
    def note(frame: bytes) -> None:
        head, _data, words = frame.partition(b"\ndata: ")
        if head.endswith(b": ping"):
            seen.came_back_at[seat] = time.perf_counter()
            ready.set()
        elif head.endswith(b"event: move"):
            seen.note_event(seat, _read_event(words), len(board.ports))

    def count(n_bytes: int) -> None:
        seen.n_bytes += n_bytes

    def make_stream() -> _Stream:
        return _Stream(note, count)

    loop, port = asyncio.get_running_loop(), board.find_port(seat)
    transport, stream = await loop.create_connection(make_stream, "localhost", port)
    try:
        path = f"/live/{board.workshop_id}/events?after={seen.last[seat]}"
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n"
        transport.write(f"{head}Cookie: {board.cookies[seat]}\r\n\r\n".encode())
        await stream.ended
    finally:
        transport.close()


class _Stream(asyncio.Protocol):
    """Takes a stream apart into its frames; reading line by line would cost more than serving does."""

    def __init__(self, note: Callable[[bytes], None], count: Callable[[int], None]) -> None:
        self._note = note
        self._count = count
        self._rest = b""
        self._is_new = True
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def data_received(self, data: bytes) -> None:
        if self._is_new and not data.startswith((b"HTTP/1.1 200", b"HTTP/1.1 503")):
            self._end(RuntimeError(f"A stream was refused: {data[:300]!r}"))
        self._is_new = False
        self._count(len(data))
        *frames, self._rest = (self._rest + data).split(b"\n\n")
        for frame in frames:
            self._note(frame)

    def connection_lost(self, _error: Exception | None) -> None:
        self._end(None)

    def _end(self, error: Exception | None) -> None:
        if self.ended.done():
            return
        if error is None:
            self.ended.set_result(None)
        else:
            self.ended.set_exception(error)


@lru_cache(maxsize=256)
def _read_event(words: bytes) -> dict[str, Any]:
    """Read an event once for all pages."""
    event: dict[str, Any] = json.loads(words)
    return event


@dataclass(frozen=True)
class Mover:
    """Whoever moves cards: each move puts the next card into one of two themes, from the next seat."""

    board: Board
    cards: tuple[int, ...]
    themes: tuple[int, int]
    seen: Seen

    async def move_steadily(self, rate: float, seconds: float, times: int = 1) -> None:
        """Send moves at a steady rate, each so many times over, until every one is acknowledged."""
        limits = httpx.Limits(max_connections=40)
        async with (
            httpx.AsyncClient(timeout=ANSWER_WITHIN_S, limits=limits) as client,
            asyncio.TaskGroup() as group,
        ):
            start = time.perf_counter()
            for number in range(round(rate * seconds)):
                await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
                group.create_task(self._keep_sending(client, self._make_move(), times))

    def find_goal(self, number: int) -> tuple[int, int]:
        """Tell which card a move takes, and to which theme."""
        lap, place = divmod(number, len(self.cards))
        return self.cards[place], self.themes[lap % 2]

    def _make_move(self) -> dict[str, Any]:
        """Make the next move, and note from which seat it comes."""
        seen = self.seen
        number = len(seen.sent_at)
        card, theme = self.find_goal(number)
        move = {"op": f"op-{number}", "saw": seen.newest, "kind": "move", "voices": [card], "to": theme}
        seen.sent_by[f"op-{number}"] = number % seen.n_seats
        seen.sent_at[f"op-{number}"] = time.perf_counter()
        return move

    async def _keep_sending(self, client: httpx.AsyncClient, move: dict[str, Any], times: int) -> None:
        """Send a move, and again under the same number until it is acknowledged, as the board does.

        The card is in the hand meanwhile, and everybody is told.
        """
        op, seen, board = move["op"], self.seen, self.board
        seat = seen.sent_by[op]
        address = f"http://localhost:{board.find_port(seat)}/live/{board.workshop_id}"
        headers = {"Cookie": board.cookies[seat]}
        await self._hold(client, f"{address}/hands", move["voices"], headers)
        seen.sent_at[op] = time.perf_counter()
        while op not in seen.acknowledged:
            posts = [client.post(f"{address}/moves", json=move, headers=headers) for _time in range(times)]
            for answer in await asyncio.gather(*posts, return_exceptions=True):
                self._note_answer(op, answer)
            if op not in seen.acknowledged:
                await asyncio.sleep(random.uniform(*RETRY_PAUSE_S))
        seen.answers.append(time.perf_counter() - seen.sent_at[op])
        await self._hold(client, f"{address}/hands", [], headers)

    @staticmethod
    async def _hold(
        client: httpx.AsyncClient, address: str, cards: list[int], headers: dict[str, str]
    ) -> None:
        """Say which cards are in the hand; what does not arrive is not said again."""
        with contextlib.suppress(httpx.TransportError):
            await client.post(address, json={"cards": cards}, headers=headers)

    def _note_answer(self, op: str, answer: httpx.Response | BaseException) -> None:
        if isinstance(answer, httpx.TransportError):
            return
        if isinstance(answer, BaseException):
            raise answer
        if answer.status_code == 200:
            self.seen.acknowledged[op] = answer.json()["seq"]
        elif answer.status_code < 500:
            raise RuntimeError(f"The server refused {op}: {answer.status_code} {answer.text}")
