"""Packed once for many: what comes out is what went in, for every browser."""

from __future__ import annotations

import gzip

import pytest

from engagement.web.packing import SharedWords
from models.database import Record
from tests.web.live_server import LiveServer, Page
from tests.workshop.conftest import Table, make_room, make_table


@pytest.fixture
def board(sqlite_record: Record) -> Table:
    return make_table(make_room(sqlite_record))


@pytest.mark.parametrize("own", [b"", b'{"you":"Sam"', "Ž".encode() * 70_000])
@pytest.mark.parametrize("shared", [b"", b"}", b'{"text":"the bus"},' * 9_000])
def test_own_words_and_shared_words_come_out_as_one(own: bytes, shared: bytes) -> None:
    assert gzip.decompress(SharedWords(shared).pack_behind(own)) == own + shared


@pytest.mark.usefixtures("own_secret")
def test_the_state_is_the_same_packed_and_plain(server: LiveServer, amina: Page) -> None:
    packed = amina.client.get(f"{amina.address}/state", headers=amina.headers)
    plain = amina.client.get(
        f"{amina.address}/state", headers={**amina.headers, "Accept-Encoding": "identity"}
    )

    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert packed.json()["workshop"]["you"] == "Amina Facilitator"
