"""Hands on pages of other processes: passed on by PostgreSQL, and kept by nobody."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator
from contextlib import suppress

import anyio.to_thread
from sqlalchemy.exc import DBAPIError

from engagement.web.hands import HandFacts, Hands
from models.database import Record, tell_processes

HANDS_CHANNEL = "board_hands"
MOST_AT_ONCE = 8
"""People whose hands are passed on in one message, which PostgreSQL limits to 8,000 bytes."""


class FarHands:
    """Passes on what is held on the pages of this process, and hears what is held on those of others."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._process = secrets.token_hex(8)
        self._tasks: set[asyncio.Task[None]] = set()

    def pass_on(self, workshop_id: int, hands: list[HandFacts]) -> None:
        """Tell the other processes what people hold here."""
        notices = tuple(self._write(workshop_id, hands))
        task = asyncio.get_running_loop().create_task(anyio.to_thread.run_sync(self._send, notices))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def hear(self, hands: Hands, notice: str) -> None:
        """Take note of what another process tells."""
        told = json.loads(notice)
        if told["process"] != self._process:
            for each in told["hands"]:
                hands.hold(told["workshop"], each["who"], each["name"], each["cards"], is_far=True)

    def _write(self, workshop_id: int, hands: list[HandFacts]) -> Iterator[str]:
        for start in range(0, len(hands), MOST_AT_ONCE):
            some = hands[start : start + MOST_AT_ONCE]
            told = {"process": self._process, "workshop": workshop_id, "hands": some}
            yield json.dumps(told, ensure_ascii=False, separators=(",", ":"))

    def _send(self, notices: tuple[str, ...]) -> None:
        with suppress(DBAPIError), self._record.writing() as session:  # a lost one is told again in seconds
            for notice in notices:
                tell_processes(session, HANDS_CHANNEL, notice)
