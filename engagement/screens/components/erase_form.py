"""Erasing for good: what it would do is told first, and it is confirmed by typing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

from engagement.listen.erasing.answers import count_answers_aside
from engagement.listen.erasing.cleaning import NOT_CLEANED, finish_erasures, list_copies
from engagement.listen.erasing.confirming import CONFIRMATION
from engagement.listen.erasing.erase import erase_voices
from engagement.listen.erasing.plans import ErasurePlan, plan_erasure
from engagement.listen.typed.photos import list_photos
from engagement.people.permissions import Act, can_act
from engagement.screens.visit import Visit, keep_notice, show_refusal
from models.consent import KeptFile

FindVoices = Callable[[Any], tuple[int, ...]]
"""Finds the voices to erase, given a session."""
SAY_KEPT = {
    KeptFile.SAME_FORMAT: "Keep the file in its own format, with blanks in the place of these words",
    KeptFile.TEXT_COPY: "Keep a text copy of what remains instead of the file",
    KeptFile.NOTHING: "Keep nothing of the file",
}


def offer_erasure(visit: Visit, label: str, key: str, find: FindVoices) -> None:
    """Draw the way to erase what ``find`` finds, for whoever may; the plan is made when it is opened."""
    if not can_act(visit.person, Act.ERASE):
        return
    with st.popover(label, key=f"erase-{key}", on_change="rerun") as opened:
        if opened.open:
            with show_refusal():
                show_plan(visit, key, find)


def show_plan(visit: Visit, key: str, find: FindVoices) -> None:
    """Tell what would be erased, and ask for the word that confirms it."""
    with visit.record.reading() as session:
        voice_ids = find(session)
        plan = plan_erasure(session, visit.person, voice_ids, date.today())
    for sentence in describe_plan(visit, plan):
        st.text(sentence)
    with st.form(f"erase-form-{key}", border=False):
        ways = list_ways(plan)
        kept = st.radio("The file", ways, format_func=SAY_KEPT.__getitem__, key=f"erase-file-{key}")
        typed = st.text_input(
            f"Type “{CONFIRMATION}” to confirm", autocomplete="off", key=f"erase-word-{key}"
        )
        if st.form_submit_button("Erase for good", type="primary"):
            with visit.record.writing() as session:
                erase_voices(session, visit.person, voice_ids, typed=typed, kept=kept, today=date.today())
            keep_notice(say_done(visit, plan))
            st.rerun()


def list_ways(plan: ErasurePlan) -> list[KeptFile]:
    """List what may stand in the file's place."""
    ways = [] if plan.redacted is None else [KeptFile.SAME_FORMAT]
    ways.append(KeptFile.TEXT_COPY)
    return [*ways, KeptFile.NOTHING] if plan.is_whole else ways


def describe_plan(visit: Visit, plan: ErasurePlan) -> list[str]:
    """Say what an erasure does and what it does not reach."""
    voices = "1 voice" if plan.n_voices == 1 else f"{plan.n_voices} voices"
    said = [
        f"This cannot be undone. The words of {voices} of “{plan.source_title}” leave the record and the "
        f"file {plan.file_name}, with their translations and all that was made of them. That they were "
        "there, how many they were and in which theme stays.",
    ]
    if not plan.is_found:
        said.append(
            "The file is read in a newer way today, and these words could not all be found in it. So that "
            "they are surely gone, only a list of the voices that stay takes its place."
        )
    elif plan.redacted is None and not plan.is_copy:
        said.append(
            "This file cannot be kept in its own format without the words: nobody could be sure of it."
        )
    if plan.n_elsewhere:
        places = "1 other place" if plan.n_elsewhere == 1 else f"{plan.n_elsewhere} other places"
        said.append(f"The very same words stand in {places} of the file too. They stay there: look at them.")
    if plan.also_in:
        said.append(
            f"The same file is kept in: {', '.join(plan.also_in)}. It has to be erased there as well."
        )
    with visit.record.reading() as session:
        n_photos = len(list_photos(session, visit.person, plan.source_id))
        n_answers = count_answers_aside(session, plan.source_id)
    if n_answers:
        said.append(
            f"Answers to its public form that were set aside ({n_answers}) are no voices. They stay until "
            "you erase them on the screen “Sources”, under “Details and receipt” of this source."
        )
    if n_photos:
        said.append(
            f"This source has photos ({n_photos}) that may show these words. They stay until you remove them "
            "on the screen “Sources”, under “Details and receipt” of this source."
        )
    names = [path.name for path in list_copies(visit.record)]
    copies = f" These copies lie beside the record: {', '.join(names)}." if names else ""
    said.append(f"Backups made before still hold the words: delete them when their time is over.{copies}")
    return said


def say_done(visit: Visit, plan: ErasurePlan) -> str:
    """Clean up after an erasure, and say what was done."""
    voices = "1 voice were" if plan.n_voices == 1 else f"{plan.n_voices} voices were"
    if finish_erasures(visit.record):
        return f"The words of {voices} erased for good."
    return f"The words of {voices} erased. {NOT_CLEANED}"
