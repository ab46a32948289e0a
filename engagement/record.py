"""The open record: one for each address in a process, shared by screens, routes and the worker."""

from __future__ import annotations

from functools import cache

from models.database import Record


@cache
def open_record(url: str) -> Record:
    """Open the record at the address, or give the one that is open already."""
    return Record(url)
