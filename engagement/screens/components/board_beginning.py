"""Making a board: from one or more theming runs, or empty, and what it will hold before it is made."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engagement.screens.components.dates import say_moment
from engagement.screens.components.kept_runs import keep_run
from engagement.screens.components.new_workshop import ask_name_and_day
from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.theming_runs.bringing_together import BoardPlan
from engagement.theming_runs.dealing import deal_runs, plan_board
from engagement.theming_runs.keeping import list_runs
from engagement.theming_runs.views import RunView

EMPTY = "All voices are dealt as cards that are not yet placed. The people in the room make the themes."
SEVERAL = (
    "Where runs hold the same voice, the run that you chose first gives it its home. Its themes in the other "
    "runs show it too, marked as “also”; people decide what stays. Themes of one name get numbers."
)


def show_beginning(visit: Visit) -> None:
    """Draw the choice of what a new board begins with, what it will hold, and the form that makes it."""
    with visit.record.reading() as session:
        runs = list_runs(session, visit.person, visit.engagement_id)
    chosen = choose_runs(visit, runs) if runs else []
    numbers = {run.id: number for number, run in enumerate(runs, start=1)}
    show_plan(visit, chosen, numbers)
    show_form(visit, chosen)


def choose_runs(visit: Visit, runs: Sequence[RunView]) -> list[tuple[int, int]]:
    """Draw the choice of runs and of how many themes each brings; give both in the order of choosing."""
    said = {run.id: say_run(number, run) for number, run in enumerate(runs, start=1)}
    chosen = st.multiselect(
        "Theming runs that it begins with (none: an empty board)",
        list(said),
        format_func=said.__getitem__,
        placeholder="An empty board",
        key="beginning-runs",
    )
    if len(chosen) > 1:
        st.text(SEVERAL)
    return [(run_id, choose_number(visit, run_id, said[run_id])) for run_id in chosen]


def choose_number(visit: Visit, run_id: int, said: str) -> int:
    """Draw the choice of how many themes a run brings."""
    run = keep_run(visit.record.url, run_id, visit)
    return int(
        st.number_input(
            f"Themes of {said}",
            min_value=min(2, run.most_themes),
            max_value=run.most_themes,
            value=run.view.chosen_n,
            key=f"beginning-{run_id}",
        )
    )


def say_run(number: int, run: RunView) -> str:
    """Name a run by its number, its moment and its voices."""
    return f"run {number}, {say_moment(run.made_at)}, {run.n_voices:,} voices"


def show_plan(visit: Visit, chosen: Sequence[tuple[int, int]], numbers: dict[int, int]) -> None:
    """Draw what the board will hold."""
    runs = [(keep_run(visit.record.url, run_id, visit), n_themes) for run_id, n_themes in chosen]
    with visit.record.reading() as session:
        plan = plan_board(session, visit.engagement_id, runs)
    st.text(say_plan(plan, n_runs=len(chosen)))
    if plan.themes:
        show_table(
            "Themes that the board will hold",
            ("Theme", "From", "Voices at home", "Shown too"),
            [
                (each.name, f"run {numbers[each.run_id]}", len(each.voice_ids), len(each.echo_ids))
                for each in plan.themes
            ],
        )


def say_plan(plan: BoardPlan, n_runs: int) -> str:
    """Say in words what the board will hold."""
    if not n_runs:
        return f"{EMPTY} It will hold {say_count(plan.n_voices, 'voice')} and no themes."
    themes, voices = say_count(len(plan.themes), "theme"), say_count(plan.n_voices, "voice")
    said = [
        f"The board will hold {themes} and {voices}: "
        f"{plan.n_at_home:,} in themes and {plan.n_unplaced:,} not yet placed."
    ]
    if n_runs > 1:
        said.append(f"In themes of two runs or more: {say_count(plan.n_in_several, 'voice')}.")
    return " ".join(said)


def say_count(count: int, what: str) -> str:
    """Say how many of something there are."""
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


def show_form(visit: Visit, chosen: Sequence[tuple[int, int]]) -> None:
    """Draw the form that makes the board."""
    with st.form("open", border=False):
        name, held_on = ask_name_and_day(visit)
        label = "Make the board" if chosen else "Deal the cards unsorted"
        if st.form_submit_button(label, type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    deal_runs(session, visit.person, visit.engagement_id, chosen, name, held_on)
                keep_notice(
                    "The board is made."
                    if chosen
                    else "The board is open. All cards lie under Not yet placed."
                )
                st.rerun()
