"""The routes beside Streamlit, asked by a client without a browser."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.exceptions import StarletteDeprecationWarning

from engagement.people.accounts import make_first_administrator
from engagement.people.setup_code import make_setup_code
from engagement.record import open_record
from engagement.web.site import MIDDLEWARE, ROUTES
from models.database import Record
from tests.builders import FACILITATOR, LEAD
from tests.web.live_server import LiveServer, Page, sign_in
from tests.workshop.conftest import Table

with warnings.catch_warnings():
    # It would rather be used with a package that nothing else here needs.
    warnings.simplefilter("ignore", StarletteDeprecationWarning)
    from starlette.testclient import TestClient

EMAIL, PASSWORD = "ada@example.org", "three plain words"


@pytest.fixture(autouse=True)
def _quick_passwords(quick_passwords: None) -> None:
    """Spend no time on making passwords hard to guess."""


@pytest.fixture
def web_record(record_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path) -> Iterator[Record]:
    """The record that the routes look at, on each database in turn."""
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", record_url)
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path))
    yield open_record(record_url)
    open_record(record_url).close()


@pytest.fixture
def setup_code(web_record: Record) -> str:
    """The code of the first start."""
    with web_record.writing() as session:
        return make_setup_code(session)


@pytest.fixture
def administrator(web_record: Record, setup_code: str):
    """The first administrator."""
    with web_record.writing() as session:
        return make_first_administrator(session, setup_code, EMAIL, "Ada Moss", PASSWORD)


@pytest.fixture
def client(web_record: Record) -> TestClient:
    """A client that nobody has signed in with and that does not follow redirects."""
    site = Starlette(routes=ROUTES, middleware=MIDDLEWARE)
    return TestClient(site, base_url="http://thread.test", follow_redirects=False)


@pytest.fixture
def own_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of this test's own, with a secret of its own."""
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path / "data"))


@pytest.fixture
def server(board: Table) -> Iterator[LiveServer]:
    """A real server with the live routes, before the ``board`` of the test's own file."""
    with LiveServer(board.record) as server:
        yield server


@pytest.fixture
def amina(board: Table, server: LiveServer) -> Page:
    """The page of a facilitator."""
    return Page(server, board.workshop_id, sign_in(board, FACILITATOR))


@pytest.fixture
def priya(board: Table, server: LiveServer) -> Page:
    """The page of somebody else who may move."""
    return Page(server, board.workshop_id, sign_in(board, LEAD))
