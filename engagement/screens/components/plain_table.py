"""A real table: read by screen readers, printed on paper, every word escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

STYLE = """<style>
.plain { overflow-x: auto; }
.plain table { border-collapse: collapse; min-width: min(100%, 30rem); }
.plain caption { text-align: left; padding: 0.25rem 0 0.5rem; font-weight: 600; }
.plain th, .plain td { padding: 0.4rem 0.8rem 0.4rem 0; text-align: left; vertical-align: top;
  border-bottom: 1px solid color-mix(in srgb, currentColor 25%, transparent);
  overflow-wrap: break-word; white-space: pre-line; }
.plain tbody th { min-width: 7rem; max-width: 26rem; }
.plain td { max-width: 40rem; }
.plain .number { text-align: right; font-variant-numeric: tabular-nums; }
.plain tbody tr.total > * { border-top: 2px solid currentColor; font-weight: 700; }
</style>"""


def show_table(
    caption: str, headings: Sequence[str], rows: Sequence[Sequence[str | int]], *, has_total: bool = False
) -> None:
    """Draw rows under headings; numbers stand to the right, and the last row may be the total."""
    numeric = [all(isinstance(row[column], int) for row in rows) for column in range(len(headings))]
    head = "".join(
        f"<th scope='col'{_mark(is_number)}>{escape(heading)}</th>"
        for heading, is_number in zip(headings, numeric, strict=True)
    )
    last = len(rows) - 1
    body = "".join(_write_row(row, numeric, has_total and n == last) for n, row in enumerate(rows))
    st.html(
        f"{STYLE}<div class='plain' tabindex='0' role='region' aria-label='{escape(caption, quote=True)}'>"
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>"
    )


def _write_row(row: Sequence[str | int], numeric: Sequence[bool], is_total: bool) -> str:
    first, *others = row
    cells = "".join(
        f"<td{_mark(is_number)}>{_write_cell(cell)}</td>"
        for cell, is_number in zip(others, numeric[1:], strict=True)
    )
    total = " class='total'" if is_total else ""
    return f"<tr{total}><th scope='row'>{_write_cell(first)}</th>{cells}</tr>"


def _write_cell(cell: str | int) -> str:
    return f"{cell:,}" if isinstance(cell, int) else escape(cell)


def _mark(is_number: bool) -> str:
    return " class='number'" if is_number else ""
