"""The projector and the votes of a workshop on its screen: open it, hold something up, show the votes."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.votes import hide_votes, show_votes
from engagement.workshop.wall import WallView, hold_up
from engagement.workshop.wall_board import WallBoard, read_wall_board
from models.rooms import Shown

HELD = {Shown.BOARD: "All themes", Shown.CODE: "The code to join by", Shown.VOTES: "The votes"}


def show_wall(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the way to the projector, what it holds up, and the votes."""
    with visit.record.reading() as session:
        board = read_wall_board(session, visit.person, workshop.id)
    with st.expander("Projector and votes", icon=":material/present_to_all:"):
        st.link_button("Open the projector", f"/screen/{workshop.id}", icon=":material/open_in_new:")
        st.text("It follows the board by itself, and goes on when you sign out on that computer.")
        show_held(visit, workshop, board)
        show_vote_sums(visit, workshop, board)


def show_held(visit: Visit, workshop: WorkshopView, board: WallBoard) -> None:
    """Draw the choice of what the projector holds up."""
    names = {WallView(shows): words for shows, words in HELD.items()}
    names |= {WallView(Shown.THEME, theme.id): f"Theme: {theme.name}" for theme in board.themes}
    choices = list(names)
    chosen = st.selectbox(
        "The projector holds up",
        choices,
        index=choices.index(board.wall),
        format_func=names.__getitem__,
        key=f"held-{workshop.id}-{board.wall.shows}-{board.wall.theme_id}",
    )
    if st.button("Hold it up", key=f"hold-{workshop.id}", icon=":material/front_hand:"):
        with show_refusal():
            with visit.record.writing() as session:
                hold_up(session, visit.person, workshop.id, chosen.shows, chosen.theme_id)
            keep_notice("The projector holds it up.")
            st.rerun()


def show_vote_sums(visit: Visit, workshop: WorkshopView, board: WallBoard) -> None:
    """Draw how many voted, and the sums once they are shown to the whole room."""
    voted = "1 person has voted" if board.n_voters == 1 else f"{board.n_voters} people have voted"
    if not board.votes_are_shown:
        st.text(f"{voted}. The dots are hidden from everybody, you too, until you show them.")
        if st.button("Show the votes", key=f"show-votes-{workshop.id}", icon=":material/visibility:"):
            switch_votes(visit, workshop, show_votes, "Everybody sees the votes now.")
        return
    ranked = sorted(board.themes, key=lambda theme: -(theme.dots or 0))
    show_table(f"{voted}", ("Theme", "Dots"), [(theme.name, theme.dots or 0) for theme in ranked])
    if st.button("Hide the votes", key=f"hide-votes-{workshop.id}", icon=":material/visibility_off:"):
        switch_votes(visit, workshop, hide_votes, "The votes are hidden.")


def switch_votes(visit: Visit, workshop: WorkshopView, act, notice: str) -> None:
    """Show or hide the votes, and say so."""
    with show_refusal():
        with visit.record.writing() as session:
            act(session, visit.person, workshop.id)
        keep_notice(notice)
        st.rerun()
