"""Screen: the engagements, to open one or to start one."""

from __future__ import annotations

import streamlit as st

from engagement.engagements import EngagementView, list_engagements, start_engagement
from engagement.people.permissions import Act, can_act
from engagement.screens.visit import Visit, choose_engagement, link_to, open_visit, show_refusal

WHAT_THIS_IS = (
    "Common Thread carries people's own words from the room where they were said, through themes "
    "made together, to priorities, actions and an answer back to that room. "
    "Every voice stays as it was said, and at any moment you can see where it went."
)


def show_engagement(visit: Visit, engagement: EngagementView) -> None:
    """Draw one engagement with the button that opens it."""
    with st.container(border=True):
        st.text(engagement.name)
        if st.button("Open", key=f"open-{engagement.id}"):
            choose_engagement(engagement.id)
            st.switch_page(link_to("sources.py"))


def show_start_form(visit: Visit) -> None:
    """Draw the form that starts an engagement."""
    with st.form("start"):
        name = st.text_input("Name", max_chars=200)
        purpose = st.text_area("What it is for (you can leave this empty)")
        prompts = st.text_area("Prompts: the questions that were asked, one to a line")
        if st.form_submit_button("Start the engagement", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    engagement_id = start_engagement(
                        session, visit.person, name, purpose, [p for p in prompts.splitlines() if p.strip()]
                    )
                choose_engagement(engagement_id)
                st.switch_page(link_to("sources.py"))


visit = open_visit("Engagements", needs_engagement=False)
with visit.record.reading() as session:
    engagements = list_engagements(session, visit.person)
if not engagements:
    st.markdown(WHAT_THIS_IS)
for engagement in engagements:
    show_engagement(visit, engagement)
if can_act(visit.person, Act.START_ENGAGEMENT):
    show_start_form(visit)
