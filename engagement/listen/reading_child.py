"""The process that reads one file: little memory, little time, nothing to write to, nobody to call.

Run by ``engagement.listen.reading`` as ``python -m engagement.listen.reading_child NAME``, with the file on
standard input. It answers with JSON on standard output; on a refusal it ends with code 3, on a file that
its own code cannot cope with with code 4. Out of memory or time, it just ends.
"""

from __future__ import annotations

import json
import sys
from typing import Any

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
    from engagement.listen.read_csv import read_csv
    from engagement.listen.read_docx import read_docx
    from engagement.listen.read_text import read_txt
    from engagement.listen.read_xlsx import read_xlsx
    from engagement.listen.recognise import find_format
    from engagement.listen.zip_guard import open_zip

    archive = open_zip(content) if content.startswith(b"PK") else None
    found = find_format(file_name, content, archive)
    if archive is not None:
        return read_docx(archive) if found is FileFormat.DOCX else read_xlsx(content, archive)
    return read_csv(content) if found is FileFormat.CSV else read_txt(content)


def main() -> int:
    """Read the file on standard input and answer on standard output."""
    limit_process()
    answer = sys.stdout.buffer
    try:
        answer.write(pack_contents(read_file(sys.argv[1], sys.stdin.buffer.read())))
    except UnreadableFileError as error:
        answer.write(json.dumps({"message": str(error), "row": error.row}).encode("ascii"))
        return REFUSED
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # A file may be wrong in ways that nobody has thought of: the person is told, the traceback is not.
        return FAILED
    return 0


def _refuse_event(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(FORBIDDEN):
        raise PermissionError(f"event == {event!r}, is not for a process that reads files.")
    if event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        raise PermissionError(f"path == {arguments[0]!r}, must not be written by a process that reads files.")


if __name__ == "__main__":
    sys.exit(main())
