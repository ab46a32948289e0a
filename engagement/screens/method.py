"""Screen: how the candidate themes were made, what people changed, and how far people agree."""

from __future__ import annotations

import streamlit as st

from engagement.answer.method_card import build_method_card, has_run
from engagement.screens.components.address import read_number
from engagement.screens.components.method import show_method
from engagement.screens.visit import link_to, open_visit, show_refusal


def main() -> None:
    """Show the method card of the run in the address, or of the run behind the board that counts."""
    visit = open_visit("How this was made")
    with visit.record.reading() as session:
        is_made = has_run(session, visit.person, visit.engagement_id)
    if not is_made:
        st.text("No candidate themes were made yet, so there is nothing to explain.")
        st.page_link(link_to("candidate_themes.py"), label="Ask for candidate themes first")
        return
    with show_refusal():
        with visit.record.reading() as session:
            card = build_method_card(session, visit.person, visit.engagement_id, read_number("run"))
        show_method(visit, card)


main()
