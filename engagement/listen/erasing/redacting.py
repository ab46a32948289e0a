"""Making the redacted copy of a file: in its own format where that is sound, else as a text copy."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from engagement.errors import UnreadableFileError
from engagement.listen.columns import make_headers
from engagement.listen.contents import FileContents, FileFormat, Passage, Place
from engagement.listen.erasing.blanks import Cuts, blank, blank_spans
from engagement.listen.erasing.redacting_child import Order, pack_order
from engagement.listen.mapping import Mapping as SheetMapping
from engagement.listen.places import index_places
from engagement.listen.read_csv import MAX_CELL
from engagement.listen.reading import read_upload, run_child
from engagement.listen.sheets import get_sheet

CHILD = "engagement.listen.erasing.redacting_child"
COPY_TITLE = "Text copy of source"
PART_OF_LIST = "voices"
COPY_HEADER = ["part", "line", "column", "text"]


@dataclass(frozen=True)
class Original:
    """A stored file as it was read."""

    file_name: str
    content: bytes
    contents: FileContents
    mapping: SheetMapping
    is_copy: bool = False

    def list_places(self) -> dict[Place, str]:
        """List the whole text at every place."""
        return index_places(self.contents, self.mapping)


def redact_in_format(original: Original, cuts: Cuts) -> bytes | None:
    """Blank passages in the file's own format; None where that is not sound.

    Sound means that every other place of the copy reads as before, and that the words stand in no other
    part of it.
    """
    if original.is_copy:
        return None
    before = original.list_places()
    after = {place: blank_spans(text, cuts.get(place, ())) for place, text in before.items()}
    order = Order(
        {place: list(spans) for place, spans in cuts.items()},
        {place: before[place] for place in cuts},
        tuple(after.values()),
        _find_columns(original),
    )
    try:
        code, answer = run_child(CHILD, original.file_name, pack_order(order) + original.content)
        if code != 0:
            return None
        copy = Original(original.file_name, answer, read_upload(original.file_name, answer), original.mapping)
    except UnreadableFileError:
        return None
    return answer if copy.list_places() == after else None


def write_copy(
    original: Original, cuts: Cuts, source_id: int, used: Collection[Place], *, only_blanks: bool = False
) -> bytes:
    """Write every passage with its place as a table of text, blanks in the place of what is cut.

    Parameters
    ----------
    used : collection of places
        Where voices stand. Plain text is kept as they were split: by lines, or by paragraphs.
    only_blanks : bool
        Whether nothing of the file stays but blanks where voices stood.
    """
    parts = {part for part, _, _ in used}
    spare = {"body", "paragraphs"} - parts if original.contents.paragraphs else set()
    rows = [
        (place, blank(text) if only_blanks else blank_spans(text, cuts.get(place, ())))
        for place, text in original.list_places().items()
        if (place in used if only_blanks else place[0] not in spare)
    ]
    return _write_rows(rows, source_id)


def write_list(voices: Sequence[tuple[int, str]], source_id: int) -> bytes:
    """Write such a copy of voices alone, each with its number, for a file in which words are not found."""
    return _write_rows([((PART_OF_LIST, number, ""), text) for number, text in voices], source_id)


def read_copy(content: bytes) -> FileContents:
    """Read what ``write_copy`` wrote."""
    csv.field_size_limit(MAX_CELL)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))[2:]
    return FileContents(
        FileFormat.TXT,
        encoding="UTF-8",
        passages=tuple(Passage(part, int(line), text, column_name=name) for part, line, name, text in rows),
    )


def _write_rows(rows: Sequence[tuple[Place, str]], source_id: int) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([COPY_TITLE, source_id])
    writer.writerow(COPY_HEADER)
    writer.writerows([*place, text] for place, text in rows)
    return out.getvalue().encode("utf-8")


def _find_columns(original: Original) -> dict[str, int]:
    if not (original.contents.is_sheet and original.contents.sheets):
        return {}
    mapping = original.mapping
    sheet = get_sheet(original.contents, mapping.sheet)
    headers = make_headers(sheet, mapping.first_row, mapping.n_header_rows)
    return {header: position for position, header in enumerate(headers)}
