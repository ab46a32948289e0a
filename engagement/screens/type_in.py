"""Screen: choose or begin an occasion of listening, then type in what people say there."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engagement.engagements import add_prompt
from engagement.listen.details import SourceDetails
from engagement.listen.typed.typing import Occasion, begin_occasion, list_occasions
from engagement.people.permissions import Act
from engagement.screens.components.details_form import edit_details
from engagement.screens.components.form_fields import forget_fields, name_fields
from engagement.screens.components.leave import leave_for
from engagement.screens.components.photo_panel import show_photos
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, open_visit, show_refusal
from models.sources import SourceKind

EXPLANATION = (
    "For a drop-in, a stall or a talk at the door: one voice after the other, by keyboard. Each is kept the "
    "moment you press Ctrl and Enter."
)
FORM = "begin-occasion"


def main() -> None:
    """Show the occasions that are there, then the way to begin one."""
    visit = open_visit("Type in voices", Act.ADD_SOURCE)
    st.text(EXPLANATION)
    with visit.record.reading() as session:
        occasions = list_occasions(session, visit.person, visit.engagement_id)
    if occasions:
        st.header("Go on typing", anchor=False)
        for occasion in occasions:
            show_occasion(visit, occasion)
    begin(visit, is_first=not occasions)


def show_occasion(visit: Visit, occasion: Occasion) -> None:
    """Draw one occasion with the way to its box, and its photos."""
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.text(f"{occasion.title}: {occasion.n_voices} {'voice' if occasion.n_voices == 1 else 'voices'}")
        label = f"Type in at {write_plainly(occasion.title)}"
        if st.button(label, key=f"type-{occasion.id}", icon=":material/keyboard:"):
            leave_for(f"/type/{occasion.id}")
    show_photos(visit, occasion)


def begin(visit: Visit, *, is_first: bool) -> None:
    """Draw the form that begins an occasion."""
    st.header("Begin an occasion", anchor=False)
    usual = SourceDetails("", SourceKind.DROP_IN, date.today())
    fields = name_fields(FORM)
    with st.form(FORM, enter_to_submit=False):
        details = edit_details(usual, fields)
        prompt = st.text_input(
            "A prompt that is asked here (you can leave this empty)", max_chars=1000, key=f"{fields}-prompt"
        )
        if st.form_submit_button("Begin typing", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    if prompt:
                        add_prompt(session, visit.person, visit.engagement_id, prompt)
                    occasion_id = begin_occasion(session, visit.person, visit.engagement_id, details)
                forget_fields(FORM)
                leave_for(f"/type/{occasion_id}")
    if is_first:
        st.text("Photos of sticky notes are added here once the occasion is begun.")
        st.text("Details can be put right later, on the screen Sources.")


main()
