"""Reading together: one reading for many, never older than the asking, and each with their own refusal."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence

import pytest

from engagement.errors import NotAllowedError
from engagement.web.together import Together


class Shelf:
    """Something to read that changes, and that can be held while it is being read."""

    def __init__(self) -> None:
        self.n_readings = 0
        self.value = 0
        self.may_end = threading.Event()
        self.has_begun = threading.Event()
        self.error: Exception | None = None

    def read(self, _key: str, people: Sequence[str]) -> Mapping[str, str | NotAllowedError]:
        self.n_readings += 1
        seen = self.value
        self.has_begun.set()
        assert self.may_end.wait(20)
        if self.error is not None:
            raise self.error
        return {each: f"{each} {seen}" if each != "stranger" else NotAllowedError("No.") for each in people}


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_hall_that_asks_at_once_is_answered_from_two_readings(shelf: Shelf) -> None:
    async def ask_all() -> list[str]:
        together = Together(shelf.read)
        first = asyncio.create_task(together.ask("board", "first"))
        await asyncio.to_thread(shelf.has_begun.wait, 20)
        others = [asyncio.create_task(together.ask("board", f"person {n}")) for n in range(50)]
        await asyncio.sleep(0)
        shelf.may_end.set()
        return await asyncio.gather(first, *others)

    answers = asyncio.run(ask_all())

    assert answers == ["first 0", *(f"person {n} 0" for n in range(50))]
    assert shelf.n_readings == 2


def test_nobody_is_told_of_a_moment_before_they_asked(shelf: Shelf) -> None:
    async def change_while_it_is_read() -> list[str]:
        together = Together(shelf.read)
        early = asyncio.create_task(together.ask("board", "early"))
        await asyncio.to_thread(shelf.has_begun.wait, 20)
        shelf.value = 1
        late = asyncio.create_task(together.ask("board", "late"))
        await asyncio.sleep(0)
        shelf.may_end.set()
        return await asyncio.gather(early, late)

    assert asyncio.run(change_while_it_is_read()) == ["early 0", "late 1"]


def test_who_is_refused_alone_is_refused(shelf: Shelf) -> None:
    async def ask_both() -> list[str | BaseException]:
        together = Together(shelf.read)
        asked = [together.ask("board", who) for who in ("Sam", "stranger")]
        return await asyncio.gather(*asked, return_exceptions=True)

    shelf.may_end.set()
    welcome, refusal = asyncio.run(ask_both())

    assert welcome == "Sam 0"
    assert isinstance(refusal, NotAllowedError)


def test_a_reading_that_fails_fails_for_all_and_the_next_one_is_tried(shelf: Shelf) -> None:
    async def ask_twice() -> tuple[list[str | BaseException], str]:
        together = Together(shelf.read)
        shelf.error = OSError("The disk is away.")
        failed = await asyncio.gather(
            together.ask("board", "Sam"), together.ask("board", "Ada"), return_exceptions=True
        )
        shelf.error = None
        return failed, await together.ask("board", "Sam")

    shelf.may_end.set()
    failed, answer = asyncio.run(ask_twice())

    assert [type(each) for each in failed] == [OSError, OSError]
    assert answer == "Sam 0"
