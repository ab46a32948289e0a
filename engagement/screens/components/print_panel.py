"""What to print of a board, and the ways to it: PDF, or a page that the browser prints."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

import streamlit as st

from engagement.screens.components.invitation import ONLY_HERE, find_origin
from engagement.screens.components.plain import write_plainly
from engagement.screens.visit import Visit, show_refusal
from engagement.workshop.boards import WorkshopView
from engagement.workshop.paper.printing import MOST_EMPTY, USUAL_EMPTY
from engagement.workshop.paper.sheet_pdf import find_unprintable_cards
from engagement.workshop.paper.sheets import UNPLACED, Choice, Heading, Sheets, read_sheets
from engagement.workshop.paper.typed_numbers import say_numbers
from engagement.workshop.rooms import MOST_TABLES

ALL = "all"
CARD_ON_PAPER = (
    "Each card has its number, the words as they were said, and small where they stand in the notes. "
    "Its QR code opens the thread of the voice, for whoever may sign in."
)

OPENED_HERE = (
    "Phones cannot follow these codes: this address means this computer alone. If people are to scan them, "
    "open Common Thread first by the name or number that this computer has in the network."
)


def show_print(visit: Visit, workshop: WorkshopView) -> None:
    """Draw the choice of cards, and the ways to print them and the headings."""
    st.header("Print", anchor=False)
    with visit.record.reading() as session:
        headings = read_sheets(session, visit.person, workshop.id).headings
    with st.container(border=True):
        st.subheader("Cards", anchor=False)
        st.text(CARD_ON_PAPER)
        if urlsplit(find_origin()).hostname in ONLY_HERE:
            st.text(OPENED_HERE)
        choice = choose_cards(workshop, headings)
        with show_refusal():
            with visit.record.reading() as session:
                sheets = read_sheets(session, visit.person, workshop.id, choice)
            offer_cards(workshop, sheets, choice)
    with st.container(border=True):
        st.subheader("Headings", anchor=False)
        offer_headings(workshop, headings)


def choose_cards(workshop: WorkshopView, headings: tuple[Heading, ...]) -> Choice:
    """Draw the choice of a theme and of a table's share."""
    names: dict[int | str, str] = {ALL: "All cards", UNPLACED: "Cards that are not yet placed"}
    names |= {each.theme_id: f"Theme {each.number}: {each.name} ({each.n_cards})" for each in headings}
    of = st.selectbox("Which cards?", list(names), format_func=names.__getitem__, key=f"of-{workshop.id}")
    left, right = st.columns(2)
    n_tables = int(
        left.number_input("Share them among how many tables?", 1, MOST_TABLES, key=f"tables-{workshop.id}")
    )
    table = 1
    if n_tables > 1:
        asked = right.number_input("Print the share of which table?", 1, n_tables, key=f"table-{workshop.id}")
        table = int(asked)
    return Choice(None if of == ALL else of, table, n_tables)


def offer_cards(workshop: WorkshopView, sheets: Sheets, choice: Choice) -> None:
    """Draw the ways to the cards, and say which hold letters that the PDF lacks."""
    if not sheets.cards:
        st.text("There is no card among these. Choose others.")
        return
    asked = {"table": choice.table, "tables": choice.n_tables}
    asked |= {} if choice.of is None else {"of": choice.of}
    lacking = find_unprintable_cards(sheets.cards)
    if lacking:
        st.warning(say_lacking(lacking), icon=":material/translate:")
    n_cards = "1 card" if len(sheets.cards) == 1 else f"{len(sheets.cards):,} cards"
    link_both(f"/paper/{workshop.id}/cards", urlencode(asked), n_cards, prefers_page=bool(lacking))


def say_lacking(lacking: dict[int, str]) -> str:
    """Say which cards hold letters that the PDF cannot show, and what to do."""
    cards = "Card" if len(lacking) == 1 else "Cards"
    letters = "".join(dict.fromkeys("".join(lacking.values())))
    hold = "holds" if len(lacking) == 1 else "hold"
    return (
        f"{cards} {say_numbers(lacking)} {hold} letters that the PDF cannot show: "
        f"{write_plainly(letters[:20])}. Print from the browser page instead: it has more letters."
    )


def offer_headings(workshop: WorkshopView, headings: tuple[Heading, ...]) -> None:
    """Draw the ways to the headings: one for each theme, and empty ones to write on."""
    n_empty = st.number_input(
        "How many empty ones, for themes that people name on paper?",
        0,
        MOST_EMPTY,
        USUAL_EMPTY,
        key=f"empty-{workshop.id}",
    )
    if not headings and not n_empty:
        st.text("There is no theme on this board yet. Ask for some empty headings.")
        return
    n = len(headings) + int(n_empty)
    said = "1 heading" if n == 1 else f"{n} headings"
    link_both(f"/paper/{workshop.id}/headings", urlencode({"empty": int(n_empty)}), said, prefers_page=False)


def link_both(address: str, asked: str, what: str, *, prefers_page: bool) -> None:
    """Draw the way to the PDF and the way to the page, the better one first in weight."""
    with st.container(horizontal=True):
        st.link_button(
            f"Download {what} as PDF",
            f"{address}.pdf?{asked}",
            icon=":material/download:",
            type="secondary" if prefers_page else "primary",
        )
        st.link_button(
            f"Open {what} as a page to print",
            f"{address}?{asked}",
            icon=":material/print:",
            type="primary" if prefers_page else "secondary",
        )
