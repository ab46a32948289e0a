"""What the first sheet of the export says: what this is, the ledger, and how words were treated."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from engagement.answer.export_tables import (
    STATES,
    WORDS_NOT_QUOTED,
    WORDS_WITHDRAWN,
    list_counts,
    say_words_shown,
)
from engagement.answer.ledger import Ledger
from engagement.answer.voice_rows import VoiceRow
from engagement.answer.workbooks import CUT_SHORT, MARK, NOT_IN_XML, Table, fit_text
from engagement.engagements import EngagementView
from engagement.plan.due_dates import write_date


def describe_export(
    engagement: EngagementView,
    ledger: Ledger,
    rows: Sequence[VoiceRow],
    tables: Sequence[Table],
    made_at: datetime,
    *,
    is_working_copy: bool,
) -> list[tuple[str, str]]:
    """Say what the workbook holds, line by line: what it is about, and the words for it."""
    words = [
        ("Engagement", engagement.name),
        ("What this is", "Every voice, and what became of it, as Common Thread held it at that moment."),
        ("Made on", f"{write_date(made_at)}, {made_at:%H:%M} UTC"),
        ("The ledger", describe_sum(ledger)),
        ("Words", "The words of each voice are exactly as they were said. Nothing was corrected."),
        ("Translations", "A translation stands beside the words, never in their place."),
        (
            "Text stays text",
            "Words that begin with = + - or @ are text here. No cell is a formula or a link.",
        ),
    ]
    words += _describe_words_left_out(rows, is_working_copy)
    words += _describe_photos(rows)
    words += _describe_changed_cells(tables)
    words += [(f"Sheet {table.name}", f"{len(table.rows)} rows") for table in tables]
    if engagement.is_example:
        words.insert(1, ("Made up", "This is the example engagement. Nobody said these words."))
    return words


def describe_sum(ledger: Ledger) -> str:
    """Say the ledger as a sum, such as "2 not yet themed + 5 themed + ... = 7 voices"."""
    parts = (f"{count} {state}" for count, state in zip(list_counts(ledger), STATES, strict=True))
    total = f"{ledger.total} voice{'' if ledger.total == 1 else 's'}"
    sign = "=" if ledger.adds_up else "is not"
    return f"{' + '.join(parts)} {sign} {total}"


def _describe_words_left_out(rows: Sequence[VoiceRow], is_working_copy: bool) -> list[tuple[str, str]]:
    shown = [say_words_shown(each, is_working_copy=is_working_copy) for each in rows]
    n_withdrawn, n_not_quoted = shown.count(WORDS_WITHDRAWN), shown.count(WORDS_NOT_QUOTED)
    words = [
        (
            "Withdrawn",
            f"Voices that were taken back: {n_withdrawn}. They are counted; their words are not here.",
        )
    ]
    if is_working_copy:
        n_private = sum(not each.may_quote and not each.is_withdrawn for each in rows)
        said = f"This is a working copy: do not pass it on. Voices that may not be quoted: {n_private}."
        return [*words, ("Working copy", said)]
    said = f"Voices that may not be quoted: {n_not_quoted}. They are counted; their words are not here."
    return [*words, ("Not to be quoted", said)]


def _describe_photos(rows: Sequence[VoiceRow]) -> list[tuple[str, str]]:
    n_typed = sum(bool(each.photo) for each in rows)
    said = (
        f"Voices that were typed from a photo: {n_typed}. Each says which, by its "
        "number, its file name and the SHA-256 of the file. The photos themselves are not here."
    )
    return [("Photos", said)] if n_typed else []


def _describe_changed_cells(tables: Sequence[Table]) -> list[tuple[str, str]]:
    texts = [cell for table in tables for row in table.rows for cell in row if isinstance(cell, str)]
    n_marked = sum(bool(NOT_IN_XML.search(each)) for each in texts)
    n_cut = sum(fit_text(each).endswith(CUT_SHORT) and not each.endswith(CUT_SHORT) for each in texts)
    words = []
    if n_marked:
        said = (
            f"Cells with a character that a spreadsheet cannot hold: {n_marked}. {MARK} stands in its place."
        )
        words.append(("Marks", said))
    if n_cut:
        said = f"Cells with more words than a cell can hold: {n_cut}. They end with “{CUT_SHORT}”."
        words.append(("Cut short", said))
    return words
