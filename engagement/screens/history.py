"""Screen: the history of a board, step by step, with the board as it stood after each."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.replay import mount_replay
from engagement.screens.components.workshop_choice import choose_workshop, get_token
from engagement.screens.contents import SCREENS, find_screen
from engagement.screens.visit import link_to, open_visit
from engagement.workshop.boards import list_workshops


def main() -> None:
    """Choose the workshop, and show its history from the newest step."""
    st.html(SCREENS / "components" / "board_page.css")
    visit = open_visit("History")
    with visit.record.reading() as session:
        workshops = list_workshops(session, visit.person, visit.engagement_id)
    if not workshops:
        st.text("There is no workshop yet, so nothing has happened on a board.")
        st.page_link(link_to("workshop.py"), label="Workshops", icon=find_screen("workshop.py").icon)
        return
    workshop = choose_workshop(workshops)
    asked = {"engagement": str(visit.engagement_id), "workshop": str(workshop.id)}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(workshop.name)
        for file, label in (("board.py", "Board"), ("workshop.py", "Workshops")):
            icon = find_screen(file).icon
            st.page_link(link_to(file), label=label, icon=icon, query_params=asked)
    if workshop.n_moves:
        mount_replay(visit.engagement_id, workshop.id, get_token(workshop.id, visit.person))
    else:
        st.text("Nobody has moved a card on this board yet. What happens on it will stand here.")


main()
