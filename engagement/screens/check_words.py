"""Screen: check the words of an upload before anything is saved."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from engagement.errors import EngagementError
from engagement.listen.columns import recognise_tool
from engagement.listen.details import SourceDetails
from engagement.listen.importing import Upload, look_ahead, save_uploads
from engagement.listen.notes import choose_passages
from engagement.listen.preview import Preview, list_new_prompts
from engagement.listen.sheets import get_sheet
from engagement.people.permissions import Act
from engagement.screens.components.alike import use_alike_style
from engagement.screens.components.by_hand import show_by_hand
from engagement.screens.components.cutting_desk import take_acts
from engagement.screens.components.details_form import edit_details
from engagement.screens.components.equal_form import choose_equal
from engagement.screens.components.mapping_form import edit_mapping
from engagement.screens.components.notes_rule import choose_asides, choose_names, choose_rule
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.source_page import show_found, show_page, show_receipt, use_source_style
from engagement.screens.components.upload import CheckedFile, CheckedUpload, drop_upload, get_upload
from engagement.screens.visit import Visit, keep_notice, link_to, open_visit, show_refusal

VOICES_SHOWN = 40
SAVE_ASKED = "save_asked"


def main() -> None:
    """Show what would be saved, one file at a time, and the button that saves all of it."""
    visit = open_visit("Check the words", Act.ADD_SOURCE)
    upload = get_upload(visit.engagement_id)
    if upload is None:
        st.text("There is nothing to check. Choose your files first: you come back here with them.")
        st.page_link(link_to("sources.py"), label="Add notes or a survey", icon=":material/upload_file:")
        return
    if upload.said:
        leave_saved(upload.said)
    use_source_style()
    use_alike_style()
    for error in upload.errors:
        st.error(write_plainly(error), icon=":material/error:")
    files = show_known_files(upload)
    if not files:
        offer_way_back("None of these files can be added.")
        return
    for file in files:
        take_acts(file, upload.prompts)
    summary = st.container()
    file = choose_file(upload, files)
    show_file(visit, upload, file)
    with summary:
        show_summary(visit, upload, files)


def show_known_files(upload: CheckedUpload) -> list[CheckedFile]:
    """Say which files have been added before, and give the others."""
    for file in upload.files:
        if file.added_as:
            sentence = f"“{file.file_name}” has been added before, as “{file.added_as}”. It is left out."
            st.info(write_plainly(sentence), icon=":material/content_copy:")
    return [file for file in upload.files if not file.added_as]


def show_summary(visit: Visit, upload: CheckedUpload, files: list[CheckedFile]) -> None:
    """Draw the sum of everything and the main act."""
    previews = [file.preview(upload.prompts) for file in files]
    n_voices = sum(preview.n_voices for preview in previews)
    n_sources = len(files)
    sources = f"{n_sources} {'source' if n_sources == 1 else 'sources'}"
    st.header(f"{sources}, {n_voices:,} voices. Nothing is saved yet.", anchor=False)
    new_prompts = list_new_prompts(previews)
    if new_prompts:
        st.text("Prompts that this will add: " + " / ".join(new_prompts[:10]))
    with st.container(horizontal=True):
        st.button(
            f"Save {n_voices:,} voices",
            type="primary",
            disabled=n_voices == 0,
            key="save",
            on_click=ask_to_save,
        )
        if st.session_state.get(SAVE_ASKED, False):
            save(visit, upload, files)
        if st.button("Throw this upload away"):
            drop_upload()
            st.switch_page(link_to("sources.py"))


def ask_to_save() -> None:
    """Note that somebody wants to save, so that no key pressed at the desk meanwhile drops the click."""
    st.session_state[SAVE_ASKED] = True


def save(visit: Visit, upload: CheckedUpload, files: list[CheckedFile]) -> None:
    """Save every file or none, and go back to the sources.

    What was saved is noted on the upload at once: a key at the desk may end this run before the next screen.
    """
    with show_refusal():
        uploads = look_first(upload, files)
        del st.session_state[SAVE_ASKED]
        with visit.record.writing() as session:
            saved = save_uploads(session, visit.person, visit.engagement_id, uploads)
        n_voices, n_equal = sum(each.n_voices for each in saved), sum(each.n_equal for each in saved)
        n_once = sum(each.n_counted_once for each in saved)
        once = f", {n_once} counted once" if n_once else ""
        kept = f" {n_equal} of them were said before in the same words; all are kept{once}."
        equal = kept if n_equal else ""
        sources = "1 source" if len(saved) == 1 else f"{len(saved)} sources"
        n_marks = sum(each.n_marks for each in saved)
        marks = (
            f" Places that may point at a person: {n_marks}. Look at them under Personal data."
            if n_marks
            else ""
        )
        upload.said = f"Saved {n_voices:,} voices from {sources}.{equal}{marks}"
        leave_saved(upload.said)


def look_first(upload: CheckedUpload, files: list[CheckedFile]) -> tuple[Upload, ...]:
    """Look at all words. A key pressed meanwhile ends this run; that somebody wants to save stays noted."""
    try:
        with st.spinner("Looking for languages, and for what may point at a person…"):
            return look_ahead([file.make_upload() for file in files], upload.prompts)
    except EngagementError:
        del st.session_state[SAVE_ASKED]
        raise


def leave_saved(said: str) -> None:
    """Go back to the sources and say there what was saved."""
    keep_notice(said)
    drop_upload()
    st.switch_page(link_to("sources.py"))


def choose_file(upload: CheckedUpload, files: list[CheckedFile]) -> CheckedFile:
    """Let people go through the files one by one."""
    if len(files) == 1:
        return files[0]
    names = [
        f"{number} of {len(files)}: {file.file_name} ({file.preview(upload.prompts).n_voices} voices)"
        for number, file in enumerate(files, start=1)
    ]
    return files[st.selectbox("File to look at", range(len(files)), format_func=names.__getitem__)]


def show_file(visit: Visit, upload: CheckedUpload, file: CheckedFile) -> None:
    """Draw one file: how it is split, its voices, its details and its receipt."""
    key = file.sha256[:12]
    choose_split(upload, file, key)
    preview = file.preview(upload.prompts)
    with st.container():  # is always there, so that what stands below keeps its place
        for warning in preview.warnings:
            st.warning(write_plainly(warning), icon=":material/info:")
    words, details = st.tabs(["Words", "Details and consent"])
    with words:
        with st.container():
            choose_names(file, preview, key)
        with st.container():
            choose_equal(visit, file, preview.voices)
        show_words(upload, file, preview, key)
    with details:
        file.details = edit_details(file.details, key)
        if len(upload.files) > 1 and st.button(f"Use this consent for all {len(upload.files)} files"):
            share_consent(upload, file.details)


def share_consent(upload: CheckedUpload, details: SourceDetails) -> None:
    """Give every file of the upload the same wording and permissions."""
    names = ("consent_wording", "may_use", "may_quote", "may_pass_on", "may_tell_story", "keep_until")
    agreed = {name: getattr(details, name) for name in names}
    for file in upload.files:
        file.details = replace(file.details, **agreed)
    st.success("Every file now has this consent.", icon=":material/check_circle:")


def choose_split(upload: CheckedUpload, file: CheckedFile, key: str) -> None:
    """Let people say how the file becomes voices."""
    if file.contents.encoding:
        separator = f", columns set apart by {file.contents.separator}" if file.contents.separator else ""
        st.caption(write_plainly(f"Read as {file.contents.encoding}{separator}."))
    if file.contents.is_sheet:
        say_how_read(file)
        with st.expander("Which column is what", expanded=True):
            file.mapping = edit_mapping(file.contents, file.mapping, upload.prompts, key)
        return
    choose_rule(file, upload.prompts, key)
    choose_asides(file, key)


def say_how_read(file: CheckedFile) -> None:
    """Say which survey tool wrote a sheet, and whether its columns were decided about before."""
    if file.read_like:
        sentence = (
            f"Read like “{file.read_like}”, which has the same columns. Look whether it fits this time."
        )
        st.info(write_plainly(sentence), icon=":material/history:")
    elif tool := recognise_tool(get_sheet(file.contents, file.mapping.sheet)):
        st.info(
            f"This looks like an export of {tool.name}. Look whether the columns fit.",
            icon=":material/table:",
        )


def show_words(upload: CheckedUpload, file: CheckedFile, preview: Preview, key: str) -> None:
    """Draw the page of the source beside its voices, and the receipt under them."""
    if file.contents.is_sheet:
        show_voices(preview, key)
    elif st.toggle("Split and join by hand", key=f"{key}-by-hand"):
        show_by_hand(file, upload.prompts)
    else:
        page, found = st.columns(2)
        with page:
            st.subheader("The page", anchor=False)
            st.caption("Marked words become voices. The rest is kept in the file.")
            show_page(choose_passages(file.contents, file.mapping.split), preview.voices)
        with found:
            show_voices(preview, key)
    show_receipt(preview.receipt)


def show_voices(preview: Preview, key: str) -> None:
    """Draw the voices that would be saved, some at a time."""
    st.subheader(f"{preview.n_voices:,} voices", anchor=False)
    n_pages = max(1, -(-preview.n_voices // VOICES_SHOWN))
    page = st.pagination(n_pages, key=f"{key}-page") if n_pages > 1 else 1
    first = (page - 1) * VOICES_SHOWN
    show_found(preview.voices[first : first + VOICES_SHOWN], first + 1)


def offer_way_back(sentence: str) -> None:
    """Say that there is nothing to save, and lead back."""
    st.text(f"{sentence} Nothing was saved.")
    if st.button("Choose other files", type="primary"):
        drop_upload()
        st.switch_page(link_to("sources.py"))


main()
