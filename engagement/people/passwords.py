"""Passwords: what is asked of them, and how they are kept."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engagement.errors import EngagementError

# Rationale: length is what slows guessing; rules about signs only make people write passwords down.
SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 1000
HASHER = PasswordHasher()
# Each hash takes 64 MB for a moment: guessing from many places must not fill the memory.
_turns = BoundedSemaphore(2)


def hash_password(password: str, email: str) -> str:
    """Refuse a password that is easy to guess, and give what may be kept of the others.

    Raises
    ------
    EngagementError
        When it is too short, too long, or the e-mail address itself.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise EngagementError(
            f"This password has {len(password)} characters. Use at least {SHORTEST_PASSWORD}; "
            "three or four words that belong to you are easy to remember."
        )
    if len(password) > LONGEST_PASSWORD:
        raise EngagementError(f"This password is very long. Use at most {LONGEST_PASSWORD} characters.")
    if password.strip().lower() == email:
        raise EngagementError("This password is the e-mail address itself. Choose another one.")
    if len(set(password)) == 1:
        raise EngagementError("This password is one character again and again. Choose another one.")
    with _turns:
        return HASHER.hash(password)


def matches_password(password_hash: str | None, password: str) -> bool:
    """Tell whether the password belongs to the hash; takes as long when there is no hash at all."""
    known = password_hash or _make_unused_hash()
    try:
        with _turns:
            return HASHER.verify(known, password) and password_hash is not None
    except (VerificationError, InvalidHashError):
        return False


@cache
def _make_unused_hash() -> str:
    return HASHER.hash("nobody signs in with this")
