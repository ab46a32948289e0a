"""How notes become voices: the rule that splits them, words beside the page, names of speakers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from engagement.errors import EngagementError
from engagement.listen.contents import ASIDES, FileFormat, count_words, find_aside
from engagement.listen.mapping import NotesSplit
from engagement.listen.preview import Preview
from engagement.screens.components.plain import write_plainly
from engagement.screens.components.upload import CheckedFile
from engagement.screens.visit import show_refusal

ONE_TURN = "all that one person says until the next one speaks"
SAY_SPLIT = {
    NotesSplit.LINES: "each line",
    NotesSplit.PARAGRAPHS: "each paragraph between blank lines",
    NotesSplit.TURNS: ONE_TURN,
    NotesSplit.SENTENCES: "each sentence",
}
SAY_PAGE_SPLIT = {
    NotesSplit.LINES: "each paragraph, bullet or cell",
    NotesSplit.TURNS: ONE_TURN,
    NotesSplit.SENTENCES: "each sentence",
}
SAY_SUBTITLES_SPLIT = {NotesSplit.LINES: ONE_TURN, NotesSplit.SENTENCES: "each sentence"}


def choose_rule(file: CheckedFile, prompts: Sequence[str], key: str) -> None:
    """Let people choose the rule by which notes are split, as long as nothing was cut by hand."""
    if file.read_like:
        sentence = f"This very file was added before, as “{file.read_like}”, and is split as it was then."
        st.info(write_plainly(sentence), icon=":material/history:")
    said = SAY_SPLIT if file.contents.paragraphs else SAY_PAGE_SPLIT
    said = SAY_SUBTITLES_SPLIT if file.contents.format is FileFormat.SUBTITLES else said
    with st.container():  # is always there, so that the desk below keeps its place on the page
        if file.mapping.cuts:
            st.text(f"One voice is {said[file.mapping.split]}. Undo what was split by hand to change this.")
            return
        splits = list(said)
        chosen = st.radio(
            "One voice is",
            splits,
            splits.index(file.mapping.split),
            format_func=said.__getitem__,
            horizontal=True,
            key=f"{key}-split",
        )
        if any(passage.part.startswith("table ") for passage in file.contents.passages):
            joins_rows = st.checkbox(
                "In tables, a whole row is one voice", file.mapping.joins_rows, key=f"{key}-rows"
            )
            file.mapping = replace(file.mapping, joins_rows=joins_rows)
    if chosen is not file.mapping.split:
        with show_refusal(), st.spinner("Splitting…"):
            change_rule(file, prompts, chosen)


def change_rule(file: CheckedFile, prompts: Sequence[str], split: NotesSplit) -> None:
    """Split a file by another rule, if that can be done; what was cut under the old one cannot come back."""
    before = file.mapping
    file.mapping = replace(before, split=split)
    try:
        file.preview(prompts)
    except EngagementError:
        file.mapping = before
        raise
    file.cuts_before.clear()
    file.cuts_undone.clear()


def choose_names(file: CheckedFile, preview: Preview, key: str) -> None:
    """Let people say whether speakers keep their full names; by default they are numbered."""
    if not preview.names:
        return
    n_names = len(preview.names)
    people = "1 speaker is" if n_names == 1 else f"{n_names} speakers are"
    keeps_names = st.checkbox(
        f"Keep the names of speakers ({people} named in full)",
        file.mapping.keeps_names,
        key=f"{key}-names",
        help="Otherwise they are called Speaker 1, Speaker 2 and so on. The file itself keeps the names.",
    )
    if keeps_names != file.mapping.keeps_names:
        file.mapping = replace(file.mapping, keeps_names=keeps_names)
        st.rerun()


def choose_asides(file: CheckedFile, key: str) -> None:
    """Let people take in words that stand beside the page."""
    n_words: Counter[str] = Counter()
    for passage in file.contents.passages:
        n_words[find_aside(passage.part)] += count_words(passage.text)
    taken = [
        aside
        for aside, reason in ASIDES.items()
        if n_words[aside]
        and st.checkbox(
            f"Take the {n_words[aside]} words {reason} as voices, too",
            aside in file.mapping.taken,
            key=f"{key}-{aside}",
        )
    ]
    file.mapping = replace(file.mapping, taken=tuple(taken))
