"""Bringing paper back: numbers typed by theme or a sheet, what would happen, and then one act."""

from __future__ import annotations

import hashlib
from datetime import date

import streamlit as st

from engagement.errors import EngagementError
from engagement.screens.components.paper_dry_run import show_dry_run
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, keep_notice, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.paper.bring_back import bring_paper_back, find_brought, take_paper_back
from engagement.workshop.paper.dry_run import run_dry
from engagement.workshop.paper.paper_board import PaperBoard, PaperTheme, read_paper_board
from engagement.workshop.paper.paper_csv import read_paper_csv, write_paper_csv
from engagement.workshop.paper.paper_lists import ON_PAPER, PaperLists, ThemeList

TYPE, UPLOAD = "Type the numbers", "Upload a sheet (CSV)"
N_NEW = 3
HOW_TO_TYPE = (
    "Type the numbers of the cards that hang under each heading, such as 12, 15-18, 40. "
    "Cards on no list stay where they are on the board."
)
HOW_TO_FILL = (
    "A sheet has a column Card and a column Theme, in any order; a column Also in is optional. "
    "Write the theme's name or number; an unknown name becomes a new theme, “Parked” parks the card, and an "
    "empty cell leaves it where it is. Several themes in Also in are parted by semicolons."
)


def show_bring_back(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the ways to bring paper back, and what would happen."""
    st.header("Bring it back", anchor=False)
    show_failure(workshop)
    offer_taking_back(visit, workshop)
    if workshop.is_closed:
        st.text("The board is closed, so nothing can be brought back. Open it again under Workshops first.")
        return
    with visit.record.reading() as session:
        board = read_paper_board(session, visit.person, workshop.id)
    way = st.radio("How?", (TYPE, UPLOAD), horizontal=True, key=f"way-{workshop.id}")
    with show_refusal():
        lists = read_typed(workshop, board) if way == TYPE else read_upload(visit, workshop, board)
        if lists is not None:
            with visit.record.reading() as session:
                dry = run_dry(session, visit.person, workshop.id, lists)
            if show_dry_run(dry):
                st.button(
                    "Bring it back to the board, as one act",
                    type="primary",
                    icon=":material/dashboard_customize:",
                    key=f"bring-{workshop.id}",
                    on_click=bring,
                    args=(visit, workshop, lists, dry.seq),
                )


def read_typed(workshop: WorkshopView, board: PaperBoard) -> PaperLists | None:
    """Draw a line for each theme, for new ones and for parking; give the lists once they were sent."""
    key = name_key(workshop)
    st.text(HOW_TO_TYPE)
    with st.form(f"typed-{key}"):
        themes = [
            ThemeList(theme.id, theme.name, *type_theme(theme, f"{key}-{theme.id}")) for theme in board.themes
        ]
        for number in range(1, N_NEW + 1):
            left, right = st.columns(2)
            name = left.text_input(f"Name of new theme {number}", max_chars=200, key=f"name-{key}-{number}")
            cards = right.text_input(f"Cards of new theme {number}", key=f"new-{key}-{number}")
            themes.append(ThemeList(None, name, cards))
        left, right = st.columns(2)
        parked = left.text_input("Cards to park", key=f"parked-{key}")
        reason = right.text_input("Why they are parked", ON_PAPER, max_chars=300, key=f"reason-{key}")
        if st.form_submit_button("Show what would happen", icon=":material/preview:"):
            st.session_state[f"tried-{key}"] = True
    is_tried = st.session_state.get(f"tried-{key}", False)
    return PaperLists(tuple(themes), parked, reason) if is_tried else None


def type_theme(theme: PaperTheme, key: str) -> tuple[str, str]:
    """Draw the two lines of one theme: its cards, and cards that also speak there."""
    left, right = st.columns(2)
    name = write_plainly(f"Theme {theme.number}, {theme.name}")
    cards = left.text_input(f"{name}: cards", key=f"cards-{key}")
    return cards, right.text_input(f"{name}: also in here", key=f"also-{key}")


def read_upload(visit: Visit, workshop: WorkshopView, board: PaperBoard) -> PaperLists | None:
    """Draw the sheet to download and the place to put it back; give its lists once it is there."""
    st.text(HOW_TO_FILL)
    st.download_button(
        "Download a sheet with where each card stands now",
        make_sheet(visit, workshop),
        file_name=f"cards-{workshop.id}-{date.today():%Y-%m-%d}.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key=f"sheet-{workshop.id}",
    )
    file = st.file_uploader("The sheet, as CSV", type=["csv", "txt"], key=f"file-{name_key(workshop)}")
    return None if file is None else read_paper_csv(board, file.getvalue())


def make_sheet(visit: Visit, workshop: WorkshopView):
    """Give what makes the sheet when somebody asks for it."""

    def make() -> bytes:
        with visit.record.reading() as session:
            return write_paper_csv(session, visit.person, workshop.id)

    return make


def bring(visit: Visit, workshop: WorkshopView, lists: PaperLists, saw: int) -> None:
    """Bring paper back as it was shown; pressed twice, it counts once."""
    op = f"paper-{saw}-{hashlib.sha256(repr(lists).encode()).hexdigest()[:32]}"
    try:
        with visit.record.writing() as session:
            event = bring_paper_back(session, visit.person, workshop.id, lists, saw=saw, op=op).event
    except EngagementError as refusal:
        st.session_state[f"failure-{workshop.id}"] = str(refusal)
        return
    begin_anew(workshop)
    keep_notice(f"{event['said']}. It is one act, and can be taken back as one.")


def offer_taking_back(visit: Visit, workshop: WorkshopView) -> None:
    """Offer to take back what was brought, for as long as undo on the board stands for it."""
    with visit.record.reading() as session:
        brought = find_brought(session, visit.person, workshop.id)
    if brought is None or workshop.is_closed:
        return
    with st.container(border=True):
        st.text(f"The last act on the board: {brought.said}.")
        st.button(
            "Take it back",
            icon=":material/undo:",
            key=f"take-back-{workshop.id}",
            on_click=take_back,
            args=(visit, workshop, brought.seq),
        )


def take_back(visit: Visit, workshop: WorkshopView, seq: int) -> None:
    """Take back what was brought, unless somebody has moved something since."""
    try:
        with visit.record.writing() as session:
            take_paper_back(session, visit.person, workshop.id, seq)
    except EngagementError as refusal:
        st.session_state[f"failure-{workshop.id}"] = str(refusal)
        return
    keep_notice("It is taken back. The cards stand where they stood before; redo on the board does it again.")


def show_failure(workshop: WorkshopView) -> None:
    """Say why the last press of a button did nothing."""
    words = st.session_state.pop(f"failure-{workshop.id}", "")
    if words:
        st.error(write_plainly(words), icon=":material/error:")


def name_key(workshop: WorkshopView) -> str:
    """Name what is typed now; another name after each act, so that the lines are empty again."""
    return f"{workshop.id}-{st.session_state.get(f'turn-{workshop.id}', 0)}"


def begin_anew(workshop: WorkshopView) -> None:
    """Empty what was typed."""
    st.session_state[f"turn-{workshop.id}"] = st.session_state.get(f"turn-{workshop.id}", 0) + 1
