"""Theming runs kept in memory between reruns of a screen."""

from __future__ import annotations

import streamlit as st

from engagement.screens.visit import Visit, get_record
from engagement.theming_runs.keeping import load_run
from engagement.theming_runs.views import LoadedRun


@st.cache_resource(max_entries=8, show_spinner=False)
def keep_run(url: str, run_id: int, _visit: Visit) -> LoadedRun:
    """Keep the tree of a run of the record at ``url`` in memory, so that the slider answers at once."""
    with get_record().reading() as session:
        return load_run(session, _visit.person, run_id)
