"""How a theming run was made and what people made of it, in words that let people trust it or doubt it."""

from __future__ import annotations

from html import escape

import streamlit as st

from engagement.answer.method_card import MethodCard
from engagement.answer.method_words import (
    LIMITS,
    list_change_lines,
    list_move_lines,
    list_run_lines,
    list_steps,
    list_technical_lines,
)
from engagement.screens.components.method_downloads import offer_downloads
from engagement.screens.components.plain_table import show_table
from engagement.screens.components.second_result import show_reading
from engagement.screens.components.transparency import show_transparency
from engagement.screens.visit import Visit, link_to

STEPS_STYLE = "<style>.steps { max-width: 48rem; } .steps li { margin: 0.4rem 0; }</style>"
HOLDS_NO_WORDS = "The method card holds nobody's words. The page opens in any browser and can be printed."


def show_method(visit: Visit, card: MethodCard) -> None:
    """Show the whole method card, what matters most first, and the ways to take it away."""
    st.text(HOLDS_NO_WORDS)
    offer_downloads(visit, card.run.id)
    show_table("In short", ("What", "In words"), list_run_lines(card))
    st.header("What the machine did", anchor=False)
    items = "".join(
        f"<li><strong>{escape(name)}.</strong> {escape(words)}</li>" for name, words in list_steps(card)
    )
    st.html(f"{STEPS_STYLE}<ol class='steps'>{items}</ol>")
    st.text(LIMITS)
    show_changes(card)
    show_agreement(visit, card)
    with st.expander("The run in full: model, versions, seeds, settings, scores", icon=":material/tune:"):
        show_table("As the run wrote it down", ("What", "Value"), list_technical_lines(card))
    show_transparency(visit, card)


def show_changes(card: MethodCard) -> None:
    """Show what became of each candidate theme and of the voices."""
    st.header("What people changed", anchor=False)
    changes = card.changes
    if changes is None:
        st.text("Nothing was sent to a board yet, so people have changed nothing.")
        return
    lines = list_change_lines(card)
    if lines:
        headings = ("Candidate theme", "Of 10 runs", "What became of it", "Dealt", "Stayed", "Gone elsewhere")
        show_table("Each candidate theme and what became of it", headings, lines)
    if changes.added:
        show_table(
            "Themes that people added",
            ("Theme", "Voices", "Merged into"),
            [(each.name, each.n_voices, each.merged_into) for each in changes.added],
        )
    show_table("What became of the voices", ("Voices", "How many"), list_move_lines(card), has_total=True)


def show_agreement(visit: Visit, card: MethodCard) -> None:
    """Show what second people found, or the way to ask one."""
    st.header("How far people agree", anchor=False)
    for reading in card.readings:
        show_reading(reading)
    if not card.readings:
        st.text("No second person has themed a sample yet, so how far people agree is not known.")
    if card.board is not None:
        asked = {"engagement": str(visit.engagement_id), "workshop": str(card.board.workshop_id)}
        st.page_link(
            link_to("second_theming.py"),
            label="Let a second person theme a sample",
            icon=":material/repeat:",
            query_params=asked,
        )
