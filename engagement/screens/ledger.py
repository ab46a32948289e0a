"""Screen: the ledger, in which every voice is in exactly one state and the states add up."""

from __future__ import annotations

import streamlit as st

from engagement.answer.export_tables import STATES, list_counts
from engagement.answer.ledger import Ledger, SourceLedger, count_ledger, count_ledger_by_source
from engagement.answer.parked import ParkedReason, list_parked_reasons
from engagement.screens.components.dates import say_moment
from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import link_to, open_visit
from models.base import utc_now

MEANINGS = {
    "not yet themed": "It stands in no theme yet",
    "themed": "It stands in an agreed theme that is in no priority yet",
    "in a priority": "Its theme was chosen for a priority",
    "referred": "It was passed on to an organisation that can act",
    "parked": "People put it aside, with a reason",
    "withdrawn": "Those who said it took it back",
}
PRINT = """<style>
@media print {
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stToolbar"],
  .stBidiComponent { display: none; }
  .stMainBlockContainer { padding: 0; max-width: none; }
  .plain { overflow: visible; }
  .plain tr { break-inside: avoid; }
}
.sum { font-size: 1.5rem; font-weight: 600; margin: 0; }
</style>"""


def main() -> None:
    """Show the sum, what each state means, and the ledger of each source."""
    visit = open_visit("Ledger")
    with visit.record.reading() as session:
        ledger = count_ledger(session, visit.engagement_id)
        by_source = count_ledger_by_source(session, visit.engagement_id)
        reasons = list_parked_reasons(session, visit.person, visit.engagement_id)
    if not ledger.total:
        st.text("There are no voices yet. The ledger counts voices.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey first")
        return
    show_sum(ledger)
    show_states(ledger)
    show_sources(by_source, ledger)
    show_reasons(reasons)
    st.text("To print this page, use Print in your browser's menu.")


def show_sum(ledger: Ledger) -> None:
    """Say whether the six states make the number of voices."""
    numbers = " + ".join(f"{count:,}" for count in list_counts(ledger))
    st.html(f"{PRINT}<p class='sum'>{numbers} = {ledger.added_up:,}</p>")
    if ledger.adds_up:
        st.text(
            f"The ledger adds up: each of the {ledger.total:,} voices is in exactly one state. "
            f"Counted on {say_moment(utc_now())}."
        )
    else:
        st.error(
            f"The ledger does not add up: there are {ledger.total:,} voices. "
            "Ask whoever looks after this service to run the check.",
            icon=":material/error:",
        )


def show_states(ledger: Ledger) -> None:
    """Show each state with what it means and how many voices are in it."""
    counted = zip(STATES, list_counts(ledger), strict=True)
    rows = [(state.capitalize(), MEANINGS[state], count) for state, count in counted]
    show_table(
        "Where the voices are",
        ("State", "What it means", "Voices"),
        [*rows, ("All", "", ledger.total)],
        has_total=True,
    )


def show_sources(by_source: tuple[SourceLedger, ...], whole: Ledger) -> None:
    """Show the ledger of each source."""
    rows = [(each.title, *list_counts(each.ledger), each.ledger.total) for each in by_source]
    show_table(
        "Where the voices of each source are",
        ("Source", *(state.capitalize() for state in STATES), "Voices"),
        [*rows, ("All sources", *list_counts(whole), whole.total)],
        has_total=True,
    )


def show_reasons(reasons: tuple[ParkedReason, ...]) -> None:
    """Show why voices were parked."""
    if reasons:
        rows = [(each.reason, each.n_voices) for each in reasons]
        show_table("Why voices were parked", ("Reason", "Voices"), rows)


main()
