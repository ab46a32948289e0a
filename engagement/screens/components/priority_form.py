"""The form of a priority: its themes, its words, its lead and its group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from engagement.plan.actions import ActionDetails
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import PriorityDetails
from engagement.plan.priority_views import PriorityView
from engagement.plan.theme_choice import ThemeStanding
from engagement.screens.components.form_fields import name_fields
from engagement.screens.components.named_person import choose_person


def fill_in_priority(
    themes: Sequence[ThemeStanding],
    people: Sequence[NamedPerson],
    priority: PriorityView | None = None,
    chosen: Sequence[int] = (),
    dots: Mapping[int, int] | None = None,
) -> tuple[list[int], PriorityDetails]:
    """Draw the fields inside a form and give what stands in them: ids of themes, and the details.

    With ``dots`` of themes, those with most come first.
    """
    key = name_fields(f"priority-{priority.id if priority else 'new'}")
    by_id = {theme.id: theme for theme in rank_themes(themes, dots)}
    theme_ids = st.multiselect(
        "Themes it is made from",
        list(by_id),
        default=[each for each in chosen if each in by_id],
        format_func=lambda theme_id: describe_theme(by_id[theme_id], dots),
        key=f"{key}-themes",
        placeholder="Choose one or more themes",
    )
    title = st.text_input("Title", priority.title if priority else "", max_chars=300, key=f"{key}-title")
    says, does = st.columns(2)
    statement = says.text_area(
        "In people's words: I ...", priority.statement if priority else "", key=f"{key}-statement"
    )
    promise = does.text_area(
        "What follows: We will ...", priority.promise if priority else "", key=f"{key}-promise"
    )
    leads, joins = st.columns(2)
    with leads:
        lead = choose_person("Lead", people, find_lead(priority), f"{key}-lead")
        chosen_on = st.date_input(
            "Chosen on",
            priority.chosen_on if priority else date.today(),
            format="DD/MM/YYYY",
            key=f"{key}-chosen-on",
        )
    with joins:
        group_name = st.text_input(
            "Group", priority.group_name if priority else "", max_chars=300, key=f"{key}-group"
        )
        members = st.text_area(
            "Who is in the group, one to a line (if known)",
            "\n".join(priority.group_members) if priority else "",
            key=f"{key}-members",
        )
    details = PriorityDetails(title, lead, group_name, chosen_on, statement, promise, members)
    return theme_ids, details


def fill_in_first_action(people: Sequence[NamedPerson]) -> ActionDetails | None:
    """Draw the fields of a first action inside the form of a new priority; None when they are empty."""
    key = name_fields("priority-new")
    title = st.text_input("First action (you can leave this empty)", key=f"{key}-action")
    who, when = st.columns(2)
    with who:
        owner = choose_person("Owner of the first action", people, None, f"{key}-action-owner")
    due_on = when.date_input("Due on", None, format="DD/MM/YYYY", key=f"{key}-action-due")
    return ActionDetails(title, owner, due_on) if title.strip() or owner.name else None


def rank_themes(themes: Sequence[ThemeStanding], dots: Mapping[int, int] | None) -> list[ThemeStanding]:
    """Put the themes with most dots first; without votes, leave them in the order of the board."""
    return sorted(themes, key=lambda theme: -(dots or {}).get(theme.id, 0))


def describe_theme(theme: ThemeStanding, dots: Mapping[int, int] | None) -> str:
    """Name a theme with its voices, and its dots where votes are shown."""
    size = "1 voice" if theme.n_voices == 1 else f"{theme.n_voices} voices"
    if dots is None:
        return f"{theme.name} ({size})"
    count = dots.get(theme.id, 0)
    return f"{theme.name} ({size}, {count} {'dot' if count == 1 else 'dots'})"


def find_lead(priority: PriorityView | None) -> NamedPerson | None:
    """Give the lead as the form's choice knows people."""
    return NamedPerson(priority.lead_name, priority.lead_account_id) if priority else None
