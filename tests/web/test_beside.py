"""Work beside the requests: whoever runs the server hears when it has died."""

from __future__ import annotations

import asyncio

import pytest

from engagement.web.beside import start_beside


async def fail() -> None:
    """Die of a fault."""
    raise ValueError("answer == 41, must be 42.")


def test_work_that_dies_says_in_the_log_what_is_lost_and_why(caplog: pytest.LogCaptureFixture) -> None:
    async def serve() -> None:
        await asyncio.wait([start_beside(fail(), "Streams are no longer told that they live.")])

    asyncio.run(serve())

    (told,) = caplog.records
    assert told.message.startswith("Streams are no longer told that they live. Start the server again.")
    assert "answer == 41" in caplog.text


def test_work_that_ends_or_is_stopped_says_nothing(caplog: pytest.LogCaptureFixture) -> None:
    async def serve() -> None:
        ends = start_beside(asyncio.sleep(0), "This.")
        is_stopped = start_beside(asyncio.sleep(60), "That.")
        await ends
        is_stopped.cancel()
        await asyncio.wait([is_stopped])

    asyncio.run(serve())

    assert caplog.records == []
