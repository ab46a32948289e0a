"""The record keeps what it is given, and refuses what would change people's words."""

from __future__ import annotations

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.base import Base
from models.database import Record
from models.engagements import Engagement
from tests.builders import add_voices


def test_migrations_build_exactly_the_tables_of_the_models(record: Record) -> None:
    with record.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert differences == []


def test_an_error_in_the_middle_of_an_act_keeps_nothing_of_it(record: Record) -> None:
    with pytest.raises(RuntimeError), record.writing() as session:
        session.add(Engagement(name="Half done"))
        session.flush()
        raise RuntimeError

    with record.reading() as session:
        assert session.query(Engagement).count() == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE voice SET text = 'something nicer'",
        "UPDATE stored_file SET size = 0",
        "UPDATE decision SET actor = 'somebody else'",
        "DELETE FROM decision",
    ],
)
def test_the_database_itself_refuses_to_change_what_never_changes(record: Record, statement: str) -> None:
    with record.writing() as session:
        add_voices(session, ["The 22 stops at six."])

    with pytest.raises(DBAPIError, match="never"), record.writing() as session:
        session.execute(text(statement))


def test_sqlite_keeps_every_commit_on_disk_before_it_is_acknowledged(sqlite_record: Record) -> None:
    with sqlite_record.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_writers_who_wait_for_their_turn_hold_no_connection(sqlite_record: Record) -> None:
    together = threading.Barrier(6)
    held: list[int] = []

    def write() -> None:
        together.wait(20)
        for _time in range(5):
            with sqlite_record.writing() as session:
                session.execute(text("SELECT count(*) FROM voice"))
                held.append(sqlite_record.engine.pool.checkedout())

    threads = [threading.Thread(target=write) for _writer in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert held == [1] * 30
