"""Screen: print a board as cards and headings, and bring back what people sorted on paper."""

from __future__ import annotations

import streamlit as st

from engagement.people.permissions import Act
from engagement.screens.components.address import read_number
from engagement.screens.components.bring_back_form import show_bring_back
from engagement.screens.components.print_panel import show_print
from engagement.screens.visit import Visit, link_to, open_visit
from engagement.workshop.boards import WorkshopView, list_workshops

WHAT_THIS_IS = (
    "Print the cards, sort them on a wall or a table without any screen, and bring back where each card "
    "hangs by its number."
)


def main() -> None:
    """Show both halves for the board of the address, or else the one that counts."""
    visit = open_visit("On paper", Act.RUN_WORKSHOP)
    with visit.record.reading() as session:
        workshops = list_workshops(session, visit.person, visit.engagement_id)
    if not workshops:
        st.text("There is no workshop yet. Open a board first; its cards can then be printed.")
        st.page_link(link_to("workshop.py"), label="Go to the workshops")
        return
    workshop = choose_workshop(workshops)
    st.text(WHAT_THIS_IS)
    link_board(visit, workshop)
    show_print(visit, workshop)
    show_bring_back(visit, workshop)


def choose_workshop(workshops: tuple[WorkshopView, ...]) -> WorkshopView:
    """Choose the workshop of the address, or else the one that counts."""
    by_id = {workshop.id: workshop for workshop in workshops}
    counting = next((workshop for workshop in workshops if workshop.counts), workshops[0])
    return by_id.get(read_number("workshop") or 0, counting)


def link_board(visit: Visit, workshop: WorkshopView) -> None:
    """Name the board, and draw the way to it."""
    asked = {"engagement": str(visit.engagement_id), "workshop": str(workshop.id)}
    label = f"The board of “{workshop.name}”"
    st.page_link(link_to("board.py"), label=label, icon=":material/view_kanban:", query_params=asked)


main()
