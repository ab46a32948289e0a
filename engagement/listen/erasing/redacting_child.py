"""The process that blanks passages of one file: as little as the one that reads it may do.

Run by ``engagement.listen.erasing.redacting`` as ``python -m``, with this module and the file's name. On
standard input stand one line of JSON with what to blank, then the file; the redacted file is the answer on
standard output. Where the format cannot be redacted soundly it ends with code 5.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engagement.errors import UnreadableFileError
from engagement.listen.contents import FileFormat, Place
from engagement.listen.erasing.blanks import NotSoundError, Span, squeeze
from engagement.listen.reading_child import FAILED, limit_process

NOT_SOUND = 5
# Rationale: shorter words, such as "no" or "the bus", stand in other places by chance.
SHORTEST_TELLING = 12


@dataclass(frozen=True)
class Order:
    """What to blank: characters at places, with the words there, what other places say, where columns are."""

    cuts: dict[Place, list[Span]]
    words: dict[Place, str]
    others: tuple[str, ...]
    columns: dict[str, int]


def pack_order(order: Order) -> bytes:
    """Write an order as one line of JSON."""
    fields = {
        "cuts": [[*place, spans] for place, spans in order.cuts.items()],
        "words": [[*place, words] for place, words in order.words.items()],
        "others": order.others,
        "columns": order.columns,
    }
    return json.dumps(fields).encode("ascii") + b"\n"


def unpack_order(packed: bytes) -> Order:
    """Read back what ``pack_order`` wrote."""
    fields: dict[str, Any] = json.loads(packed)
    return Order(
        {(part, line, column): [(a, b) for a, b in spans] for part, line, column, spans in fields["cuts"]},
        {(part, line, column): words for part, line, column, words in fields["words"]},
        tuple(fields["others"]),
        fields["columns"],
    )


def redact_file(file_name: str, content: bytes, order: Order) -> bytes:
    """Blank passages of a file in its own format.

    Raises
    ------
    NotSoundError
        When the format cannot be redacted, or the words would still stand in another part of the file.
    """
    from engagement.listen.recognise import find_format
    from engagement.listen.zip_guard import open_zip

    archive = open_zip(content) if content.startswith(b"PK") else None
    found = find_format(file_name, content, archive)
    redacted = _redact(found, content, archive, order)
    _check_gone(redacted, order)
    return redacted


def _redact(found: FileFormat, content: bytes, archive: Any, order: Order) -> bytes:
    from engagement.listen.erasing.redact_documents import redact_docx, redact_odt
    from engagement.listen.erasing.redact_text import redact_csv, redact_subtitles, redact_txt
    from engagement.listen.erasing.redact_workbook import redact_ods, redact_xlsx

    ways = {
        FileFormat.TXT: lambda: redact_txt(content, order.cuts),
        FileFormat.CSV: lambda: redact_csv(content, order.cuts, order.columns),
        FileFormat.SUBTITLES: lambda: redact_subtitles(content, order.cuts),
        FileFormat.DOCX: lambda: redact_docx(archive, order.cuts),
        FileFormat.ODT: lambda: redact_odt(archive, order.cuts),
        FileFormat.XLSX: lambda: redact_xlsx(archive, order.cuts, order.words, order.columns),
        FileFormat.ODS: lambda: redact_ods(archive, order.cuts, order.words, order.columns),
    }
    if found not in ways:
        raise NotSoundError
    return ways[found]()


def _check_gone(redacted: bytes, order: Order) -> None:
    """Look for the words in every part of the redacted file, however they are broken there."""
    others = "\n".join(map(squeeze, order.others))
    parts = tuple(_list_parts(redacted))
    for words in _list_telling(order):
        if words not in others and any(words in part for part in parts):
            raise NotSoundError


def _list_telling(order: Order) -> Iterator[str]:
    for place, spans in order.cuts.items():
        for start, end in spans:
            words = squeeze(order.words[place][start:end])
            if len(words) >= SHORTEST_TELLING:
                yield words


def _list_parts(content: bytes) -> Iterator[str]:
    from engagement.listen.erasing.archives import list_words
    from engagement.listen.read_text import decode_text

    if content.startswith(b"PK"):
        yield from list_words(content)
    else:
        yield squeeze(decode_text(content)[0])


def main() -> int:
    """Redact the file on standard input and answer on standard output."""
    limit_process()
    order = unpack_order(sys.stdin.buffer.readline())
    try:
        sys.stdout.buffer.write(redact_file(sys.argv[1], sys.stdin.buffer.read(), order))
    except (NotSoundError, UnreadableFileError):
        return NOT_SOUND
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        # A file may be wrong in ways that nobody has thought of: then it is not redacted in its format.
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
