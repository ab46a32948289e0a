"""Looking at a photo before it is let in: by what it holds, in a process of its own."""

from __future__ import annotations

import json
from dataclasses import dataclass

from engagement.errors import UnreadableFileError
from engagement.listen.reading import hash_content, run_child, show_name
from engagement.listen.reading_child import REFUSED

CHILD = "engagement.listen.typed.photo_child"
MAX_MEGABYTES = 20
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
USE_JPEG = "Save or send it as JPEG (.jpg) or PNG, then add that."


@dataclass(frozen=True)
class CheckedPhoto:
    """A photo that is whole. ``has_place``: the file says where it was taken."""

    file_name: str
    content: bytes
    sha256: str
    media_type: str
    has_place: bool


def check_photo(file_name: str, content: bytes) -> CheckedPhoto:
    """Look whether a file is a whole PNG or JPEG picture that can be shown safely.

    Raises
    ------
    UnreadableFileError
        When it is not; the sentence names the file and says what to do.
    """
    name = show_name(file_name)
    _check_start(name, content)
    code, answer = run_child(CHILD, name, content)
    if code == REFUSED:
        raise UnreadableFileError(f"“{name}” {json.loads(answer)['message']}")
    if code != 0:
        raise UnreadableFileError(f"“{name}” needs too much memory or time to look at. Make it smaller.")
    found = json.loads(answer)
    return CheckedPhoto(name, content, hash_content(content), found["media_type"], found["has_place"])


def _check_start(name: str, content: bytes) -> None:
    if not content:
        raise UnreadableFileError(f"“{name}” is empty. Check that it was saved, then add it again.")
    if len(content) > MAX_MEGABYTES * 1024 * 1024:
        n_megabytes = len(content) / 1024 / 1024
        raise UnreadableFileError(
            f"“{name}” is {n_megabytes:.0f} MB; at most {MAX_MEGABYTES} MB are let in. Make it smaller."
        )
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise UnreadableFileError(
            f"“{name}” is in the HEIC or AVIF format, which not every browser shows. {USE_JPEG} "
            "On an iPhone: Settings, Camera, Formats, Most Compatible."
        )
    if not content.startswith(STARTS):
        raise UnreadableFileError(f"“{name}” is no JPEG or PNG picture. {USE_JPEG}")
