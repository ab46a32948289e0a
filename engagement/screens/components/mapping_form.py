"""The mapping of a sheet: for each column what it holds, with a few of its cells to see."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from engagement.listen.columns import ColumnLook, look_at_columns
from engagement.listen.consent_answers import Consent
from engagement.listen.contents import FileContents
from engagement.listen.mapping import ColumnMapping, ColumnUse, Mapping
from engagement.listen.preview import suggest_mapping
from engagement.listen.sheets import get_sheet

SAY_USE = {
    ColumnUse.WORDS: "people's words",
    ColumnUse.PROMPT: "the prompt they answered",
    ColumnUse.DATE: "date",
    ColumnUse.AREA: "area or ward",
    ColumnUse.RESPONDENT: "who answered (no names)",
    ColumnUse.CHARACTERISTIC: "what people said of themselves",
    ColumnUse.CONSENT: "what they agreed to",
    ColumnUse.IGNORE: "leave out",
}
USES = list(SAY_USE)
CONSENTS = [each.value for each in Consent]
MAX_FIRST_ROW, MAX_HEADER_ROWS = 50, 3


def edit_mapping(contents: FileContents, mapping: Mapping, prompts: tuple[str, ...], key: str) -> Mapping:
    """Draw the columns of the chosen sheet, and give the mapping as it stands now."""
    mapping = _choose_sheet(contents, mapping, prompts, key)
    mapping = _choose_header(contents, mapping, prompts, f"{key}-{mapping.sheet}")
    looks = look_at_columns(get_sheet(contents, mapping.sheet), mapping.first_row, mapping.n_header_rows)
    pairs = zip(mapping.columns, looks, strict=True)
    has_prompts = mapping.get_column(ColumnUse.PROMPT) is not None
    place = f"{key}-{mapping.sheet}-{mapping.first_row}-{mapping.n_header_rows}"
    columns = tuple(
        _edit_column(column, look, f"{place}-{look.position}", has_prompts=has_prompts)
        for column, look in pairs
    )
    return replace(mapping, columns=columns)


def _choose_sheet(contents: FileContents, mapping: Mapping, prompts: tuple[str, ...], key: str) -> Mapping:
    if len(contents.sheets) < 2:
        return mapping
    names = [sheet.name for sheet in contents.sheets]
    chosen = st.selectbox("Sheet", names, names.index(mapping.sheet), key=f"{key}-sheet")
    return mapping if chosen == mapping.sheet else suggest_mapping(contents, prompts, chosen)


def _choose_header(contents: FileContents, mapping: Mapping, prompts: tuple[str, ...], key: str) -> Mapping:
    last = max(1, min(MAX_FIRST_ROW, len(get_sheet(contents, mapping.sheet).rows)))
    left, right = st.columns(2)
    first_row = left.number_input(
        "Row in which the header begins", 1, last, mapping.first_row, key=f"{key}-first"
    )
    n_rows = right.number_input(
        "Rows that the header has", 0, MAX_HEADER_ROWS, mapping.n_header_rows, key=f"{key}-rows"
    )
    right.caption("0 where the first row already holds what people said.")
    if (first_row, n_rows) == (mapping.first_row, mapping.n_header_rows):
        return mapping
    return suggest_mapping(contents, prompts, mapping.sheet, (first_row, n_rows))


def _edit_column(column: ColumnMapping, look: ColumnLook, key: str, *, has_prompts: bool) -> ColumnMapping:
    seen, chosen = st.columns([3, 2])
    with seen:
        examples = "".join(f"<li dir='auto'>{escape(_shorten(example))}</li>" for example in look.examples)
        why = f" · suggested because: {escape(column.why)}" if column.why else ""
        st.html(
            f"<div class='column'><strong>{escape(look.header)}</strong>"
            f"<p>{look.n_filled} filled{why}</p><ul>{examples}</ul></div>"
        )
    with chosen:
        use = st.selectbox(
            f"What column {look.position + 1} holds",
            USES,
            USES.index(column.use),
            format_func=SAY_USE.__getitem__,
            key=f"{key}-use",
        )
        prompt = name = ""
        if use is ColumnUse.WORDS:
            prompt = st.text_input(
                "Prompt that was asked",
                column.prompt,
                max_chars=1000,
                placeholder="as the column of prompts says" if has_prompts else None,
                key=f"{key}-prompt",
            ).strip()
        if use is ColumnUse.CHARACTERISTIC:
            name = st.text_input(
                "Call it", column.name or look.header, max_chars=200, key=f"{key}-name"
            ).strip()
        if use is ColumnUse.CONSENT:
            name = _choose_consent(column, key)
    why = column.why if use is column.use else ""
    return replace(column, use=use, prompt=prompt, name=name, why=why)


def _choose_consent(column: ColumnMapping, key: str) -> str:
    known = CONSENTS.index(column.name) if column.name in CONSENTS else 0
    chosen = st.selectbox("Their words may be", CONSENTS, known, key=f"{key}-consent")
    st.caption("Only an answer such as “Yes” or “I agree” agrees. An empty one does not.")
    return chosen


def _shorten(example: str) -> str:
    return example if len(example) <= 90 else f"{example[:88]}…"
