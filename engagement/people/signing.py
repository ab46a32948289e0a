"""Signing tokens with the secret of this installation."""

from __future__ import annotations

import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

from itsdangerous import URLSafeTimedSerializer

from engagement.settings import read_settings

SHORTEST_SECRET = 32


def open_signer(purpose: str) -> URLSafeTimedSerializer:
    """Give what signs and reads tokens of one purpose; a token of another purpose is no good to it."""
    settings = read_settings()
    secret = settings.secret or _read_secret(settings.data_dir)
    if len(secret) < SHORTEST_SECRET:
        raise ValueError(f"the secret has {len(secret)} characters, must be >= {SHORTEST_SECRET}.")
    return URLSafeTimedSerializer(secret, salt=purpose)


@cache
def _read_secret(folder: Path) -> str:
    """Read the secret of this installation; the first time, make it, for the owner's eyes only."""
    path = folder / "secret.key"
    if not path.exists():
        _make_secret(path)
    return path.read_text(encoding="ascii").strip()


def _make_secret(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"secret-{secrets.token_hex(8)}.tmp")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # A link appears whole or not at all; where another process was first, its secret is the one.
    with suppress(FileExistsError):
        path.hardlink_to(draft)
    draft.unlink()
