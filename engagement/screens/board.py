"""Screen: theme together, on the live board of a workshop."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.board import mount_board
from engagement.screens.components.workshop_choice import choose_workshop, get_token
from engagement.screens.contents import SCREENS, find_screen
from engagement.screens.visit import Visit, link_to, open_visit
from engagement.workshop.boards import WorkshopView, list_workshops

NO_BOARD = (
    "There is no board yet. Ask for candidate themes and send them to a board, "
    "or open an empty board on the screen “Workshops”."
)


def link_screen(visit: Visit, file: str, label: str) -> None:
    """Draw a link to another screen of this engagement, with that screen's own sign."""
    engagement = {"engagement": str(visit.engagement_id)}
    st.page_link(link_to(file), label=label, icon=find_screen(file).icon, query_params=engagement)


def show_links(visit: Visit, workshop: WorkshopView) -> None:
    """Draw whose board this is and where to go on."""
    with st.container(key="board_links", horizontal=True, vertical_alignment="center"):
        st.text(workshop.name)
        link_screen(visit, "workshop.py", "Workshops")
        asked = {"engagement": str(visit.engagement_id), "workshop": str(workshop.id)}
        icon = find_screen("history.py").icon
        st.page_link(link_to("history.py"), label="History", icon=icon, query_params=asked)
        link_screen(visit, "priorities.py", "Choose priorities from these themes")


def show_board(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the live board, with a fresh token when it asks for one."""
    if mount_board(workshop.id, get_token(workshop.id, visit.person)):
        st.session_state.pop("board_token", None)
        st.rerun()


st.set_page_config(initial_sidebar_state="collapsed")
st.html(SCREENS / "components" / "board_page.css")
visit = open_visit("Board")
with visit.record.reading() as session:
    workshops = list_workshops(session, visit.person, visit.engagement_id)
if workshops:
    workshop = choose_workshop(workshops)
    show_links(visit, workshop)
    show_board(visit, workshop)
else:
    st.info(NO_BOARD, icon=":material/view_kanban:")
    link_screen(visit, "candidate_themes.py", "Ask for candidate themes")
    link_screen(visit, "workshop.py", "Workshops")
