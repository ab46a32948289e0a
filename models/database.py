"""Opening the record: SQLite by default, PostgreSQL by its address.

Reading and writing are asked for apart.

On SQLite a write begins with ``BEGIN IMMEDIATE``, so that two writers queue instead of failing half-way,
and a commit is on the disk before it is acknowledged (WAL with ``synchronous=FULL``).
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from models import (  # noqa: F401  every table must be known before the first query
    agreed_lists,
    branches,
    consent,
    decisions,
    double_theming,
    duplicates,
    engagements,
    jobs,
    languages,
    people,
    plan,
    rooms,
    sources,
    theming_runs,
    transparency,
    typed,
    voices,
    workshops,
)

BUSY_TIMEOUT_MS = 15_000


class Record:
    """The record at one address. Safe to share between threads.

    Parameters
    ----------
    url : str
        ``sqlite:///path`` or ``postgresql+psycopg://...``.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.engine = _open_engine(url)
        self.writing_engine = self.engine.execution_options(begin="IMMEDIATE")
        self._turn = threading.Lock()

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the record is one SQLite file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one moment of the record and leaves no trace."""
        with Session(self.engine) as session:
            if not self.is_sqlite:
                session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
            yield session
            session.rollback()

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes are all kept when the block ends, or all undone when it raises."""
        with self._take_turn(), Session(self.writing_engine) as session, session.begin():
            yield session

    @contextmanager
    def _take_turn(self) -> Iterator[None]:
        """Let the writers of this process go one at a time, where the record can be written by one only.

        SQLite lets those who come second look again and again, with growing pauses and a connection in hand:
        in a crowd some would never get their turn. Who has waited for too long tries all the same.
        """
        has_turn = self.is_sqlite and self._turn.acquire(timeout=BUSY_TIMEOUT_MS / 1000)
        try:
            yield
        finally:
            if has_turn:
                self._turn.release()

    def rewrite(self, tables: Sequence[str]) -> bool:
        """Write the record anew, so that nothing which was deleted stays in places that are free again.

        SQLite writes its whole file, PostgreSQL these tables. False when somebody else kept it from that:
        then nothing is lost, and it can be tried again.
        """
        try:
            if self.is_sqlite:
                return self._rewrite_file()
            with self.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
                # Whoever waits for a whole table holds everybody back who comes later.
                connection.exec_driver_sql(f"SET lock_timeout = {BUSY_TIMEOUT_MS}")
                try:
                    for table in tables:
                        connection.exec_driver_sql(f"VACUUM (FULL) {table}")
                finally:
                    connection.exec_driver_sql("RESET lock_timeout")
        except OperationalError:
            return False
        return True

    def _rewrite_file(self) -> bool:
        with self._take_turn(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            try:
                cursor.execute("VACUUM")
                # The first column tells whether somebody still read the old state from the write-ahead log.
                (is_busy, *_) = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.OperationalError:
                return False
        return not is_busy

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()


def lock_chain(session: Session, name: str) -> None:
    """Hold other writers of the chain ``name`` back until this transaction ends.

    On SQLite ``BEGIN IMMEDIATE`` has done so already.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext(:name))"), {"name": name})


def tell_processes(session: Session, channel: str, notice: str = "") -> None:
    """Wake whoever listens to the channel in any process, once this transaction is kept.

    SQLite has no such channels: other processes look at the record now and then.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_notify(:channel, :notice)"), {"channel": channel, "notice": notice})


def _open_engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_engine(url, pool_pre_ping=True)
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_TIMEOUT_MS / 1000})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for setting in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
    ):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('begin', 'DEFERRED')}")
