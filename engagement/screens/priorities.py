"""Screen: the priorities that were chosen out of themes, and choosing another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.plan.choosing import choose_with_first_action, get_theme_votes
from engagement.plan.due_dates import write_date
from engagement.plan.named_people import list_named_people
from engagement.plan.priorities import bring_back_priority
from engagement.plan.priority_views import PriorityView, Quote, list_priorities, list_quotes
from engagement.plan.theme_choice import ThemeStanding, list_theme_standings
from engagement.screens.components.form_fields import forget_fields
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.priority_form import fill_in_first_action, fill_in_priority, rank_themes
from engagement.screens.components.quotes import show_quotes, show_statement
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal

N_QUOTES = 2


def main() -> None:
    """Show the priorities, then offer to choose one."""
    visit = open_visit("Priorities")
    today = date.today()
    with visit.record.reading() as session:
        themes = list_theme_standings(session, visit.person, visit.engagement_id)
        priorities = list_priorities(session, visit.person, visit.engagement_id, today)
        gone = list_priorities(session, visit.person, visit.engagement_id, today, is_dissolved=True)
        votes = get_theme_votes(session, visit.person, visit.engagement_id)
        quotes = {each.id: list_quotes(session, visit.person, each.id, N_QUOTES) for each in priorities}
    dots = None if votes is None else votes.dots
    if not themes and not priorities:
        show_first_step(visit)
        return
    for priority in priorities:
        show_priority(visit, priority, quotes[priority.id])
    if not priorities:
        st.text("No priority is chosen yet. A priority is made from one or more themes that people agreed.")
    if can_act(visit.person, Act.CHOOSE_PRIORITIES):
        offer_choice(visit, themes, dots)
        offer_bringing_back(visit, gone)
    show_themes(themes, dots)


def show_first_step(visit: Visit) -> None:
    """Say what has to be done before there can be a priority."""
    st.text(
        "There are no agreed themes yet. Priorities are chosen out of the themes on the board that counts."
    )
    if can_act(visit.person, Act.RUN_WORKSHOP):
        st.page_link(link_to("candidate_themes.py"), label="Send candidate themes to a board first")


def show_priority(visit: Visit, priority: PriorityView, quotes: Sequence[Quote]) -> None:
    """Draw one priority with its size, its people, and what was said."""
    place = {"engagement": str(visit.engagement_id), "priority": str(priority.id)}
    with st.container(border=True):
        st.header(write_plainly(priority.title), anchor=False)
        st.text(f"{describe_size(priority)} · {describe_people(priority)}")
        show_statement(priority)
        show_quotes(quotes)
        st.text(describe_actions(priority))
        with st.container(horizontal=True):
            st.page_link(
                link_to("priority.py"),
                label=write_plainly(f"Open {priority.title}"),
                icon=":material/flag:",
                query_params=place,
            )
            st.page_link(
                link_to("thread.py"),
                label="Follow the thread",
                icon=":material/timeline:",
                query_params=place,
            )


def describe_size(priority: PriorityView) -> str:
    """Say how many voices speak, and from how many sources."""
    voices = "1 voice" if priority.n_voices == 1 else f"{priority.n_voices:,} voices"
    return f"{voices} from {priority.n_sources} of {priority.n_all_sources} sources"


def describe_people(priority: PriorityView) -> str:
    """Say who leads, which group works on it, and since when."""
    day = write_date(priority.chosen_on)
    return f"lead {priority.lead_name} · {priority.group_name} · chosen {day}"


def describe_actions(priority: PriorityView) -> str:
    """Say how far the actions are."""
    if not priority.n_actions:
        return "No actions yet"
    late = f", {priority.n_late} late" if priority.n_late else ""
    return f"{priority.n_done} of {priority.n_actions} actions done{late}"


def offer_choice(visit: Visit, themes: Sequence[ThemeStanding], dots: Mapping[int, int] | None) -> None:
    """Offer to choose a priority out of the themes that are free."""
    free = [theme for theme in themes if theme.is_free]
    if not free:
        st.text("Every theme is part of a priority or was passed on.")
        return
    st.header("Choose a priority", anchor=False)
    with visit.record.reading() as session:
        people = list_named_people(session, visit.person)
    with st.form("choose", clear_on_submit=False):
        theme_ids, details = fill_in_priority(free, people, dots=dots)
        first_action = fill_in_first_action(people)
        if st.form_submit_button("Choose this priority", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    choose_with_first_action(
                        session, visit.person, visit.engagement_id, theme_ids, details, first_action
                    )
                forget_fields("priority-new")
                st.rerun()


def offer_bringing_back(visit: Visit, gone: Sequence[PriorityView]) -> None:
    """Offer to undo the dissolving of priorities."""
    if not gone:
        return
    with st.expander(f"Dissolved priorities: {len(gone)}"):
        for priority in gone:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(priority.title)
                if st.button("Bring back", key=f"bring-back-{priority.id}"):
                    with show_refusal():
                        with visit.record.writing() as session:
                            bring_back_priority(session, visit.person, priority.id)
                        st.rerun()


def show_themes(themes: Sequence[ThemeStanding], dots: Mapping[int, int] | None) -> None:
    """Show what became of each agreed theme; once votes are shown, by their dots."""
    titles = ("Theme", "Voices", *(() if dots is None else ("Dots",)), "Became")
    rows = []
    for theme in rank_themes(themes, dots):
        voted = () if dots is None else (dots.get(theme.id, 0),)
        rows.append((theme.name, theme.n_voices, *voted, describe_standing(theme)))
    if rows:
        show_table("The agreed themes, and what became of each", titles, rows)


def describe_standing(theme: ThemeStanding) -> str:
    """Say what became of a theme."""
    if theme.priority_id is not None:
        return f"Priority: {theme.priority_title}"
    return f"Passed on to {theme.passed_on_to}" if theme.passed_on_to else "Nothing yet"


main()
