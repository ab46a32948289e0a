"""Screen: what people said of themselves, and the shared group of each answer, confirmed by a person."""

from __future__ import annotations

import streamlit as st

from engagement.listen.characteristics.grouping import (
    CharacteristicView,
    confirm_groups,
    count_protected,
    list_characteristics,
    propose_groups,
    take_back_groups,
)
from engagement.listen.characteristics.sets import CharacteristicSet, read_sets
from engagement.people.permissions import Act
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal

EXPLANATION = (
    "Surveys ask the same thing in many ways. Here each answer is put into a group that others use, too, so "
    "that sources can be compared. The answer itself is kept as it was written. Groups are proposed; nothing "
    "counts before you confirm it. An answer without a group, such as one that people wrote in themselves, "
    "stands for itself."
)
AS_WRITTEN = "as it is written"


def main() -> None:
    """Show one characteristic at a time, with its answers and their groups."""
    visit = open_visit("Characteristics", Act.ADD_SOURCE)
    st.text(EXPLANATION)
    with visit.record.reading() as session:
        views = list_characteristics(session, visit.person, visit.engagement_id)
    if not views:
        st.text("Nobody has said anything of themselves yet. Surveys with such columns bring it in.")
        st.page_link(link_to("sources.py"), label="Add a survey", icon=":material/upload_file:")
        return
    n_open = sum(bool(view.set_key) and (not view.is_confirmed or view.n_new > 0) for view in views)
    asked = "1 thing was asked" if len(views) == 1 else f"{len(views)} things were asked"
    st.header(f"{asked}, {n_open} still to confirm", anchor=False)
    names = {view.name: view for view in views}
    name = st.selectbox("What people were asked", names, key="asked")
    st.text(say_state(names[name]))
    show_characteristic(visit, names[name])


def say_state(view: CharacteristicView) -> str:
    """Say of a characteristic how far it is."""
    people = "1 person" if view.n_people == 1 else f"{view.n_people:,} people"
    if not view.is_confirmed:
        return (
            f"{people} answered. {'Groups are proposed.' if view.set_key else 'No groups fit by themselves.'}"
        )
    new = f" Answers that came in since: {view.n_new}." if view.n_new else ""
    return f"{people} answered. The groups are confirmed, by {view.decided_by}.{new}"


def show_characteristic(visit: Visit, view: CharacteristicView) -> None:
    """Draw the form for one characteristic, then the people in each group."""
    sets = read_sets()
    set_key = st.selectbox(
        "Groups to use",
        ["", *sets],
        index=["", *sets].index(view.set_key),
        format_func=lambda key: sets[key].name if key else "none: every answer stands for itself",
        key=f"set-{view.name}",
    )
    if set_key:
        chosen = sets[set_key]
        st.caption(write_plainly(f"{chosen.source}. {chosen.licence}."))
        edit_groups(visit, view, chosen)
    if view.is_confirmed:
        show_people(view)
        if st.button("Take these groups back"):
            take_back(visit, view.name)


def edit_groups(visit: Visit, view: CharacteristicView, chosen: CharacteristicSet) -> None:
    """Draw one choice for each answer, and the button that confirms all of them."""
    proposed = propose_groups(chosen.key, {each.value: each.n_people for each in view.answers})
    own = {each.value: each.group for each in view.answers} if chosen.key == view.set_key else proposed
    options = ["", *chosen.group_names]
    with st.form(f"groups-{view.name}-{chosen.key}", border=True):
        groups = {}
        for number, answer in enumerate(view.answers):
            people = "1 person" if answer.n_people == 1 else f"{answer.n_people} people"
            groups[answer.value] = st.selectbox(
                write_plainly(f"“{answer.value[:120]}”, {people}"),
                options,
                index=options.index(own[answer.value]),
                format_func=lambda each: each or AS_WRITTEN,
                key=f"group-{view.name}-{chosen.key}-{number}",
            )
        if st.form_submit_button("Confirm these groups", type="primary"):
            confirm(visit, view.name, chosen.key, groups)


def show_people(view: CharacteristicView) -> None:
    """Show how many people are in each group, small numbers protected."""
    st.text("Candidate themes can be looked at by these groups.")
    rows = count_protected(view)
    if rows:
        show_table("People who answered, by group", ("Group", "People"), rows)
    else:
        st.text("Too few people answered to show numbers.")


def confirm(visit: Visit, name: str, set_key: str, groups: dict[str, str]) -> None:
    """Keep the confirmed groups."""
    with show_refusal():
        with visit.record.writing() as session:
            confirm_groups(session, visit.person, visit.engagement_id, name, set_key, groups)
        keep_notice(f"The groups of “{name}” are confirmed. The answers are kept as they were written.")
        st.rerun()


def take_back(visit: Visit, name: str) -> None:
    """Undo a confirmation."""
    with show_refusal():
        with visit.record.writing() as session:
            take_back_groups(session, visit.person, visit.engagement_id, name)
        keep_notice(f"The groups of “{name}” are taken back. Every answer stands for itself again.")
        st.rerun()


main()
