"""Which notes lie on which table, on the Workshops screen: seats can choose to see those of their table."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.board_beginning import say_count
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.rooms import RoomView
from engagement.workshop.tables import list_on_tables, put_on_tables

EXPLAINED = (
    "On a phone people can choose to see only the cards of their own table. The first notes lie on table 1, "
    "the second on table 2, and so on, until you say otherwise."
)


def show_tables(visit: Visit, workshop: WorkshopView, room: RoomView) -> None:
    """Draw the tables of the room with the form that puts notes on them; nothing where there are none."""
    n_tables = room.choices.n_tables
    if not n_tables:
        return
    with visit.record.reading() as session:
        sources = list_on_tables(session, visit.person, workshop.id)
    with (
        st.expander("Which notes lie on which table", icon=":material/table_restaurant:"),
        st.form(f"tables-{workshop.id}", border=False),
    ):
        st.text(EXPLAINED)
        chosen = {
            source.source_id: int(
                st.number_input(
                    f"Table of {write_plainly(source.title)} ({say_count(source.n_voices, 'voice')})",
                    min_value=1,
                    max_value=n_tables,
                    value=source.table_number,
                    key=f"table-{workshop.id}-{source.source_id}-{n_tables}",
                )
            )
            for source in sources
        }
        if st.form_submit_button("Save the tables"):
            with show_refusal():
                with visit.record.writing() as session:
                    put_on_tables(session, visit.person, workshop.id, chosen)
                keep_notice("The tables are saved.")
                st.rerun()
