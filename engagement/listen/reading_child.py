"""The process that reads one file: little memory, little time, nothing to write to, nobody to call.

Run by ``engagement.listen.reading`` as ``python -m engagement.listen.reading_child NAME``, with the file on
standard input. It answers with JSON on standard output, or with the picture of a page when its number
follows the name; on a refusal it ends with code 3, on a file that
its own code cannot cope with with code 4. Out of memory or time, it just ends.
"""

from __future__ import annotations

import json
import sys
from typing import Any
from zipfile import ZipFile

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileContents, FileFormat, pack_contents

REFUSED = 3
FAILED = 4
MEMORY_BYTES = 1024 * 1024 * 1024
CPU_SECONDS = 20
MAX_OPEN_FILES = 64
FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.system",
    "os.spawn",
    "shutil.",
)


def limit_process() -> None:
    """Give up memory, time, the network and writing for good."""
    try:
        import resource
    except ImportError:  # no such limits on Windows; the wall clock of the parent still holds
        pass
    else:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
        resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_OPEN_FILES, MAX_OPEN_FILES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse_event)


def read_file(file_name: str, content: bytes) -> FileContents:
    """Read one file by what it holds."""
    from engagement.listen.recognise import find_format
    from engagement.listen.zip_guard import open_zip

    archive = open_zip(content) if content.startswith(b"PK") else None
    found = find_format(file_name, content, archive)
    if archive is not None:
        return _read_archive(found, content, archive)
    return _read_plain(found, content)


def _read_archive(found: FileFormat, content: bytes, archive: ZipFile) -> FileContents:
    if found is FileFormat.DOCX:
        from engagement.listen.read_docx import read_docx

        return read_docx(archive)
    if found is FileFormat.ODT:
        from engagement.listen.read_odt import read_odt

        return read_odt(archive)
    from engagement.listen.read_workbook import read_workbook

    return read_workbook(content, archive, found)


def _read_plain(found: FileFormat, content: bytes) -> FileContents:
    if found is FileFormat.PDF:
        from engagement.listen.read_pdf import read_pdf

        return read_pdf(content)
    if found is FileFormat.SUBTITLES:
        from engagement.listen.read_subtitles import read_subtitles

        return read_subtitles(content)
    if found is FileFormat.CSV:
        from engagement.listen.read_csv import read_csv

        return read_csv(content)
    from engagement.listen.read_text import read_txt

    return read_txt(content)


def main() -> int:
    """Read the file on standard input and answer on standard output."""
    limit_process()
    answer = sys.stdout.buffer
    try:
        answer.write(_answer(sys.stdin.buffer.read(), *sys.argv[1:]))
    except UnreadableFileError as error:
        answer.write(json.dumps({"message": str(error), "row": error.row}).encode("ascii"))
        return REFUSED
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # A file may be wrong in ways that nobody has thought of: the person is told, the traceback is not.
        return FAILED
    return 0


def _answer(content: bytes, file_name: str, page: str = "") -> bytes:
    if not page:
        return pack_contents(read_file(file_name, content))
    from engagement.listen.draw_page import draw_pdf_page

    return draw_pdf_page(content, int(page))


def _refuse_event(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"event == {event!r}, is not for a process that reads files.")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(f"path == {arguments[0]!r}, must not be written by a process that reads files.")


if __name__ == "__main__":
    sys.exit(main())
