"""What would happen if paper were brought back, in sentences and a table."""

from __future__ import annotations

import streamlit as st

from engagement.screens.components.plain import write_plainly
from engagement.screens.components.plain_table import show_table
from engagement.workshop.paper.dry_run import DryRun, ThemeOutlook
from engagement.workshop.paper.paper_lists import Mistake

COLUMNS = ("Theme", "Cards come", "Cards go", "Cards stay", "Also speak here")


def show_dry_run(dry: DryRun) -> bool:
    """Show what would happen, and tell whether it can be done."""
    st.subheader("What would happen", anchor=False)
    show_mistakes([mistake for mistake in dry.mistakes if mistake.stops], must_mend=True)
    show_mistakes([mistake for mistake in dry.mistakes if not mistake.stops], must_mend=False)
    if dry.themes:
        show_table(
            "Themes that would change",
            COLUMNS,
            [(name_theme(each), each.n_come, each.n_go, each.n_stay, each.n_also) for each in dry.themes],
        )
    st.text(say_rest(dry))
    return dry.is_clean and dry.changes_something


def name_theme(outlook: ThemeOutlook) -> str:
    """Name a theme, and say when it is new."""
    return f"{outlook.name} (new)" if outlook.is_new else outlook.name


def say_rest(dry: DryRun) -> str:
    """Say what happens to cards under no theme."""
    if not dry.changes_something:
        return "Nothing would change: the board stands as these lists say already."
    parked = {0: "No card would be parked.", 1: "1 card would be parked."}.get(
        dry.n_parked, f"{dry.n_parked:,} cards would be parked."
    )
    left = {0: "Every card is on a list.", 1: "1 card is on no list and stays where it is."}.get(
        dry.n_unlisted, f"{dry.n_unlisted:,} cards are on no list and stay where they are."
    )
    return f"{parked} {left} Nothing has been changed yet."


def show_mistakes(mistakes: list[Mistake], *, must_mend: bool) -> None:
    """Draw what to look at again, one sentence for each."""
    if not mistakes:
        return
    lines = "\n".join(f"- {write_plainly(each.where)}: {write_plainly(each.says)}" for each in mistakes)
    if must_mend:
        st.error(f"Mend this first, then show again what would happen.\n\n{lines}", icon=":material/error:")
    else:
        st.warning(f"Look at this once more.\n\n{lines}", icon=":material/warning:")
