"""Hash chains: each link holds the hash of the one before, so that a change or a gap shows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

FIRST_HASH = "0" * 64


def hash_link(previous_hash: str, fields: Mapping[str, Any]) -> str:
    """Compute the SHA-256 of a link from the hash before it and its own fields.

    Moments count in UTC to the microsecond and keys in alphabetical order, so that both databases give the
    same hash.
    """
    words = json.dumps(
        fields, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_write_moment
    )
    return hashlib.sha256(f"{previous_hash}\n{words}".encode()).hexdigest()


def find_broken_link(links: Iterable[tuple[str, str, Mapping[str, Any]]]) -> int | None:
    """Find the first link that does not follow from the one before, counted from 0.

    Parameters
    ----------
    links : iterable of (previous_hash, hash, fields)
        In the order of the chain.

    Returns
    -------
    int or None
        The position of the first broken link; None when the chain holds.
    """
    expected = FIRST_HASH
    for position, (previous_hash, own_hash, fields) in enumerate(links):
        if previous_hash != expected or own_hash != hash_link(previous_hash, fields):
            return position
        expected = own_hash
    return None


def _write_moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="microseconds")
    raise TypeError(f"value == {value!r}, must be something JSON can hold or a moment.")
