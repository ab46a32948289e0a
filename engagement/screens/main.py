"""Screen: the frame around every other screen. Finds who is here, then opens the screen they asked for."""

from __future__ import annotations

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.screens.components.leave import show_sign_out
from engagement.screens.contents import CARE, CONTENTS, SCREENS
from engagement.screens.visit import get_visitor_or_leave

st.set_page_config(page_title="Common Thread", page_icon="🧵", layout="wide")
st.html(SCREENS / "components" / "frame.css")

person = get_visitor_or_leave()
sections = {}
for screen in CONTENTS:
    if not (SCREENS / screen.file).exists():
        continue
    is_for_them = screen.step != CARE or can_act(person, Act.MANAGE_PEOPLE)
    sections.setdefault(screen.step, []).append(screen.make_page(listed=is_for_them))
page = st.navigation(sections)
st.session_state["step_here"] = next((s.step for s in CONTENTS if s.title == page.title), "")

with st.sidebar:
    st.text(f"Signed in as {person.name} ({person.role})")
    show_sign_out()
page.run()
