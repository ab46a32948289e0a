"""Screen: look at what the machine proposes, at any number of themes, and send it to a board."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import streamlit as st

from engagement.answer.method_card import build_method_card
from engagement.jobs import JobView, find_newest_job
from engagement.listen.voices import VoiceView, list_voices
from engagement.people.permissions import Act, can_act
from engagement.screens.components.candidate_list import show_candidates, show_quotes
from engagement.screens.components.job_watch import watch_job
from engagement.screens.components.kept_runs import keep_run
from engagement.screens.components.method import show_method
from engagement.screens.components.new_workshop import ask_name_and_day
from engagement.screens.components.pictures import PICTURES, show_picture
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal
from engagement.theming_runs.asking import THEMING_JOB, ask_for_themes
from engagement.theming_runs.clauses import list_echoes
from engagement.theming_runs.dealing import send_to_board
from engagement.theming_runs.keeping import find_newest_run
from engagement.theming_runs.views import CutView, LoadedRun, cut_run
from models.jobs import JobStatus

VIEWS = ("Themes", *PICTURES, "How this was made")


def main() -> None:
    """Show the newest run, the work on the next one, or how to begin."""
    visit = open_visit("Candidate themes")
    with visit.record.reading() as session:
        job = find_newest_job(session, visit.engagement_id, THEMING_JOB)
        newest = find_newest_run(session, visit.person, visit.engagement_id)
        voices = list_voices(session, visit.person, visit.engagement_id)
    if job and job.is_open:
        watch_job(visit, THEMING_JOB)
    elif newest is None:
        offer_first_run(visit, job, n_voices=len(voices))
    else:
        run = keep_run(visit.record.url, newest.id, visit)
        show_run(visit, job, run, {voice.id: voice for voice in voices})


def offer_first_run(visit: Visit, job: JobView | None, n_voices: int) -> None:
    """Say what asking for candidate themes does, and offer it."""
    if not n_voices:
        st.text("There are no voices yet. Candidate themes are made from voices.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey")
        return
    st.text(
        f"The machine reads all {n_voices:,} voices and proposes which belong together. It takes about "
        "half a minute. Nothing leaves this computer. People decide later, on a board, what is a theme."
    )
    offer_run(visit, job, "Propose candidate themes", kind="primary")
    st.page_link(link_to("last_years_themes.py"), label="Start from last year's themes")


def offer_run(visit: Visit, job: JobView | None, label: str, kind: str) -> None:
    """Offer to ask for candidate themes, and say why the last try ended, if it failed."""
    if job and job.status is JobStatus.FAILED:
        st.error(job.error, icon=":material/error:")
        st.page_link(link_to("workshop.py"), label="Theme them by hand on a board")
    if not can_act(visit.person, Act.ASK_FOR_THEMES):
        return
    if st.button(label, type=kind, icon=":material/auto_awesome:"):
        with show_refusal():
            with visit.record.writing() as session:
                ask_for_themes(session, visit.person, visit.engagement_id)
            st.rerun()


def show_run(visit: Visit, job: JobView | None, run: LoadedRun, voices: Mapping[int, VoiceView]) -> None:
    """Show one run at the number of themes that the slider says."""
    standing = {voice.id for voice in voices.values() if not voice.is_withdrawn}
    if standing != set(run.voice_ids):
        st.info("Voices came in or were withdrawn since this was made. Propose again to take them in.")
    n_themes = choose_number(run)
    cut = cut_run(run, n_themes)
    send_form(visit, run, n_themes)
    view = st.segmented_control("Look at", VIEWS, default=VIEWS[0], key="candidate_view") or VIEWS[0]
    if view == "Themes":
        show_candidates(cut.themes, voices, list_echoes(run, n_themes))
        show_set_aside(cut, voices)
    elif view == "How this was made":
        with visit.record.reading() as session:
            card = build_method_card(session, visit.person, visit.engagement_id, run.view.id)
        show_method(visit, card)
        offer_run(visit, job, "Propose again", kind="secondary")
    else:
        show_picture(visit, view, run, cut, voices)


def choose_number(run: LoadedRun) -> int:
    """Let people move the number of themes; nothing is decided by it."""
    if run.most_themes < 2:
        st.text("All voices say the same, so there is one candidate theme.")
        return run.most_themes
    return st.slider(
        "How many themes?",
        min_value=2,
        max_value=run.most_themes,
        value=run.view.chosen_n,
        key=f"n_themes_{run.view.id}",
        help=f"Fewer is broader, more is finer. The machine proposes {run.view.chosen_n}. "
        "Any number can be looked at; nothing is decided here.",
    )


def send_form(visit: Visit, run: LoadedRun, n_themes: int) -> None:
    """Offer to copy these candidate themes to a new board."""
    if not can_act(visit.person, Act.RUN_WORKSHOP):
        return
    with st.popover("Send these to a board", type="primary", icon=":material/view_kanban:"):
        st.text(f"Makes a board with these {n_themes} themes and all voices. People take over from there.")
        with st.form("send_to_board", border=False):
            name, held_on = ask_name_and_day(visit)
            if st.form_submit_button("Make the board", type="primary"):
                make_board(visit, run, n_themes, name, held_on)


def make_board(visit: Visit, run: LoadedRun, n_themes: int, name: str, held_on: date | None) -> None:
    """Make the board and go there."""
    with show_refusal():
        with visit.record.writing() as session:
            workshop_id = send_to_board(session, visit.person, run.view.id, n_themes, name, held_on)
        st.switch_page(link_to("board.py"), query_params={"workshop": str(workshop_id)})


def show_set_aside(cut: CutView, voices: Mapping[int, VoiceView]) -> None:
    """Show the voices that say nothing; they go to the board as not yet placed."""
    if not cut.set_aside:
        return
    with st.expander(f'Set aside: {len(cut.set_aside)} that say nothing (such as "n/a")'):
        st.text("They are kept, and come to the board as not yet placed.")
        show_quotes(voices[voice_id] for voice_id in cut.set_aside if voice_id in voices)


main()
