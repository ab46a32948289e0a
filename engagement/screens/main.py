"""Screen: the frame around every other screen. Finds who is here, then opens the screen they asked for."""

from __future__ import annotations

import streamlit as st

from engagement.people.permissions import Person, can_act
from engagement.screens.components.leave import show_sign_out
from engagement.screens.contents import CARE, CONTENTS, FRONT, SCREENS, Screen
from engagement.screens.visit import STEP_HERE, get_visitor_or_leave, is_engagement_chosen

MARK = SCREENS.parent / "web" / "assets" / "mark.svg"


def main() -> None:
    """Draw the menu and open the screen that was asked for."""
    st.set_page_config(page_icon=str(MARK), layout="wide")
    person = get_visitor_or_leave()
    pages = [screen.make_page(listed=is_of_use(screen, person)) for screen in CONTENTS]
    # No headings in the menu: Streamlit draws these as lists that screen readers cannot make out.
    page = st.navigation(pages, expanded=True)
    st.set_page_config(page_title=f"{page.title} · Common Thread")
    st.html(SCREENS / "components" / "frame.css")
    st.session_state[STEP_HERE] = next((s.step for s in CONTENTS if s.title == page.title), "")
    st.logo(MARK, size="large")
    with st.sidebar:
        st.text(f"Signed in as {person.name} ({person.role})")
        show_sign_out()
    page.run()


def is_of_use(screen: Screen, person: Person) -> bool:
    """Tell whether the menu should list the screen for this person now."""
    if screen.step == CARE:
        return can_act(person, screen.act)
    return screen.file == FRONT or is_engagement_chosen()


main()
