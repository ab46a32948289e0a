"""Reading together: whoever asks while a reading is under way shares the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

import anyio.to_thread

from engagement.errors import EngagementError

Key = TypeVar("Key", bound=Hashable)
Asked = TypeVar("Asked", bound=Hashable)
Answer = TypeVar("Answer")
Waiting: TypeAlias = "list[tuple[Asked, asyncio.Future[Answer]]]"


class Together(Generic[Key, Asked, Answer]):
    """Answers many who ask about the same thing from one reading.

    A reading begins after everybody asked whom it answers, so that nobody is told of an older moment than
    that of asking. A hall that comes in at once costs two readings, not one for each person.

    Parameters
    ----------
    read : callable
        Takes what is asked about and what the people ask, and gives an answer (or a refusal) to each. It
        runs in a thread, and for one key never twice at the same time.
    """

    def __init__(
        self, read: Callable[[Key, Sequence[Asked]], Mapping[Asked, Answer | EngagementError]]
    ) -> None:
        self._read = read
        self._waiting: dict[Key, Waiting[Asked, Answer]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    async def ask(self, key: Key, asked: Asked) -> Answer:
        """Wait for the answer of the next reading.

        Raises
        ------
        EngagementError
            What the reading refuses to this one who asks.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        if key in self._waiting:
            self._waiting[key].append((asked, answer))
        else:
            self._waiting[key] = [(asked, answer)]
            task = loop.create_task(self._read_on(key))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return await answer

    async def _read_on(self, key: Key) -> None:
        """Read for all who wait, until nobody does."""
        try:
            while self._waiting[key]:
                waiting, self._waiting[key] = self._waiting[key], []
                await self._answer(key, waiting)
        finally:
            del self._waiting[key]

    async def _answer(self, key: Key, waiting: Waiting[Asked, Answer]) -> None:
        people = tuple(dict.fromkeys(asked for asked, _answer in waiting))
        try:
            answers = await anyio.to_thread.run_sync(self._read, key, people)
        except Exception as error:  # handed on to each who waits: there it is raised
            for _asked, future in waiting:
                _give(future, error)
            return
        for asked, future in waiting:
            _give(future, answers[asked])


def _give(future: asyncio.Future[Answer], answer: Answer | Exception) -> None:
    if future.done():
        return  # whoever asked has left
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
