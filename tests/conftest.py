"""States of the record to test against: whoever asks for ``record`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

from engagement.people import passwords
from models import database
from models.database import Record
from models.migrate import upgrade_record
from tests.postgresql import PostgresServer, find_postgres_bin

IN_CI = os.environ.get("CI") == "true"
# The longest files, the longest first, measured in processor time: whoever starts one of them near the end
# keeps everybody waiting. All others run after them, in the order that chance gives. What drives a browser
# comes before what does not, so that each worker starts one browser and one server for all of it.
LONGEST_FIRST = (
    "browser/test_every_screen.py",
    "browser/test_walk.py",
    "browser/test_typing.py",
    "workshop/test_long_afternoon.py",
    "web/test_starting.py",
    "browser/test_cutting_desk.py",
    "browser/test_paper.py",
    "browser/test_board_suggestions.py",
    "browser/test_board_live.py",
    "browser/test_voice_map.py",
    "browser/test_board.py",
    "theming/test_engine.py",
    "theming/test_workers_elsewhere.py",
    "browser/test_seat.py",
    "browser/test_second_desk.py",
    "browser/test_board_access.py",
    "browser/test_eight_browsers.py",
    "browser/test_front_door.py",
    "screens/test_main.py",
    "listen/test_erased_files.py",
    "web/test_live.py",
    "workshop/test_undo.py",
    "listen/test_importing.py",
    "listen/test_kill.py",
    "browser/test_screen.py",
    "web/test_seat.py",
    "screens/test_listen_screens.py",
    "workshop/test_rights.py",
    "listen/test_words_survive.py",
    "listen/test_erasing.py",
    "web/test_sign_in_pages.py",
)
HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the browser's files first, and the longest before the others; else chance keeps its order."""
    turns = {HERE / name: turn for turn, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: (item.path.parent != HERE / "browser", turns.get(item.path, len(turns))))


def skip_or_fail(reason: str) -> None:
    """Say that a real component is missing: by hand that skips the test, in CI it fails it."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session", autouse=True)
def _statements_compiled_once() -> Iterator[None]:
    """Let the records of all tests share what SQLAlchemy compiled, as all requests to one server do.

    It keeps that for each engine and each dialect object; a test that opens a record of its own would spend
    most of its time on compiling the same statements again.
    """
    patch = pytest.MonkeyPatch()
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        patch.setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))
        patch.setattr(dialect, "__hash__", lambda one: hash(type(one)))
    shared = {"compiled_cache": LRUCache(5000)}
    patch.setattr(database, "create_engine", partial(create_engine, execution_options=shared))
    yield
    patch.undo()


@pytest.fixture
def quick_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep passwords in the usual way with little work: what the real work is, test_accounts.py holds."""
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """A PostgreSQL server of our own, on a loopback port, for as long as the tests run."""
    if find_postgres_bin() is None:
        skip_or_fail("PostgreSQL is not installed: install Debian's package 'postgresql'.")
    with PostgresServer() as server:
        record = Record(server.create_database("template_record"))
        upgrade_record(record)
        record.close()
        yield server


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file built by the migrations, to be copied by each test."""
    path = tmp_path_factory.mktemp("record") / "empty.db"
    record = Record(f"sqlite:///{path}")
    upgrade_record(record)
    record.close()
    return path


@pytest.fixture
def sqlite_url(empty_sqlite: Path, tmp_path: Path) -> str:
    """The address of an empty record of this test's own, on SQLite."""
    shutil.copy(empty_sqlite, tmp_path / "record.db")
    return f"sqlite:///{tmp_path / 'record.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def record_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty record of this test's own, on each database in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.lend_database(template="template_record") as url:
        yield url


@pytest.fixture
def record(record_url: str) -> Iterator[Record]:
    """An empty record of this test's own, on each database in turn."""
    record = Record(record_url)
    yield record
    record.close()


@pytest.fixture
def sqlite_record(sqlite_url: str) -> Iterator[Record]:
    """An empty record on SQLite, for tests in which the database makes no difference."""
    record = Record(sqlite_url)
    yield record
    record.close()
