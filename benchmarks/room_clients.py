"""The people of a hall as cheap connections: who watches the board, and who moves cards on it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import time
from dataclasses import dataclass, field

import httpx

RETRY_PAUSE_S = (0.1, 0.4)
"""Shortest and longest pause before a page comes again.

Rationale: `board.js` starts with pauses like these; different ones, so that a hall does not come at once.
"""

ANSWER_WITHIN_S = 30


@dataclass
class Seen:
    """What the hall saw. Times are in seconds of one clock (`time.perf_counter`).

    ``waits`` hold how long each page waited for each move. ``numbers`` hold, for each page, the numbers of
    the events that it was given, in order.
    """

    n_seats: int
    sent_at: dict[str, float] = field(default_factory=dict)
    acknowledged: dict[str, int] = field(default_factory=dict)
    answers: list[float] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    numbers: list[list[int]] = field(default_factory=list)
    came_back_at: list[float] = field(default_factory=list)
    n_bytes: int = 0

    def __post_init__(self) -> None:
        """Give every page an empty list."""
        self.numbers = [[] for _seat in range(self.n_seats)]
        self.came_back_at = [0.0] * self.n_seats


@dataclass(frozen=True)
class Board:
    """Where the board is: the server's port, the workshop, and the cookie of each seat."""

    port: int
    workshop_id: int
    cookies: tuple[str, ...]
    first_seq: int

    @property
    def address(self) -> str:
        """Give the address that moves and the state are asked for at."""
        return f"http://localhost:{self.port}/live/{self.workshop_id}/"


async def watch(board: Board, seat: int, seen: Seen, ready: asyncio.Event) -> None:
    """Watch the board for ever as a page does: catch up by number, and come again when the stream ends."""
    while True:
        with contextlib.suppress(OSError):
            await _follow_stream(board, seat, seen, ready)
        await asyncio.sleep(random.uniform(*RETRY_PAUSE_S))


async def _follow_stream(board: Board, seat: int, seen: Seen, ready: asyncio.Event) -> None:
    numbers = seen.numbers[seat]
    after = numbers[-1] if numbers else board.first_seq
    reader, writer = await asyncio.open_connection("localhost", board.port)
    try:
        path = f"/live/{board.workshop_id}/events?after={after}"
        head = f"GET {path} HTTP/1.1\r\nHost: localhost:{board.port}\r\n"
        writer.write(f"{head}Cookie: {board.cookies[seat]}\r\n\r\n".encode())
        kind = b""
        while line := await reader.readline():
            seen.n_bytes += len(line)
            if line.startswith(b"event: "):
                kind = line[7:].strip()
            if line.startswith(b": ping"):
                seen.came_back_at[seat] = time.perf_counter()
                ready.set()
            elif line.startswith(b"data: ") and kind == b"move":
                _note_event(line[6:], seat, seen)
    finally:
        writer.close()


def _note_event(data: bytes, seat: int, seen: Seen) -> None:
    """Note an event; one that came while the stream was being caught up counts as it came."""
    event = json.loads(data)
    seen.numbers[seat].append(event["seq"])
    sent_at = seen.sent_at.get(event["op"])
    if sent_at is not None:
        seen.waits.append(time.perf_counter() - sent_at)


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
        address = self.board.address
        async with (
            httpx.AsyncClient(base_url=address, timeout=ANSWER_WITHIN_S, limits=limits) as client,
            asyncio.TaskGroup() as group,
        ):
            start = time.perf_counter()
            for number in range(round(rate * seconds)):
                await asyncio.sleep(max(0.0, start + number / rate - time.perf_counter()))
                group.create_task(self._keep_sending(client, *self._make_move(), times))

    def _make_move(self) -> tuple[dict, dict]:
        """Make the next move, and the cookie of the seat that it comes from."""
        seen, board = self.seen, self.board
        number = len(seen.sent_at)
        lap, place = divmod(number, len(self.cards))
        move = {
            "op": f"op-{number}",
            "saw": max(seen.acknowledged.values(), default=board.first_seq),
            "kind": "move",
            "voices": [self.cards[place]],
            "to": self.themes[lap % 2],
        }
        seen.sent_at[move["op"]] = time.perf_counter()
        return move, {"Cookie": board.cookies[number % len(board.cookies)]}

    async def _keep_sending(self, client: httpx.AsyncClient, move: dict, headers: dict, times: int) -> None:
        """Send a move, and again under the same number until it is acknowledged, as the board does.

        The card is in the hand meanwhile, and everybody is told.
        """
        op, seen = move["op"], self.seen
        await self._hold(client, move["voices"], headers)
        seen.sent_at[op] = time.perf_counter()
        while op not in seen.acknowledged:
            posts = [client.post("moves", json=move, headers=headers) for _time in range(times)]
            for answer in await asyncio.gather(*posts, return_exceptions=True):
                self._note_answer(op, answer)
            if op not in seen.acknowledged:
                await asyncio.sleep(random.uniform(*RETRY_PAUSE_S))
        seen.answers.append(time.perf_counter() - seen.sent_at[op])
        await self._hold(client, [], headers)

    @staticmethod
    async def _hold(client: httpx.AsyncClient, cards: list[int], headers: dict) -> None:
        """Say which cards are in the hand; what does not arrive is not said again."""
        with contextlib.suppress(httpx.TransportError):
            await client.post("hands", json={"cards": cards}, headers=headers)

    def _note_answer(self, op: str, answer: httpx.Response | BaseException) -> None:
        if isinstance(answer, httpx.TransportError):
            return
        if isinstance(answer, BaseException):
            raise answer
        if answer.status_code == 200:
            self.seen.acknowledged[op] = answer.json()["seq"]
        elif answer.status_code < 500:
            raise RuntimeError(f"The server refused {op}: {answer.status_code} {answer.text}")
