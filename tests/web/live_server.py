"""The live routes behind a real server, and pages that watch and move over real connections."""

from __future__ import annotations

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette

from engagement.people.board_tokens import mint_token
from engagement.people.permissions import Person
from engagement.web.live import LIVE_ROUTES
from engagement.web.live_hands import HAND_ROUTES
from engagement.web.live_hub import HUB
from engagement.web.live_pulse import keep_pulse
from models.database import Record
from tests.builders import add_account
from tests.workshop.conftest import Table

PATIENCE_S = 20.0


class LiveServer:
    """A server with the live routes on a free port, in a thread of the test's process."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.loop: asyncio.AbstractEventLoop | None = None
        self.clients = ExitStack()

    def __enter__(self) -> LiveServer:
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        app = Starlette(routes=[*LIVE_ROUTES, *HAND_ROUTES], lifespan=self._live)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", ws="none"))
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._server.run, args=([listener],))
        self._thread.start()
        assert self._started.wait(PATIENCE_S)
        return self

    def __exit__(self, *_error: object) -> None:
        self.clients.close()
        self.stop()

    def open_client(self) -> httpx.Client:
        """Open a browser, so to speak, that is closed with the server."""
        return self.clients.enter_context(httpx.Client(timeout=PATIENCE_S))

    def stop(self) -> None:
        """Stop as Ctrl-C does: end the streams, then wait for the answers under way."""
        assert self.loop is not None
        if self._thread.is_alive():
            self.loop.call_soon_threadsafe(HUB.close)
            self._server.should_exit = True
            self._thread.join(PATIENCE_S)
            assert not self._thread.is_alive(), "the server did not stop: a stream held it up"

    @asynccontextmanager
    async def _live(self, _app: Starlette) -> AsyncIterator[None]:
        self.loop = asyncio.get_running_loop()
        HUB.bind(self.loop, self.record)
        pulse = asyncio.create_task(keep_pulse())
        self._started.set()
        yield
        pulse.cancel()
        HUB.close()


class Page:
    """One person's page on one board."""

    def __init__(self, server: LiveServer, workshop_id: int, person: Person) -> None:
        self._server = server
        self.address = f"{server.url}/live/{workshop_id}"
        self.headers = {"Authorization": f"Bearer {mint_token(workshop_id, person)}"}
        self.client = server.open_client()

    def state(self) -> dict[str, Any]:
        """Fetch the whole board."""
        return self.client.get(f"{self.address}/state", headers=self.headers).json()

    def post(self, move: Any, **headers: str) -> httpx.Response:
        """Send a move."""
        return self.client.post(f"{self.address}/moves", json=move, headers={**self.headers, **headers})

    def hold(self, *cards: object, **headers: str) -> httpx.Response:
        """Say that these cards, and no others, are in the hand."""
        asked = {"cards": cards}
        return self.client.post(f"{self.address}/hands", json=asked, headers={**self.headers, **headers})

    def watch(self, after: int = 0, mark: str = "") -> Watcher:
        """Open a stream in a thread of its own; ``mark`` is what the last state bore."""
        client = self._server.open_client()
        told = f"&mark={mark}" if mark else ""
        return Watcher(client, f"{self.address}/events?after={after}{told}", self.headers)


class Watcher:
    """A stream that is read as it comes."""

    def __init__(self, client: httpx.Client, address: str, headers: dict[str, str]) -> None:
        self.events: list[Any] = []
        self.pings = 0
        self.reloads = 0
        self.rooms: list[Any] = []
        self.hands: list[Any] = []
        self._kind = ""
        self.has_ended = False
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read, args=(client, address, headers))
        self._thread.start()
        self.wait(lambda: self.pings > 0)

    def __enter__(self) -> Watcher:
        return self

    def __exit__(self, *_error: object) -> None:
        self._thread.join(PATIENCE_S)
        assert not self._thread.is_alive()

    @property
    def seqs(self) -> list[int]:
        """The numbers of the events, in the order they came."""
        return [event["seq"] for event in self.events]

    def wait(self, is_there: Callable[[], bool]) -> None:
        """Wait until the stream has brought it."""
        with self._news:
            assert self._news.wait_for(is_there, PATIENCE_S), f"only {self.seqs} came"

    def _read(self, client: httpx.Client, address: str, headers: dict[str, str]) -> None:
        with client.stream("GET", address, headers=headers) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            for line in response.iter_lines():
                self._take(line)
        with self._news:
            self.has_ended = True
            self._news.notify_all()

    def _take(self, line: str) -> None:
        with self._news:
            if line.startswith("event: "):
                self._kind = line.removeprefix("event: ")
            if line.startswith("data: "):
                told = {"room": self.rooms, "hands": self.hands}.get(self._kind, self.events)
                told.append(json.loads(line.removeprefix("data: ")))
            self.pings += line == ": ping"
            self.reloads += line == "event: reload"
            self._news.notify_all()


def sign_in(board: Table, person: Person) -> Person:
    """Give the person an account in the board's record."""
    with board.record.writing() as session:
        return add_account(session, person)


def ask(op: str, voice: int, to: int | None, saw: int = 0) -> dict[str, Any]:
    """Write down a move of one voice."""
    return {"op": op, "saw": saw, "kind": "move", "voices": [voice], "to": to}
