"""Which workshop a screen is about, and the token with which its page asks the live routes."""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from engagement.people.board_tokens import mint_token
from engagement.people.permissions import Person
from engagement.workshop.boards import WorkshopView

RENEW_AFTER_S = 20 * 60


def choose_workshop(workshops: Sequence[WorkshopView]) -> WorkshopView:
    """Choose the workshop of the address, or else the one whose themes the ledger follows."""
    asked = st.query_params.get("workshop", "")
    named = [workshop for workshop in workshops if str(workshop.id) == asked]
    counting = [workshop for workshop in workshops if workshop.counts]
    chosen = (named or counting or list(workshops))[0]
    if len(workshops) > 1:
        ids = [workshop.id for workshop in workshops]
        names = {workshop.id: workshop.name for workshop in workshops}
        picked = st.selectbox("Workshop", ids, index=ids.index(chosen.id), format_func=names.__getitem__)
        chosen = next(workshop for workshop in workshops if workshop.id == picked)
        if asked != str(chosen.id):
            st.query_params["workshop"] = str(chosen.id)
    return chosen


def get_token(workshop_id: int, person: Person) -> str:
    """Give the token of this tab: the same from run to run, a fresh one before it is old."""
    whose = (workshop_id, person.account_id, str(person.role))
    kept = st.session_state.get("board_token")
    if kept is None or kept["whose"] != whose or time.time() - kept["made_at"] > RENEW_AFTER_S:
        kept = {"whose": whose, "made_at": time.time(), "token": mint_token(workshop_id, person)}
        st.session_state["board_token"] = kept
    return str(kept["token"])
