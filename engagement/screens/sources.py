"""Screen: sources, to add notes or a survey and to see what still needs somebody."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from engagement.engagements import list_prompts
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.answers import list_answers_aside
from engagement.listen.erasing.plans import DueSource, list_due, list_of_source
from engagement.listen.importing import find_added_files
from engagement.listen.known_mappings import find_known_mapping
from engagement.listen.reading import read_uploads
from engagement.listen.sources import SourceView, change_details, list_sources
from engagement.listen.typed.photos import list_photos
from engagement.listen.withdrawals import bring_back_source, withdraw_source
from engagement.people.permissions import Act, can_act
from engagement.screens.components.dates import say_date
from engagement.screens.components.details_form import edit_details
from engagement.screens.components.erase_answers import (
    offer_answer_erasure,
    say_answers,
    show_answers_aside,
)
from engagement.screens.components.erase_form import offer_erasure
from engagement.screens.components.photo_panel import show_kept_photos
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.source_page import show_receipt, show_source_facts, use_source_style
from engagement.screens.components.upload import get_upload, keep_upload
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal
from engagement.settings import read_settings


def main() -> None:
    """Show the way in, then every source."""
    visit = open_visit("Sources")
    use_source_style()
    if said := st.session_state.pop("said", ""):
        st.success(write_plainly(said), icon=":material/check_circle:")
    with visit.record.reading() as session:
        sources = list_sources(session, visit.person, visit.engagement_id)
    may_add = can_act(visit.person, Act.ADD_SOURCE)
    if may_add:
        show_way_in(visit, is_first=not sources)
    show_due(visit)
    if sources:
        show_sources(visit, sources, may_add)
    elif not may_add:
        st.text("There are no sources yet. A facilitator adds the notes of a focus group or a survey here.")


def show_way_in(visit: Visit, *, is_first: bool) -> None:
    """Draw the main act: choose files, then check the words."""
    limit = read_settings().max_upload_mb
    with st.container(border=True):
        st.header("Add notes or a survey", anchor=False)
        if is_first:
            st.text(
                "There are no sources yet. Begin here: choose the notes of one or more groups, or a survey. "
                "You see every voice before anything is saved."
            )
        files = st.file_uploader(
            "Notes (.docx, .odt, .pdf, .txt, .md), surveys (.xlsx, .ods, .csv) or transcripts (.vtt, .srt): "
            f"several at once, up to {limit} MB each",
            accept_multiple_files=True,
            max_upload_size=limit,
            key="files",
        )
        if st.button("Read and check the words", type="primary", disabled=not files):
            read_and_check(visit, [(file.name, file.getvalue()) for file in files])
        st.page_link(
            link_to("type_in.py"), label="Type in what people say, at a drop-in", icon=":material/keyboard:"
        )
        if get_upload(visit.engagement_id):
            st.page_link(
                link_to("check_words.py"),
                label="Go on checking the files you chose before",
                icon=":material/undo:",
            )


def read_and_check(visit: Visit, files: list[tuple[str, bytes]]) -> None:
    """Read the files apart from this process, then go on to the check."""
    with st.spinner(f"Reading {len(files)} {'file' if len(files) == 1 else 'files'}…"):
        read_files = read_uploads(files)
    with visit.record.reading() as session:
        prompts = [prompt.text for prompt in list_prompts(session, visit.engagement_id)]
        hashes = [each.sha256 for each in read_files]
        added = find_added_files(session, visit.person, visit.engagement_id, hashes)
        known = {
            each.sha256: found
            for each in read_files
            if each.contents and (found := find_known_mapping(session, each.contents, each.sha256))
        }
    keep_upload(visit.engagement_id, read_files, prompts, added, known)
    st.switch_page(link_to("check_words.py"))


def show_due(visit: Visit) -> None:
    """List what is kept longer than people were told; nothing is erased without somebody who decides."""
    with visit.record.reading() as session:
        due = list_due(session, visit.person, visit.engagement_id, date.today())
    if not due:
        return
    with st.container(border=True):
        st.header("Due for erasure", anchor=False)
        st.text("People were told that these words are kept until a day that is over. A lead decides.")
        for source in due:
            show_due_source(visit, source)


def show_due_source(visit: Visit, source: DueSource) -> None:
    """Draw one source that is kept for too long, with the ways to erase what is left of it."""
    words = "1 voice" if source.n_voices == 1 else f"{source.n_voices} voices"
    aside = f"{say_answers(source.n_answers)} set aside"
    left = [said for said, n in ((words, source.n_voices), (aside, source.n_answers)) if n]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"{source.title}: kept until {say_date(source.keep_until)}, {', '.join(left)}")
        if source.n_voices:
            find = partial(list_of_source, source_id=source.id)
            offer_erasure(visit, f"Erase {words} for good", f"due-{source.id}", find)
        if source.n_answers and can_act(visit.person, Act.ERASE):
            with visit.record.reading() as session:
                answers = list_answers_aside(session, visit.person, source.id)
            ids = [each.id for each in answers]
            offer_answer_erasure(visit, f"Erase {aside} for good", f"due-answers-{source.id}", source.id, ids)


def show_sources(visit: Visit, sources: tuple[SourceView, ...], may_change: bool) -> None:
    """List the sources, those that still need somebody counted first."""
    n_voices = sum(source.n_voices for source in sources)
    n_needing = sum(bool(source.needs) for source in sources)
    need = "needs" if n_needing == 1 else "need"
    needing = f" · {n_needing} still {need} details" if n_needing else " · all details are there"
    counted = "1 source" if len(sources) == 1 else f"{len(sources)} sources"
    st.header(f"{counted}, {n_voices:,} voices{needing}", anchor=False)
    for source in sources:
        show_source(visit, source, may_change)


def show_source(visit: Visit, source: SourceView, may_change: bool) -> None:
    """Draw one source with the ways on from it."""
    with st.container(border=True):
        show_source_facts(source)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.page_link(
                link_to("voices.py"),
                label="Read its 1 voice" if source.n_voices == 1 else f"Read its {source.n_voices} voices",
                icon=":material/record_voice_over:",
                query_params={"engagement": str(visit.engagement_id), "source": str(source.id)},
            )
            is_open = st.toggle("Details and receipt", key=f"details-{source.id}")
        if is_open:
            show_details(visit, source, may_change)


def show_details(visit: Visit, source: SourceView, may_change: bool) -> None:
    """Show everything about one source; whoever may, puts it right."""
    st.text(f"From the file {source.file_name}, added by {source.added_by} on {say_date(source.added_at)}.")
    if may_change:
        with st.form(f"form-{source.id}", border=False):
            details = edit_details(source.details, f"source-{source.id}")
            if st.form_submit_button("Save the details", type="primary"):
                save_details(visit, source.id, details)
    if source.receipt:
        show_receipt(source.receipt)
    with visit.record.reading() as session:
        photos = list_photos(session, visit.person, source.id)
    show_kept_photos(visit, photos)
    show_answers_aside(visit, source.id)
    if can_act(visit.person, Act.WITHDRAW_VOICE):
        offer_withdrawal(visit, source)
    if source.n_withdrawn == source.n_voices and source.n_erased < source.n_voices:
        find = partial(list_of_source, source_id=source.id)
        offer_erasure(visit, "Erase the whole source for good", f"source-{source.id}", find)


def offer_withdrawal(visit: Visit, source: SourceView) -> None:
    """Draw the way to take back all that a source holds, and to bring it back."""
    title = source.details.title
    if source.n_withdrawn < source.n_voices:
        with st.popover("Withdraw the whole source"), st.form(f"withdraw-source-{source.id}", border=False):
            st.text("All its voices leave the board, quotes and exports. The file and the count stay.")
            reason = st.text_input("Why? (no names)", max_chars=1000)
            if st.form_submit_button("Withdraw all its voices", type="primary"):
                with show_refusal():
                    with visit.record.writing() as session:
                        n_gone = withdraw_source(session, visit.person, source.id, reason)
                    st.session_state["said"] = f"Withdrew {n_gone} voices of “{title}”."
                    st.rerun()
    if source.n_withdrawn > source.n_erased and st.button(
        "Bring its voices back", key=f"back-source-{source.id}"
    ):
        with show_refusal():
            with visit.record.writing() as session:
                n_back = bring_back_source(session, visit.person, source.id)
            st.session_state["said"] = f"{n_back} voices of “{title}” are back."
            st.rerun()


def save_details(visit: Visit, source_id: int, details: SourceDetails) -> None:
    """Keep what was put right, and show the list as it is now."""
    with show_refusal():
        with visit.record.writing() as session:
            change_details(session, visit.person, source_id, details)
        st.session_state["said"] = f"Saved the details of “{details.title}”."
        st.rerun()


main()
