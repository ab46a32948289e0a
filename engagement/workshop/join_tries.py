"""Slowing down whoever guesses join codes, without locking a hall out that shares one address.

A try is noted as wrong *before* it is looked at, and only that one try is struck out when it was right: who
knows the code of one workshop cannot wipe out their guesses at another. The QR code holds a key of 128 bits
that nobody guesses, so whoever scans it is never slowed down.
"""

from __future__ import annotations

import ipaddress
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from engagement.errors import EngagementError
from models.base import utc_now
from models.database import lock_chain
from models.rooms import JoinTry

# Rationale: six signs out of 24 make 191 million codes. 150 wrong ones in a quarter of an hour are more than
# a hall mistypes. 600 from everywhere are 57,600 a day: with two workshops open, somebody with any number of
# addresses has 1 chance in 1,600 a day of finding a code, and it is good for that day only.
WINDOW = timedelta(minutes=15)
TRIES_FROM_A_NETWORK = 150
TRIES_FROM_EVERYWHERE = 600


class TooManyCodesError(EngagementError):
    """Too many wrong codes came in a short time."""


def note_join_try(session: Session, address: str) -> int:
    """Count one more try at a code, or refuse it; give its number for `strike_out_join_try`.

    Commit before the code itself is looked at.

    Raises
    ------
    TooManyCodesError
        When too many wrong codes came from this network, or from everywhere, in a quarter of an hour.
    """
    lock_chain(session, "join tries")
    now = utc_now()
    session.execute(delete(JoinTry).where(JoinTry.tried_at < now - WINDOW))
    network = name_network(address)
    if (
        _count(session, JoinTry.network == network) >= TRIES_FROM_A_NETWORK
        or _count(session, JoinTry.id > 0) >= TRIES_FROM_EVERYWHERE
    ):
        raise TooManyCodesError(
            "Too many wrong codes were typed here. Scan the QR code on the wall instead, or wait 15 minutes."
        )
    row = JoinTry(network=network, tried_at=now)
    session.add(row)
    session.flush()
    return row.id


def strike_out_join_try(session: Session, try_id: int) -> None:
    """Forget one try, because its code was right."""
    session.execute(delete(JoinTry).where(JoinTry.id == try_id))


def name_network(address: str) -> str:
    """Name what one guesser has at hand: an IPv4 address, or the 64 bits that one line gets in IPv6.

    Examples
    --------
    >>> name_network("2001:db8:0:7:1:2:3:4")
    '2001:db8:0:7::/64'
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped is None:
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(getattr(known, "ipv4_mapped", None) or known)


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(JoinTry).where(which)) or 0
