"""The decision log of a workshop to take away, in each of its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from engagement.answer.decision_log_exports import export_log_csv, export_log_docx, export_log_page
from engagement.people.permissions import Act, can_act
from engagement.screens.visit import Visit
from engagement.workshop.boards import WorkshopView

FORMS = (
    (
        "Decision log (Word)",
        export_log_docx,
        "docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("Decision log (page)", export_log_page, "html", "text/html"),
    ("Decision log (CSV)", export_log_csv, "csv", "text/csv"),
)


def offer_decision_log(visit: Visit, workshop: WorkshopView) -> None:
    """Offer each form to those who may download; a file is made when somebody presses the button."""
    if not can_act(visit.person, Act.EXPORT):
        return
    with st.container(horizontal=True):
        for label, export, ending, mime in FORMS:
            st.download_button(
                label,
                make_file(visit, export, workshop.id),
                file_name=f"decision-log-{workshop.id}-{date.today():%Y-%m-%d}.{ending}",
                mime=mime,
                icon=":material/download:",
                on_click="ignore",
                key=f"log-{ending}-{workshop.id}",
            )


def make_file(visit: Visit, export: Callable[..., bytes], workshop_id: int) -> Callable[[], bytes]:
    """Give what makes one file, in a transaction of its own; the download stands in the record."""

    def make() -> bytes:
        with visit.record.writing() as session:
            return export(session, visit.person, workshop_id, date.today())

    return make
