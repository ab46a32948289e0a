"""Screen: the engagements, to open one or to start one."""

from __future__ import annotations

import streamlit as st

from engagement.engagements import EngagementView, list_engagements, start_engagement
from engagement.listen.example import load_example, prepare_example
from engagement.people.permissions import Act, can_act
from engagement.screens.components.dates import say_date
from engagement.screens.components.plain import write_plainly
from engagement.screens.strip import show_strip
from engagement.screens.visit import Visit, choose_engagement, link_to, open_visit, show_refusal

WHAT_THIS_IS = (
    "Common Thread carries people's own words from the room where they were said, through themes "
    "made together, to priorities, actions and an answer back to that room. "
    "No voice is changed, and none is lost on the way."
)


def main() -> None:
    """List the engagements, and offer to start one."""
    visit = open_visit("Engagements", needs_engagement=False)
    with visit.record.reading() as session:
        engagements = list_engagements(session, visit.person)
    may_start = can_act(visit.person, Act.START_ENGAGEMENT)
    if not engagements:
        welcome(visit, may_start)
    for engagement in engagements:
        show_engagement(visit, engagement)
    if may_start:
        with st.expander("Start an engagement", icon=":material/add:", expanded=False):
            show_start_form(visit)
        if engagements and not any(each.is_example for each in engagements):
            offer_example(visit, kind="secondary")


def welcome(visit: Visit, may_start: bool) -> None:
    """Say what this is and what to do first."""
    st.text(WHAT_THIS_IS)
    if may_start:
        st.text(
            "Have a look round with the example: 614 made-up voices from 14 focus groups and a survey. "
            "Or start an engagement of your own."
        )
        offer_example(visit, kind="primary")
    else:
        st.text("There is no engagement yet. A facilitator starts one; then you find it here.")


def offer_example(visit: Visit, kind: str) -> None:
    """Offer to load the example engagement, and open it."""
    if st.button("Load the example engagement", type=kind, icon=":material/auto_stories:"):
        with show_refusal():
            words = "Reading the example's notes and its survey. This takes a few seconds."
            with st.spinner(words):
                example = prepare_example(visit.person)
                with visit.record.writing() as session:
                    engagement_id = load_example(session, visit.person, example)
            open_engagement(engagement_id)


def show_engagement(visit: Visit, engagement: EngagementView) -> None:
    """Draw one engagement: what it is, how far it is, and the way in."""
    with st.container(border=True):
        st.header(write_plainly(engagement.name), anchor=False)
        st.text(f"Started on {say_date(engagement.created_at)}.")
        if engagement.purpose:
            st.text(engagement.purpose)
        asked = show_strip(visit.record, engagement, key=f"way-{engagement.id}")
        label = f"Open {write_plainly(engagement.name)}"
        if st.button(label, key=f"open-{engagement.id}", type="primary"):
            open_engagement(engagement.id)
        if asked is not None:
            choose_engagement(engagement.id)
            st.switch_page(link_to(asked), query_params={"engagement": str(engagement.id)})


def show_start_form(visit: Visit) -> None:
    """Draw the form that starts an engagement."""
    with st.form("start", border=False):
        name = st.text_input("Name", max_chars=200, placeholder="Leading better lives 2026")
        purpose = st.text_area("What it is for (you can leave this empty)", height=90)
        prompts = st.text_area(
            "Prompts: the questions that were asked, one on each line (you can leave this empty)",
            height=120,
            placeholder="What works well?\nWhat doesn't?\nWhat would you like to see?",
        )
        if st.form_submit_button("Start the engagement", type="primary"):
            with show_refusal():
                asked = [line for line in prompts.splitlines() if line.strip()]
                with visit.record.writing() as session:
                    engagement_id = start_engagement(session, visit.person, name, purpose, asked)
                open_engagement(engagement_id)


def open_engagement(engagement_id: int) -> None:
    """Go to the first step of the engagement."""
    choose_engagement(engagement_id)
    st.switch_page(link_to("sources.py"), query_params={"engagement": str(engagement_id)})


main()
