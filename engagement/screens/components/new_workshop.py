"""What is asked of a workshop before its board is made: its name and its day."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engagement.screens.visit import Visit
from engagement.workshop.boards import list_workshops


def ask_name_and_day(visit: Visit) -> tuple[str, date | None]:
    """Draw both fields within a form; the name is a number that can be typed over."""
    with visit.record.reading() as session:
        boards = list_workshops(session, visit.person, visit.engagement_id)
    number = 1 + sum(board.trunk_id is None for board in boards)
    name = st.text_input("Name of the workshop", value=f"Workshop {number}", max_chars=200)
    return name, st.date_input("Day of the workshop (if known)", value=None, format="DD/MM/YYYY")
