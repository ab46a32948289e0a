"""Screen: bring last year's themes in, see which new voices they would hold, and make a board from that."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engagement.jobs import find_newest_job
from engagement.listen.voices import VoiceQuery, VoiceView, list_voices
from engagement.people.permissions import Act, can_act
from engagement.screens.components.job_watch import watch_job
from engagement.screens.components.known_list import show_finding
from engagement.screens.components.new_workshop import ask_name_and_day
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal
from engagement.theming_runs.agreed_lists import (
    BoardToBring,
    bring_in_board,
    bring_in_file,
    get_list_or_raise,
    list_boards_to_bring,
)
from engagement.theming_runs.home_dealing import make_board_from_finding
from engagement.theming_runs.home_findings import (
    HOMES_JOB,
    HomeFindingView,
    ask_for_homes,
    find_newest_finding,
)
from engagement.theming_runs.list_files import read_list_file
from models.jobs import JobStatus

EXPLANATION = (
    "Bring in themes that people agreed before. The machine then looks for each new voice whether it has a "
    "home in one of them, or is something new. "
    "This is a dry run: it shows what would happen, and decides nothing."
)
FILE_HELP = (
    "One row for each theme, or for each example. Columns: Theme, and if you like Description and Example."
)


def main() -> None:
    """Show the newest dry run, the work on the next one, or how to begin."""
    visit = open_visit("Last year's themes")
    with visit.record.reading() as session:
        job = find_newest_job(session, visit.engagement_id, HOMES_JOB)
        finding = find_newest_finding(session, visit.person, visit.engagement_id)
        boards = list_boards_to_bring(session, visit.person, visit.engagement_id)
        voices = list_voices(session, visit.person, visit.engagement_id, VoiceQuery(withdrawn=False))
    if job and job.is_open:
        watch_job(visit, HOMES_JOB)
        return
    if job and job.status is JobStatus.FAILED:
        st.error(write_plainly(job.error), icon=":material/error:")
    if not voices:
        st.text(
            "There are no voices yet. Add them first, then see which of last year's themes they belong to."
        )
        st.page_link(link_to("sources.py"), label="Add notes or a survey")
    elif finding is None:
        st.text(EXPLANATION)
        offer_lists(visit, boards)
    else:
        show_dry_run(visit, finding, voices, boards)


def offer_lists(visit: Visit, boards: tuple[BoardToBring, ...]) -> None:
    """Offer the two ways in: another engagement's board, or a file."""
    if not can_act(visit.person, Act.ASK_FOR_THEMES):
        st.text("Nobody has brought a list in yet. A facilitator can do that.")
        return
    if boards:
        offer_boards(visit, boards)
    offer_file(visit)


def offer_boards(visit: Visit, boards: tuple[BoardToBring, ...]) -> None:
    """Offer the agreed themes of another engagement."""
    with st.form("bring_board"):
        st.header("From another engagement", anchor=False)
        board = st.selectbox(
            "Engagement",
            boards,
            format_func=lambda each: f"{each.engagement}: {each.n_themes} themes of {each.workshop}",
        )
        is_sent = st.form_submit_button("Try these themes on the voices", type="primary")
    if is_sent and board:
        with show_refusal():
            with visit.record.writing() as session:
                list_id = bring_in_board(session, visit.person, visit.engagement_id, board.engagement_id)
                ask_for_homes(session, visit.person, list_id)
            st.rerun()


def offer_file(visit: Visit) -> None:
    """Offer to read a list from a file."""
    with st.form("bring_file"):
        st.header("From a file", anchor=False)
        file = st.file_uploader("List of themes (csv or xlsx)", type=["csv", "tsv", "xlsx"], help=FILE_HELP)
        st.text(FILE_HELP)
        is_sent = st.form_submit_button("Try this list on the voices")
    if is_sent and file is None:
        st.error("No file is chosen. Choose a csv or xlsx file, then try again.", icon=":material/error:")
    elif is_sent and file is not None:
        with show_refusal():
            found = read_list_file(file.name, file.getvalue())
            with visit.record.writing() as session:
                list_id = bring_in_file(session, visit.person, visit.engagement_id, found)
                ask_for_homes(session, visit.person, list_id)
            st.rerun()


def show_dry_run(
    visit: Visit, finding: HomeFindingView, voices: tuple[VoiceView, ...], boards: tuple[BoardToBring, ...]
) -> None:
    """Show what would go where, and offer to make a board from it."""
    with visit.record.reading() as session:
        agreed = get_list_or_raise(session, visit.person, finding.list_id)
    st.text(f"A dry run with {agreed.n_themes} themes from {agreed.origin}. Nothing is decided yet.")
    if {voice.id for voice in voices} != set(finding.voice_ids):
        st.info("Voices came in or were withdrawn since this was made. Try again to take them in.")
    offer_board(visit, finding)
    show_finding(finding, {voice.id: voice for voice in voices})
    if can_act(visit.person, Act.ASK_FOR_THEMES):
        offer_again(visit, finding)
        with st.expander("Bring in another list"):
            offer_lists(visit, boards)


def offer_again(visit: Visit, finding: HomeFindingView) -> None:
    """Offer to compare once more, with the voices of today."""
    if st.button("Try again with all voices", icon=":material/refresh:"):
        with show_refusal():
            with visit.record.writing() as session:
                ask_for_homes(session, visit.person, finding.list_id)
            st.rerun()


def offer_board(visit: Visit, finding: HomeFindingView) -> None:
    """Offer to make a board from what the dry run found."""
    if not can_act(visit.person, Act.RUN_WORKSHOP):
        return
    with st.popover("Make a board from this", type="primary", icon=":material/view_kanban:"):
        st.text("Makes a board with the agreed themes and the new ones. People take over from there.")
        with st.form("board_from_finding", border=False):
            name, held_on = ask_name_and_day(visit)
            if st.form_submit_button("Make the board", type="primary"):
                make_board(visit, finding, name, held_on)


def make_board(visit: Visit, finding: HomeFindingView, name: str, held_on: date | None) -> None:
    """Make the board and go there."""
    with show_refusal():
        with visit.record.writing() as session:
            workshop_id = make_board_from_finding(session, visit.person, finding.id, name, held_on)
        st.switch_page(link_to("board.py"), query_params={"workshop": str(workshop_id)})


main()
