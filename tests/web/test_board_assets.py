"""The board's own files are served for ever, under an address that changes with them."""

from __future__ import annotations

import asyncio
import gzip
import re
from dataclasses import dataclass, field

import pytest
from starlette.applications import Starlette
from starlette.types import Message

from engagement.web.board_assets import FOLDER, asset_base, find_seat_script, read_assets
from engagement.web.own_files import OWN_FILE_ROUTES
from engagement.web.static_files import name_asset

NAMES = sorted(path.name for path in FOLDER.iterdir())


@dataclass
class Answer:
    """What came back from the routes."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""


def ask(path: str) -> Answer:
    """Ask the routes for an address, as a server does."""
    answer = Answer()
    scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "headers": [],
        "query_string": b"",
        "root_path": "",
    }

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        answer.body += message.get("body", b"")

    asyncio.run(Starlette(routes=OWN_FILE_ROUTES)(scope, receive, send))
    return answer


@pytest.mark.parametrize("name", NAMES)
def test_every_file_of_the_board_is_served_byte_for_byte_and_kept_for_ever(name: str) -> None:
    answer = ask(f"{asset_base()}/{name}")

    assert answer.status == 200
    assert answer.body == (FOLDER / name).read_bytes()
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-type"].startswith(("text/javascript", "text/css"))


@pytest.mark.parametrize(
    "address",
    [
        "/live-assets/0000000000000000/board.js",
        f"{asset_base()}/no-such-file.js",
        f"{asset_base()}/..",
        f"{asset_base()}/../site.css",
    ],
)
def test_nothing_else_is_served(address: str) -> None:
    assert ask(address).status == 404


def test_whatever_a_file_imports_is_served_too() -> None:
    imported = {
        name for content in read_assets().values() for name in re.findall(rb'from "\./([^"]+)"', content)
    }

    assert {name.decode() for name in imported} <= set(read_assets())


def test_no_file_calls_another_server_or_reads_words_as_markup() -> None:
    forbidden = re.compile(rb"https?://|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b")

    found = {name: forbidden.findall(content) for name, content in read_assets().items()}

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_a_seats_one_style_sheet_holds_all_that_the_board_would_add_by_itself() -> None:
    names = re.findall(rb'"(\w+\.css)"', read_assets()["styles.js"])

    sheet = ask(name_asset("seat_board.css")).body

    assert len(names) == 4
    assert all(read_assets()[name.decode()] in sheet for name in names)


def test_the_whole_board_is_lighter_on_a_phones_wire_than_fifty_kilobytes() -> None:
    loaded = [ask(find_seat_script()).body, ask(name_asset("seat_board.css")).body]

    assert sum(len(gzip.compress(content)) for content in loaded) < 50_000


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(".js")])
def test_files_stay_small_enough_to_read_and_exports_are_explained(name: str) -> None:
    source = (FOLDER / name).read_text(encoding="utf-8")

    unexplained = re.findall(r"(?<!\*/\n)^export (?:default )?(?:async )?function \w+", source, re.MULTILINE)

    assert source.startswith("/** ")
    assert unexplained == []
    assert len(source.splitlines()) <= 300
