"""Blanking passages of plain text, tables of text and subtitles, in the encoding that they have."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import dropwhile

from engagement.listen.contents import Passage, Place
from engagement.listen.erasing.blanks import Cuts, NotSoundError, Span, blank_spans
from engagement.listen.read_csv import find_separator, read_csv
from engagement.listen.read_subtitles import read_subtitles, split_line
from engagement.listen.read_text import (
    BYTE_ORDER_MARKS,
    LINE_END,
    decode_text,
    find_old_codec,
    read_txt,
)


def redact_txt(content: bytes, cuts: Cuts) -> bytes:
    """Blank passages of plain text, found as lines or as paragraphs."""
    text, _ = decode_text(content)
    spans = [
        (at + start, at + end)
        for passage, at in _list_passages(text, content)
        for start, end in _find_cuts(passage, cuts)
    ]
    return _encode(blank_spans(text, spans), content)


def spread_cuts(content: bytes, cuts: Cuts) -> dict[Place, list[Span]]:
    """Find what is cut of lines in the paragraphs that hold them, and the other way round."""
    text, _ = decode_text(content)
    passages = list(_list_passages(text, content))
    whole = [(at + a, at + b) for passage, at in passages for a, b in _find_cuts(passage, cuts)]
    spread: dict[Place, list[Span]] = {}
    for passage, at in passages:
        length = len(passage.text)
        own = [(max(a - at, 0), min(b - at, length)) for a, b in whole]
        if own := sorted({(a, b) for a, b in own if a < b}):
            spread[(passage.part, passage.line, passage.column_name)] = own
    return spread


def redact_csv(content: bytes, cuts: Cuts, columns: Mapping[str, int]) -> bytes:
    """Blank cells of a table of text; every other cell says what it said.

    Parameters
    ----------
    columns : mapping
        The position of each column by its name.
    """
    text, _ = decode_text(content)
    (sheet,) = read_csv(content).sheets
    rows = [list(row) for row in sheet.rows]
    for (_, line, column), spans in cuts.items():
        cells, position = rows[line - 1], columns[column]
        cells[position] = blank_spans(cells[position], spans)
    out = io.StringIO(newline="")
    line_end = LINE_END.search(text)
    writer = csv.writer(out, delimiter=find_separator(text), lineterminator=line_end[0] if line_end else "\n")
    writer.writerows(rows)
    return _encode(out.getvalue(), content)


def redact_subtitles(content: bytes, cuts: Cuts) -> bytes:
    """Blank what people say in subtitles; times, names and marks stay."""
    text, _ = decode_text(content)
    starts = _list_starts(text)
    lines = LINE_END.split(text)
    spans: list[Span] = []
    for passage in read_subtitles(content).passages:
        if wanted := _find_cuts(passage, cuts):
            spans += _find_in_lines(passage, wanted, lines, starts)
    return _encode(blank_spans(text, spans), content)


def _find_in_lines(
    passage: Passage, wanted: Sequence[Span], lines: Sequence[str], starts: Sequence[int]
) -> Iterator[Span]:
    """Yield where characters of a turn stand in the whole text, line by line of its cues."""
    of_lines = (
        (starts[number] + each.start, lines[number][each.start : each.end], each)
        for number in range(passage.line - 1, len(lines))
        for each in split_line(lines[number])
    )
    said_there = dropwhile(lambda each: each[2].column_name != passage.column_name, of_lines)
    begins = 0
    for said in passage.text.split("\n"):
        from_start, marked = next((at, raw) for at, raw, each in said_there if each.words == said)
        at = marked.rfind(said)
        for start, end in wanted:
            first, last = max(start, begins) - begins, min(end, begins + len(said)) - begins
            if first < last and at < 0:
                raise NotSoundError
            if first < last:
                yield from_start + at + first, from_start + at + last
        begins += len(said) + 1


def _list_passages(text: str, content: bytes) -> Iterator[tuple[Passage, int]]:
    """Yield the lines and the paragraphs of plain text, each with where it begins in the whole."""
    contents, starts = read_txt(content), _list_starts(text)
    for passage in (*contents.passages, *contents.paragraphs):
        # A paragraph may begin after white space in its line.
        yield passage, text.index(passage.text, starts[passage.line - 1])


def _find_cuts(passage: Passage, cuts: Cuts) -> Sequence[Span]:
    return cuts.get((passage.part, passage.line, passage.column_name), ())


def _list_starts(text: str) -> list[int]:
    return [0, *(each.end() for each in LINE_END.finditer(text))]


def _encode(text: str, content: bytes) -> bytes:
    for mark, codec, _ in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return mark + text.encode(codec)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return text.encode(find_old_codec(content))
    return text.encode("utf-8")
