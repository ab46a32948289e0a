"""Screen: theme together, on the live board of a workshop."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from engagement.people.board_tokens import mint_token
from engagement.people.permissions import Person
from engagement.screens.components.board import mount_board
from engagement.screens.contents import SCREENS, find_screen
from engagement.screens.visit import Visit, link_to, open_visit
from engagement.workshop.boards import WorkshopView, list_workshops

RENEW_AFTER_S = 20 * 60
NO_BOARD = (
    "There is no board yet. Ask for candidate themes and send them to a board, "
    "or open an empty board on the screen “Workshops”."
)


def choose_workshop(workshops: Sequence[WorkshopView]) -> WorkshopView:
    """Choose the workshop of the address, or else the one whose themes the ledger follows."""
    asked = st.query_params.get("workshop", "")
    named = [workshop for workshop in workshops if str(workshop.id) == asked]
    counting = [workshop for workshop in workshops if workshop.counts]
    chosen = (named or counting or list(workshops))[0]
    if len(workshops) > 1:
        ids = [workshop.id for workshop in workshops]
        names = {workshop.id: workshop.name for workshop in workshops}
        picked = st.selectbox("Workshop", ids, index=ids.index(chosen.id), format_func=names.__getitem__)
        chosen = next(workshop for workshop in workshops if workshop.id == picked)
        if asked != str(chosen.id):
            st.query_params["workshop"] = str(chosen.id)
    return chosen


def get_token(workshop_id: int, person: Person) -> str:
    """Give the token of this tab: the same from run to run, a fresh one before it is old."""
    whose = (workshop_id, person.account_id, str(person.role))
    kept = st.session_state.get("board_token")
    if kept is None or kept["whose"] != whose or time.time() - kept["made_at"] > RENEW_AFTER_S:
        kept = {"whose": whose, "made_at": time.time(), "token": mint_token(workshop_id, person)}
        st.session_state["board_token"] = kept
    return str(kept["token"])


def link_screen(visit: Visit, file: str, label: str) -> None:
    """Draw a link to another screen of this engagement, with that screen's own sign."""
    engagement = {"engagement": str(visit.engagement_id)}
    st.page_link(link_to(file), label=label, icon=find_screen(file).icon, query_params=engagement)


def show_links(visit: Visit, workshop: WorkshopView) -> None:
    """Draw whose board this is and where to go on."""
    with st.container(key="board_links", horizontal=True, vertical_alignment="center"):
        st.text(workshop.name)
        link_screen(visit, "workshop.py", "Workshops")
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
