"""Looking at a zip's table of contents before anything in it is unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from engagement.errors import UnreadableFileError

# Rationale: 20 MB of honest Word or Excel text unpacks to about ten times as much. A bomb of 200 KB that
# unpacks to 200 MB is 1,000 times as much.
MAX_UNPACKED_BYTES = 256 * 1024 * 1024
MAX_RATIO = 100
FREE_BYTES = 16 * 1024 * 1024
MAX_ENTRIES = 5_000


def open_zip(content: bytes) -> zipfile.ZipFile:
    """Open a zip whose unpacked size and number of entries are within the limits.

    Raises
    ------
    UnreadableFileError
        When the zip is damaged or would unpack to too much.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError) as error:
        raise UnreadableFileError(
            "is damaged or was cut off on its way. Copy it again and add the new copy."
        ) from error
    _check_size(archive, len(content))
    return archive


def read_entry(archive: zipfile.ZipFile, name: str, n_bytes: int = -1) -> bytes | None:
    """Read one entry, or its first bytes; None when there is none of that name."""
    try:
        with archive.open(name) as entry:
            return entry.read(n_bytes)
    except KeyError:
        return None
    except (
        zipfile.BadZipFile,
        RuntimeError,
        NotImplementedError,
        EOFError,
        OSError,
        ValueError,
        zlib.error,
    ) as error:
        raise UnreadableFileError(
            "is damaged or locked inside. Open it in its own program, save it again and add the new copy."
        ) from error


def _check_size(archive: zipfile.ZipFile, n_packed_bytes: int) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES:
        raise UnreadableFileError(
            f"holds {len(entries):,} separate parts, more than the {MAX_ENTRIES:,} that are opened. "
            "Save it again in Word or Excel and add the new copy."
        )
    n_bytes = sum(entry.file_size for entry in entries)
    if n_bytes > MAX_UNPACKED_BYTES or n_bytes > FREE_BYTES + MAX_RATIO * n_packed_bytes:
        raise UnreadableFileError(
            f"would unpack to {n_bytes // 1_000_000:,} MB from {max(n_packed_bytes // 1000, 1):,} KB, which "
            "is far more "
            "than notes or a survey need. It was not opened. Save it again in Word or Excel and add the new "
            "copy."
        )
