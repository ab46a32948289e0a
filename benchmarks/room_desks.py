"""Facilitators' screens in the hall: Streamlit sessions that speak its protocol, open and run again."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import httpx
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from benchmarks.room_hall import EMAIL, PASSWORD, Hall

PAUSE_S = 2.0
PATIENCE_S = 60.0
BOARD_SCREEN = "board"


@dataclass
class Desks:
    """Screens that are open; ``reruns`` in milliseconds: how long the board's screen took to run again."""

    reruns: list[float] = field(default_factory=list)


@asynccontextmanager
async def open_desks(hall: Hall, n_desks: int) -> AsyncIterator[Desks]:
    """Keep so many board screens open while the block runs; each runs again every two seconds.

    Raises
    ------
    RuntimeError
        When a screen shows an error, or not the board.
    """
    desks = Desks()
    ready = [asyncio.Event() for _desk in range(n_desks)]
    tasks = [asyncio.create_task(_sit(hall, number, each, desks)) for number, each in enumerate(ready)]
    try:
        for task, each in zip(tasks, ready, strict=True):
            waiting = asyncio.create_task(each.wait())
            await asyncio.wait((task, waiting), return_when=asyncio.FIRST_COMPLETED)
            waiting.cancel()
        yield desks
        for task in tasks:
            if task.done():
                task.result()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _sit(hall: Hall, number: int, ready: asyncio.Event, desks: Desks) -> None:
    url = hall.find_url(number)
    cookie = await _sign_in(url)
    address = url.replace("http://", "ws://") + "/_stcore/stream"
    protocols, headers = ["streamlit"], {"Cookie": cookie}
    async with connect(address, subprotocols=protocols, additional_headers=headers, max_size=None) as line:
        await _run(line, hall)
        ready.set()
        while True:
            await asyncio.sleep(PAUSE_S)
            desks.reruns.append(await _run(line, hall))


async def _sign_in(url: str) -> str:
    async with httpx.AsyncClient(base_url=url, timeout=PATIENCE_S) as client:
        answer = await client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, "next": "/"})
    if answer.status_code != 303:
        raise RuntimeError(f"A desk could not sign in: {answer.status_code} {answer.text[:300]}")
    return str(answer.headers["set-cookie"].partition(";")[0])


async def _run(line: ClientConnection, hall: Hall) -> float:
    """Let the board's screen run, and give the milliseconds until it has finished."""
    request = BackMsg()
    request.rerun_script.page_name = BOARD_SCREEN
    request.rerun_script.query_string = f"engagement={hall.engagement_id}&workshop={hall.workshop_id}"
    start = time.perf_counter()
    await line.send(request.SerializeToString())
    shows_board = False
    async with asyncio.timeout(PATIENCE_S):
        while True:
            answer = ForwardMsg.FromString(_as_bytes(await line.recv()))
            kind = answer.WhichOneof("type")
            element = answer.delta.new_element if kind == "delta" else None
            if element is not None and element.WhichOneof("type") == "exception":
                raise RuntimeError(f"A screen failed: {element.exception.message[:300]}")
            shows_board |= element is not None and element.WhichOneof("type") == "bidi_component"
            if kind == "script_finished":
                break
    if not shows_board or answer.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
        raise RuntimeError("A desk does not show the board.")
    return 1000 * (time.perf_counter() - start)


def _as_bytes(message: str | bytes) -> bytes:
    return message if isinstance(message, bytes) else message.encode()
