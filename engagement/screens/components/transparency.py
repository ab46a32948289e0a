"""The transparency record on screen: what is still missing, a form to write it, and all fields as tables."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engagement.answer.atrs_answers import write_answer
from engagement.answer.atrs_record import NOT_FILLED_IN, FilledField, fill_record, list_missing
from engagement.answer.atrs_template import PUBLISHED, STANDARD, VERSION
from engagement.answer.method_card import MethodCard
from engagement.answer.method_exports import group_by_section
from engagement.people.permissions import Act, can_act
from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import Visit, keep_notice, show_refusal

WHAT_IT_IS = (
    f"In the shape of the UK {STANDARD}, version {VERSION} ({PUBLISHED}). Central government must publish "
    "such records; for councils it is recommended. Common Thread fills in what it knows; the rest is yours "
    "to write."
)


def show_transparency(visit: Visit, card: MethodCard) -> None:
    """Show the record, with a form for those who run the engagement."""
    st.header("Transparency record", anchor=False)
    st.text(WHAT_IT_IS)
    filled = fill_record(card, date.today())
    missing = list_missing(filled)
    st.text(f"{len(missing)} of {len(filled)} fields wait for your organisation.")
    if can_act(visit.person, Act.RUN_WORKSHOP):
        with st.expander("Write a field", icon=":material/edit:"):
            show_form(visit, filled, missing)
    with st.expander("See all fields", icon=":material/list_alt:"):
        for section, fields in group_by_section(filled):
            show_table(
                section,
                ("Field", "What it says"),
                [(f"{each.field.reference} {each.field.name}", each.shown) for each in fields],
            )


def show_form(visit: Visit, filled: tuple[FilledField, ...], missing: tuple[FilledField, ...]) -> None:
    """Draw the form for one field; what is missing stands first."""
    by_key = {each.field.key: each for each in (*missing, *filled)}
    key = st.selectbox(
        "Field", list(by_key), format_func=lambda key: name_field(by_key[key]), key="transparency-field"
    )
    chosen = by_key[key]
    if not chosen.is_own and chosen.value:
        st.text(f"Common Thread would say: {chosen.value}")
    with st.form("transparency", border=False):
        words = st.text_area(
            "Your words (empty: leave it to Common Thread)",
            value=chosen.value if chosen.is_own else "",
            max_chars=10_000,
            key=f"transparency-{key}",
        )
        if st.form_submit_button("Save", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    write_answer(session, visit.person, visit.engagement_id, key, words)
                keep_notice(f"“{chosen.field.name}” is saved.")
                st.rerun()


def name_field(each: FilledField) -> str:
    """Name a field with its number and whether it is missing."""
    state = f" · {NOT_FILLED_IN.lower()}" if each.is_missing else " · your words" if each.is_own else ""
    return f"{each.field.reference} {each.field.name}{state}"
