"""How far long work is, and a way to stop it."""

from __future__ import annotations

import streamlit as st

from engagement.jobs import find_newest_job, stop_job
from engagement.screens.visit import Visit

PROGRESS_EVERY_S = 1.0


@st.fragment(run_every=PROGRESS_EVERY_S)
def watch_job(visit: Visit, kind: str) -> None:
    """Show how far the newest job of a kind is, and let people stop it; draw the screen anew at its end."""
    with visit.record.reading() as session:
        job = find_newest_job(session, visit.engagement_id, kind)
    if job is None or not job.is_open:
        st.rerun(scope="app")
        return
    st.progress(job.share_done, text=job.message)
    st.text("You can leave this page; the work goes on.")
    if st.button("Stop", icon=":material/stop_circle:"):
        with visit.record.writing() as session:
            stop_job(session, visit.person, job.id)
