"""Cutting notes by hand on a screen: the desk, and beside it the picture of a PDF's page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence

import streamlit as st

from engagement.listen.contents import FileFormat
from engagement.listen.reading import draw_page
from engagement.screens.components.cutting_desk import find_page_shown, show_desk
from engagement.screens.components.upload import CheckedFile
from engagement.screens.visit import show_refusal

KEYS = (
    "Keys, while the desk has the focus: ↓ and ↑ walk. S splits: S again goes to the next sentence, ← and → "
    "by a word, Enter cuts, Esc does not. J joins with the next voice. N marks as your own note, V as a "
    "voice, L leaves out. U undoes, R redoes."
)


def show_by_hand(file: CheckedFile, prompts: Sequence[str]) -> None:
    """Draw the desk beside the page that its words stand on."""
    st.caption(KEYS)
    with show_refusal(), st.spinner("Finding the sentences…"):
        if file.contents.format is not FileFormat.PDF:
            show_desk(file, prompts)
            return
        page, pieces = st.columns(2)
        with page:
            show_picture(file)
        with pieces:
            show_desk(file, prompts)


def show_picture(file: CheckedFile) -> None:
    """Show the page of a PDF on which people are."""
    page = find_page_shown(file)
    if page not in file.pictures:
        file.pictures[page] = draw_page(file.file_name, file.content, page)
    source = f"data:image/png;base64,{b64encode(file.pictures[page]).decode('ascii')}"
    st.html(
        f"<figure class='page'><img src='{source}' alt='Page {page} of the file, as it was written'>"
        f"<figcaption>Page {page} of the file</figcaption></figure>"
    )
