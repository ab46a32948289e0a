"""Screen: the workshops of an engagement, each with its board."""

from __future__ import annotations

from functools import partial

import streamlit as st

from engagement.people.permissions import Act, can_act
from engagement.screens.components.board_beginning import show_beginning
from engagement.screens.components.branch_list import say_moves, show_branches
from engagement.screens.components.dates import say_date, say_moment
from engagement.screens.components.decision_log import offer_decision_log
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.room_panel import show_room
from engagement.screens.components.wall_panel import show_wall
from engagement.screens.contents import find_screen
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal
from engagement.workshop.boards import (
    WorkshopView,
    change_workshop,
    close_board,
    get_board_or_raise,
    list_workshops,
    make_board_count,
    reopen_board,
)
from engagement.workshop.dealt_runs import list_dealt_runs
from engagement.workshop.state import list_history

HISTORY_LINES = 50
WHAT_A_WORKSHOP_IS = (
    "A workshop is where people theme the voices together, on a board of cards that everybody sees at once."
)


def main() -> None:
    """List the workshops, and offer to open another board."""
    visit = open_visit("Workshops")
    with visit.record.reading() as session:
        boards = list_workshops(session, visit.person, visit.engagement_id)
    workshops = tuple(workshop for workshop in boards if workshop.trunk_id is None)
    may_run = can_act(visit.person, Act.RUN_WORKSHOP)
    if not workshops:
        welcome(may_run)
    for workshop in workshops:
        show_workshop(visit, workshop, may_run, is_alone=len(workshops) == 1)
    if may_run:
        with st.expander("Make a board", icon=":material/add:", expanded=not workshops):
            show_beginning(visit)


def welcome(may_run: bool) -> None:
    """Say what a workshop is and what to do first."""
    st.text(WHAT_A_WORKSHOP_IS)
    if not may_run:
        st.text("There is no workshop yet. A facilitator opens one; then you find it here.")
        return
    st.text(
        "Most people ask for candidate themes first and send them to a board: "
        "the room then starts with a hand of cards, sorted as a suggestion."
    )
    screen = find_screen("candidate_themes.py")
    st.page_link(link_to(screen.file), label="Ask for candidate themes", icon=screen.icon)


def show_workshop(visit: Visit, workshop: WorkshopView, may_run: bool, *, is_alone: bool) -> None:
    """Draw one workshop: what it is, the way to its board, and what can be done with it."""
    with st.container(border=True):
        st.header(write_plainly(workshop.name), anchor=False)
        st.text(describe_workshop(workshop, is_alone=is_alone))
        say_origin(visit, workshop)
        label = f"Open the board of {write_plainly(workshop.name)}"
        icon = find_screen("board.py").icon
        if st.button(label, key=f"board-{workshop.id}", type="primary", icon=icon):
            asked = {"engagement": str(workshop.engagement_id), "workshop": str(workshop.id)}
            st.switch_page(link_to("board.py"), query_params=asked)
        link_checks(visit, workshop)
        if may_run and not workshop.is_closed:
            show_room(visit, workshop)
            show_wall(visit, workshop)
        happened = f"What happened: {say_moves(workshop.n_moves)}"
        with st.expander(happened, key=f"happened-{workshop.id}", icon=":material/history:"):
            show_history(visit, workshop)
        show_branches(visit, workshop)
        offer_decision_log(visit, workshop)
        if may_run:
            with st.expander("Change this workshop", icon=":material/edit:"):
                show_change_form(visit, workshop)
                show_standing(visit, workshop, is_alone=is_alone)


def link_checks(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the ways to a second opinion on the board, to paper, and to how it came about."""
    asked = {"engagement": str(visit.engagement_id), "workshop": str(workshop.id)}
    links = [("history.py", "Go through the history, step by step")]
    links += [("second_theming.py", "Let a second person theme a sample")]
    if can_act(visit.person, Act.RUN_WORKSHOP):
        links.append(("paper.py", "Print the cards, and bring paper back"))
    if workshop.counts:
        links.append(("method.py", "How this was made, and what people changed"))
    for file, label in links:
        st.page_link(link_to(file), label=label, icon=find_screen(file).icon, query_params=asked)


def describe_workshop(workshop: WorkshopView, *, is_alone: bool) -> str:
    """Say in words when it is, how far it is, whether it is closed and whether it counts."""
    themes = "1 theme" if workshop.n_themes == 1 else f"{workshop.n_themes} themes"
    when = f"Held on {say_date(workshop.held_on)}" if workshop.held_on else "No date yet"
    parts = [f"{when}. Opened by {workshop.made_by}. {themes} on the board."]
    if workshop.closed_at:
        parts.append(f"Closed on {say_moment(workshop.closed_at)}: it can be read, and no card can be moved.")
    if not is_alone:
        parts.append(
            "This is the board that counts: priorities and the ledger follow it."
            if workshop.counts
            else "This board does not count: priorities and the ledger follow another one."
        )
    return " ".join(parts)


def say_origin(visit: Visit, workshop: WorkshopView) -> None:
    """Say which theming runs the board began with, each with how many themes it brought."""
    with visit.record.reading() as session:
        board = get_board_or_raise(session, visit.person, workshop.id)
        runs = list_dealt_runs(session, board)
    if runs:
        said = [f"run {run.number} of {say_moment(run.made_at)} ({run.n_themes} themes)" for run in runs]
        st.text(f"It began with {' and '.join(said)}.")


def show_history(visit: Visit, workshop: WorkshopView) -> None:
    """Draw what happened on the board in words, the newest first."""
    if not workshop.n_moves:
        st.text("Nobody has moved a card yet.")
        return
    shows_all = workshop.n_moves <= HISTORY_LINES or st.toggle("Show all", key=f"all-{workshop.id}")
    with visit.record.reading() as session:
        limit = None if shows_all else HISTORY_LINES
        lines = list_history(session, visit.person, workshop.id, limit=limit)
    show_table(
        f"What happened on the board of {workshop.name}",
        ("Number", "What", "Who", "When"),
        [
            (str(line.seq), line.sentence.removeprefix(f"{line.actor} "), line.actor, say_moment(line.at))
            for line in lines
        ],
    )


def show_change_form(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the form that gives a workshop another name or date."""
    with st.form(f"change-{workshop.id}", border=False):
        name = st.text_input("Name", value=workshop.name, max_chars=200)
        held_on = st.date_input(
            "Date (you can leave this empty)", value=workshop.held_on, format="DD/MM/YYYY"
        )
        if st.form_submit_button("Save"):
            with show_refusal():
                with visit.record.writing() as session:
                    change_workshop(session, visit.person, workshop.id, name=name, held_on=held_on)
                keep_notice("The workshop is saved.")
                st.rerun()


def show_standing(visit: Visit, workshop: WorkshopView, *, is_alone: bool) -> None:
    """Draw the acts that change what the board is good for."""
    show_sign_off(visit, workshop)
    if not is_alone and not workshop.counts:
        st.text(
            "Letting another board count empties the priorities that were made from the old one, "
            "until you choose themes of this board for them. You can change back at any time."
        )
        if st.button("Let this board count", key=f"count-{workshop.id}", icon=":material/verified:"):
            do(visit, make_board_count, workshop, "The ledger and new priorities follow this board now.")


def show_sign_off(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the form that signs the board off, or opens it again; the decision log keeps who and why."""
    with st.form(f"sign-off-{workshop.id}", border=False):
        why = st.text_input("Why (you can leave this empty)", max_chars=300, key=f"why-{workshop.id}")
        if workshop.is_closed:
            if st.form_submit_button("Open the board again", icon=":material/lock_open:"):
                reopen = partial(reopen_board, why=why)
                do(
                    visit,
                    reopen,
                    workshop,
                    "Cards can be moved again. The sign-off stays in the decision log.",
                )
        elif st.form_submit_button("Sign off and close the board", icon=":material/lock:"):
            close = partial(close_board, why=why)
            do(visit, close, workshop, "The board is signed off and closed. Everybody can still read it.")


def do(visit: Visit, act, workshop: WorkshopView, notice: str) -> None:
    """Do one act to a workshop, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            act(session, visit.person, workshop.id)
        keep_notice(notice)
        st.rerun()


main()
