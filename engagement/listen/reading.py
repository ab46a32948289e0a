"""Reading uploads in processes of their own, so that no file can harm this one."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from subprocess import TimeoutExpired
from threading import BoundedSemaphore

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, unpack_contents
from engagement.listen.own_process import run_module
from engagement.listen.reading_child import FAILED, REFUSED
from engagement.settings import Settings, read_settings

READER = "engagement.listen.reading_child"
WALL_SECONDS = 45.0
MAX_ANSWER_BYTES = 256 * 1024 * 1024
N_AT_ONCE = max(2, min(4, os.cpu_count() or 2))
SLOTS = BoundedSemaphore(N_AT_ONCE)
TOO_MUCH = (
    "needs too much memory or time to read, so reading was stopped. It may hold far more rows, columns "
    "or pages than it shows: copy the part with words into a new file and add that."
)

UNUSUAL = (
    "is built in a way that cannot be read. Open it in its own program, save it again and add the new copy. "
    "If that does not help, save it as plain text (.txt or .csv) and add that."
)


@dataclass(frozen=True)
class ReadFile:
    """A file with what was read from it; ``error`` says why nothing could be read."""

    file_name: str
    content: bytes
    sha256: str
    contents: FileContents | None = None
    error: str = ""


def read_upload(file_name: str, content: bytes, settings: Settings | None = None) -> FileContents:
    """Read one file in a child process with limits on memory, time and unpacked size.

    Raises
    ------
    UnreadableFileError
        When the file is empty, too large, or cannot be read; the sentence names the file.
    """
    _check_size(f"“{show_name(file_name)}”", content, settings or read_settings())
    return unpack_contents(_ask_child(file_name, content))


def draw_page(file_name: str, content: bytes, page: int) -> bytes:
    """Draw one page of a PDF as a PNG picture, in such a child process; ``page`` counts from 1.

    Raises
    ------
    UnreadableFileError
        When the file has no such page, or it cannot be drawn.
    """
    return _ask_child(file_name, content, str(page))


def _ask_child(file_name: str, content: bytes, *more: str) -> bytes:
    shown = f"“{show_name(file_name)}”"
    code, answer = run_child(READER, file_name, content, *more)
    if code == REFUSED:
        refusal = json.loads(answer)
        raise UnreadableFileError(f"{shown} {refusal['message']}", row=refusal["row"])
    if code == FAILED:
        raise UnreadableFileError(f"{shown} {UNUSUAL}")
    if code != 0 or len(answer) > MAX_ANSWER_BYTES:
        raise UnreadableFileError(f"{shown} {TOO_MUCH}")
    return answer


def read_uploads(files: Sequence[tuple[str, bytes]]) -> tuple[ReadFile, ...]:
    """Read several files side by side; one that cannot be read does not stop the others."""
    with ThreadPoolExecutor(max_workers=N_AT_ONCE) as pool:
        return tuple(pool.map(lambda file: _read_one(*file), files))


def hash_content(content: bytes) -> str:
    """Compute the SHA-256 under which a file is kept."""
    return hashlib.sha256(content).hexdigest()


def show_name(file_name: str) -> str:
    """Make a file's name fit to be shown: no folders, no control characters, at most 100 characters."""
    name = file_name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    name = "".join(character for character in name if character.isprintable()).strip() or "unnamed file"
    return name if len(name) <= 100 else f"{name[:80]}…{name[-19:]}"


def _read_one(file_name: str, content: bytes) -> ReadFile:
    sha256 = hash_content(content)
    try:
        return ReadFile(file_name, content, sha256, contents=read_upload(file_name, content))
    except UnreadableFileError as error:
        return ReadFile(file_name, content, sha256, error=str(error))


def _check_size(shown: str, content: bytes, settings: Settings) -> None:
    if not content.strip():
        raise UnreadableFileError(f"{shown} is empty. Check that it was saved, then add it again.")
    if len(content) > settings.max_upload_mb * 1024 * 1024:
        n_megabytes = len(content) / 1024 / 1024
        raise UnreadableFileError(
            f"{shown} is {n_megabytes:.0f} MB; at most {settings.max_upload_mb} MB are let in. "
            "Take large pictures out, or split it, and add it again."
        )


def run_child(module: str, file_name: str, given: bytes, *more: str) -> tuple[int, bytes]:
    """Hand a file to a module of ours in a child process; give its exit code and what it answered.

    Raises
    ------
    UnreadableFileError
        When it takes too long.
    """
    try:
        with SLOTS:
            child = run_module(module, show_name(file_name), *more, given=given, wall_seconds=WALL_SECONDS)
    except TimeoutExpired as error:
        raise UnreadableFileError(f"“{show_name(file_name)}” {TOO_MUCH}") from error
    return child.returncode, child.stdout
