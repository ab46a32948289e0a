"""Tables that are drawn in plain text with upright strokes, as Markdown has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from engagement.listen.contents import Passage
from engagement.listen.found_voices import DIVIDERS, HEADINGS, SPEAKERS, Findings
from engagement.listen.notes_tables import Cell, read_columns, take_rows

ROW = re.compile(r"\s*\|.*\|\s*")
RULE = re.compile(r"\s*\|(?:\s*:?-{2,}:?\s*\|)+\s*")
"""The line under the header, without which it is no table."""
STROKE = re.compile(r"(?<!\\)\|")


def group_lines(lines: Sequence[Passage]) -> Iterator[tuple[Passage, ...]]:
    """Yield the lines of each table together, and every other line by itself."""
    place = 0
    while place < len(lines):
        end = place + 1
        if _begins_table(lines[place : place + 2]):
            end += 1
            while end < len(lines) and _follows(lines[end - 1], lines[end]):
                end += 1
        yield tuple(lines[place:end])
        place = end


def find_pipe_voices(
    findings: Findings, lines: Sequence[Passage], prompts: Sequence[str], prompt: str, *, joins_rows: bool
) -> None:
    """Find every voice in a table: the header, the line under it, then a row in each line."""
    header, rule, *others = lines
    rows = [_list_cells(each) for each in others]
    columns = read_columns(_list_cells(header), [cell for row in rows for cell in row], prompts)
    findings.set_aside(HEADINGS, header, prompt=prompt)
    findings.set_aside(DIVIDERS, rule, prompt=prompt)
    for line, row in zip(others, rows, strict=True):
        _set_strokes_aside(findings, line, row)
    take_rows(findings, rows, columns, prompt, joins_rows=joins_rows)


def _begins_table(lines: Sequence[Passage]) -> bool:
    return len(lines) == 2 and _follows(*lines) and bool(RULE.fullmatch(lines[1].text))


def _follows(before: Passage, line: Passage) -> bool:
    """Tell whether two lines stand next to each other as rows of a table."""
    return line.line == before.line + 1 and all(ROW.fullmatch(each.text) for each in (before, line))


def _list_cells(line: Passage) -> list[Cell]:
    strokes = [found.start() for found in STROKE.finditer(line.text)]
    return [
        Cell(line, column, start + 1, end)
        for column, (start, end) in enumerate(pairwise(strokes))
        if line.text[start + 1 : end].strip()
    ]


def _set_strokes_aside(findings: Findings, line: Passage, row: Sequence[Cell]) -> None:
    end = 0
    for cell in row:
        findings.set_aside(SPEAKERS, line, end, cell.start)
        end = cell.end
    findings.set_aside(SPEAKERS, line, end)
