"""Screen: download the whole engagement as a spreadsheet, after a look at what goes in."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engagement.answer.exports import describe_workbook, export_workbook
from engagement.answer.method_card import has_run
from engagement.people.permissions import Act, can_act
from engagement.screens.components.method_downloads import offer_downloads
from engagement.screens.components.plain_table import show_table
from engagement.screens.visit import Visit, link_to, open_visit

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def main() -> None:
    """Show what goes in, then offer the download."""
    visit = open_visit("Report")
    is_working_copy = st.toggle(
        "Working copy: also hold the words that may not be quoted",
        key="working-copy",
        help="For those who work on the engagement. Do not pass it on.",
    )
    with visit.record.reading() as session:
        words = describe_workbook(session, visit.person, visit.engagement_id, is_working_copy=is_working_copy)
    if not words.n_voices:
        st.text("There are no voices yet, so there is nothing to download.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey first")
        return
    offer_download(visit, is_working_copy)
    show_table("What goes in", ("What", "In words"), words.lines)
    offer_method(visit)


def offer_download(visit: Visit, is_working_copy: bool) -> None:
    """Offer the spreadsheet; it is made when somebody presses the button."""
    if not can_act(visit.person, Act.EXPORT):
        st.text("You may read everything here, but not download it. Ask a facilitator for the spreadsheet.")
        return
    st.download_button(
        "Download the spreadsheet (xlsx)",
        lambda: make_workbook(visit, is_working_copy),
        file_name=f"{name_file(visit)}.xlsx",
        mime=XLSX,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
    )


def offer_method(visit: Visit) -> None:
    """Offer the method card, once there are candidate themes to explain."""
    with visit.record.reading() as session:
        is_made = has_run(session, visit.person, visit.engagement_id)
    if not is_made:
        return
    st.header("How this was made", anchor=False)
    st.text("What the machine did, what people changed and how far people agree. It holds nobody's words.")
    offer_downloads(visit)
    st.page_link(link_to("method.py"), label="Read it here", icon=":material/info:")


def make_workbook(visit: Visit, is_working_copy: bool) -> bytes:
    """Make the spreadsheet; the download stands in the record."""
    with visit.record.writing() as session:
        return export_workbook(
            session, visit.person, visit.engagement_id, is_working_copy=is_working_copy, today=date.today()
        )


def name_file(visit: Visit) -> str:
    """Name the file after the engagement and the day, with nothing that a disk refuses."""
    name = visit.engagement.name if visit.engagement else ""
    words = "".join(letter if letter.isalnum() else " " for letter in name).split()
    return f"{'-'.join(words) or 'engagement'}-{date.today():%Y-%m-%d}"


main()
