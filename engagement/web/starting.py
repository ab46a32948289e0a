"""Starting and stopping: the record first, then the worker and the live board; the same in reverse."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from importlib import import_module
from types import FrameType
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from engagement.listen.erasing.cleaning import finish_erasures
from engagement.people.setup_code import make_setup_code
from engagement.record import RecordNotReadyError, prepare_record
from engagement.web.beside import start_beside
from engagement.web.doors import get_record
from engagement.web.live_hub import HUB
from engagement.web.live_pulse import keep_pulse
from engagement.web.own_files import prepare_files
from engagement.web.pages import prepare_templates
from engagement.web.presence import keep_presence
from engagement.web.worker_watch import watch_worker
from models.database import Record

Lifespan = Callable[[Any], AbstractAsyncContextManager[None]]


def make_lifespan(find_address: Callable[[], str]) -> Lifespan:
    """Make what runs from start to stop; ``find_address`` tells where people reach the server."""

    @asynccontextmanager
    async def live(_app: Any) -> AsyncIterator[None]:
        record = get_record()
        prepare_record(record)
        finish_erasures(record)
        _settle()
        _greet(record, find_address())
        HUB.bind(asyncio.get_running_loop(), record)
        tasks = [
            start_beside(watch_worker(), "Nobody looks any more whether the worker runs."),
            start_beside(keep_presence(record), "Who is here is no longer noted."),
            start_beside(keep_pulse(), "Streams are no longer told that they live."),
        ]
        with _streams_closed_on_signals():
            yield
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        HUB.close()
        record.close()

    return live


class PlainRefusal:
    """Say in one sentence why the server does not start, where a traceback would stand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, but for why the server does not start."""
        if scope["type"] != "lifespan":
            await self.app(scope, receive, send)
            return
        held_back: list[Message] = []

        async def hold_back_failure(message: Message) -> None:
            if message["type"] == "lifespan.startup.failed":
                held_back.append(message)
            else:
                await send(message)

        try:
            await self.app(scope, receive, hold_back_failure)
        except RecordNotReadyError as refusal:
            print(refusal, file=sys.stderr, flush=True)
            await send({"type": "lifespan.startup.failed", "message": ""})
        except BaseException:
            for message in held_back:
                await send(message)
            raise


def write_greeting(address: str, code: str | None) -> str:
    """Write what the terminal shows at the start, in a frame that stands out among other lines."""
    lines = [f"Common Thread is ready: {address}"]
    if code:
        lines += [
            "",
            "Nobody has an account yet. Open the address, and make the first one",
            f"with this setup code (it works once, for 24 hours):   {code}",
        ]
    width = max(len(line) for line in lines)
    framed = [f"│  {line.ljust(width)}  │" for line in ("", *lines, "")]
    edge = "─" * (width + 4)
    return "\n".join((f"┌{edge}┐", *framed, f"└{edge}┘", "To stop it, press Ctrl and C here.", ""))


def _greet(record: Record, address: str) -> None:
    with record.writing() as session:
        code = make_setup_code(session)
    print(write_greeting(address, code), flush=True)


def _settle() -> None:
    """Do what takes longest the first time, before the first page is asked for.

    Beside the requests it would take turns away from them for a second or two, and after a crash in the very
    moment in which a whole hall comes back. Telling the garbage collector then that all this is no garbage
    keeps each later collection from stopping the world for 30 to 80 ms.
    """
    prepare_files()
    prepare_templates()
    import_module("pandas")
    gc.collect()
    gc.freeze()


@contextmanager
def _streams_closed_on_signals() -> Iterator[None]:
    """Close the live streams on Ctrl-C or SIGTERM; the server would wait for them for ever."""
    loop = asyncio.get_running_loop()
    before: dict[int, Any] = {}

    def close_and_pass_on(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(HUB.close)
        if callable(before[number]):
            before[number](number, frame)

    for each in (signal.SIGINT, signal.SIGTERM):
        before[each] = signal.signal(each, close_and_pass_on)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
