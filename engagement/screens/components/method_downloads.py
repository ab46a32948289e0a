"""The method card to take away: as a page, and its transparency record as JSON and CSV."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from engagement.answer.method_exports import export_csv, export_json, export_page
from engagement.people.permissions import Act, can_act
from engagement.screens.visit import Visit

FORMS = (
    ("Download the method card (page)", export_page, "html", "text/html"),
    ("Transparency record (JSON)", export_json, "json", "application/json"),
    ("Transparency record (CSV)", export_csv, "csv", "text/csv"),
)


def offer_downloads(visit: Visit, run_id: int | None = None) -> None:
    """Offer each form to those who may download; a file is made when somebody presses the button."""
    if not can_act(visit.person, Act.EXPORT):
        return
    with st.container(horizontal=True):
        for label, export, ending, mime in FORMS:
            st.download_button(
                label,
                make_file(visit, export, run_id),
                file_name=f"how-this-was-made-{date.today():%Y-%m-%d}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"method-{ending}",
            )


def make_file(visit: Visit, export: Callable[..., bytes], run_id: int | None) -> Callable[[], bytes]:
    """Give what makes one file, in a transaction of its own; the download stands in the record."""

    def make() -> bytes:
        with visit.record.writing() as session:
            return export(session, visit.person, visit.engagement_id, date.today(), run_id)

    return make
