"""The open record: one for each address in a process, shared by screens, routes and the worker."""

from __future__ import annotations

from functools import cache

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from engagement.errors import EngagementError
from models.database import Record
from models.migrate import find_newest_revision, is_from_newer_version, read_revision, upgrade_record


class RecordNotReadyError(EngagementError):
    """The record cannot be used by this version as it stands."""


@cache
def open_record(url: str) -> Record:
    """Open the record at the address, or give the one that is open already."""
    return Record(url)


def prepare_record(record: Record) -> None:
    """Bring the record to the shape this version needs; a file is upgraded, a server's database is not.

    Raises
    ------
    RecordNotReadyError
        When it cannot be opened, a newer version wrote it, or whoever runs the database must upgrade it.
    """
    place = describe_place(record)
    try:
        _bring_up_to_date(record, place)
    except DBAPIError as error:
        reason = str(error.orig).strip().partition("\n")[0].rstrip(".")
        raise RecordNotReadyError(
            f"The record at {place} cannot be opened: {reason}. "
            "Check ENGAGEMENT_DATABASE_URL and ENGAGEMENT_DATA_DIR, and that the database is running."
        ) from error


def describe_place(record: Record) -> str:
    """Tell where the record is, without the password of its database."""
    return record.engine.url.render_as_string(hide_password=True)


def does_answer(record: Record) -> bool:
    """Tell whether the record answers at all."""
    try:
        with record.reading() as session:
            return session.scalar(select(1)) == 1
    except SQLAlchemyError:
        return False


def _bring_up_to_date(record: Record, place: str) -> None:
    if is_from_newer_version(record):
        raise RecordNotReadyError(
            f"The record at {place} was written by a newer version of Common Thread. "
            "Start that version, or restore a backup from before."
        )
    if record.is_sqlite:
        upgrade_record(record)
    elif read_revision(record) != find_newest_revision():
        raise RecordNotReadyError(
            f"The record at {place} needs an upgrade. Run: python -m engagement migrate"
        )
