"""A record that is busy: people are told what to do, and nobody sees a fault of the software."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from engagement.web.busy import BusyRecord
from tests.web.conftest import TestClient


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """Pages over a record that somebody else holds."""
    address = f"sqlite:///{tmp_path / 'held.db'}"
    engine = create_engine(address, connect_args={"timeout": 0})
    holder = engine.connect()
    holder.exec_driver_sql("BEGIN EXCLUSIVE")

    def ask(_request: Request) -> Response:
        with engine.connect() as connection:
            return PlainTextResponse(str(connection.scalar(text("SELECT count(*) FROM sqlite_master"))))

    app = Starlette(
        routes=[Route("/page", ask, methods=["GET", "POST"])], middleware=[Middleware(BusyRecord)]
    )
    yield TestClient(app, raise_server_exceptions=True)
    holder.close()
    engine.dispose()


@pytest.mark.parametrize(
    ("method", "sentence"), [("GET", "Load the page again"), ("POST", "what you typed is still there")]
)
def test_a_busy_record_is_a_page_that_says_what_to_do(client: TestClient, method: str, sentence: str) -> None:
    answer = client.request(method, "/page")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "2"
    assert sentence in answer.text
