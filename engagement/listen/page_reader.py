"""Collecting the passages of a document in the order of the page, whatever the format writes them in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree

from engagement.listen.contents import Passage, PassageRole
from engagement.listen.docx_styles import BOLD_LEVEL


@dataclass
class PageReader:
    """Counts paragraphs, tables and text boxes as a person would, and keeps what each holds.

    ``elements`` are the paragraphs of the file that make each of ``passages``.
    """

    passages: list[Passage] = field(default_factory=list)
    part: str = "body"
    n_lines: int = 0
    n_tables: int = 0
    n_boxes: int = 0
    elements: list[tuple[etree._Element, ...]] = field(default_factory=list)

    def add_paragraph(
        self, element: etree._Element, text: str, role: PassageRole, level: int, *, is_bold: bool
    ) -> None:
        """Keep one paragraph of the part that is being read, and the element it stands in."""
        self.n_lines += 1
        self.elements.append((element,))
        self.passages.append(Passage(self.part, self.n_lines, text, role, level=level, is_bold=is_bold))

    def add_cell(
        self,
        place: tuple[str, int, int],
        elements: Sequence[etree._Element],
        texts: Sequence[str],
        are_items: Sequence[bool],
        *,
        is_bold: bool,
    ) -> None:
        """Keep one cell of a table: its table, row (from 1) and column (from 0), and its paragraphs."""
        part, row, column = place
        self.elements.append(tuple(elements))
        self.passages.append(
            Passage(
                part,
                row,
                "\n".join(texts),
                PassageRole.CELL,
                column_name=f"column {column + 1}",
                column=column,
                level=BOLD_LEVEL,
                is_bold=is_bold,
                items=_find_items(texts, are_items),
            )
        )

    def begin_table(self) -> str:
        """Count one more table, and name it."""
        self.n_tables += 1
        return f"table {self.n_tables}"

    @contextmanager
    def in_text_box(self) -> Iterator[None]:
        """Read a text box as a part of its own, then go on where it stands."""
        outer = self.part, self.n_lines
        self.n_boxes += 1
        self.part, self.n_lines = f"text box {self.n_boxes}", 0
        yield
        self.part, self.n_lines = outer


def _find_items(texts: Sequence[str], are_items: Sequence[bool]) -> tuple[tuple[int, int], ...]:
    """Give the ranges of the list items of a cell that holds a list and nothing else."""
    ranges, start = [], 0
    for text, is_item in zip(texts, are_items, strict=True):
        if text.strip():
            if not is_item:
                return ()
            ranges.append((start, start + len(text)))
        start += len(text) + 1
    return tuple(ranges) if len(ranges) > 1 else ()
