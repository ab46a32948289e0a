"""Erasing the words of answers to a public form that were set aside, one or all of a source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from engagement.listen.erasing.answers import AnswerAside, erase_answers, list_answers_aside
from engagement.listen.erasing.cleaning import NOT_CLEANED, finish_erasures
from engagement.listen.erasing.confirming import CONFIRMATION
from engagement.people.permissions import Act, can_act
from engagement.screens.components.dates import say_moment
from engagement.screens.components.voice_card import use_voice_style, write_words
from engagement.screens.visit import Visit, keep_notice, show_refusal


def show_answers_aside(visit: Visit, source_id: int) -> None:
    """List the answers to the form of a source that were set aside, for whoever may erase them."""
    if not can_act(visit.person, Act.ERASE):
        return
    with visit.record.reading() as session:
        answers = list_answers_aside(session, visit.person, source_id)
    if not answers:
        return
    use_voice_style()
    label = f"Answers to the public form that were set aside: {len(answers)}"
    with st.expander(label, key=f"answers-aside-{source_id}"):
        st.text("They are no voices and stand in no file. Who asks that theirs goes tells you its number.")
        for answer in answers:
            show_answer_aside(visit, source_id, answer)
    if len(answers) > 1:
        ids = [each.id for each in answers]
        label = f"Erase all {len(ids)} answers that were set aside for good"
        offer_answer_erasure(visit, label, f"answers-{source_id}", source_id, ids)


def show_answer_aside(visit: Visit, source_id: int, answer: AnswerAside) -> None:
    """Draw one answer that was set aside, with the way to erase it."""
    with st.container(border=True):
        st.html(f"<figure class='voice'>{write_words(answer.text)}</figure>")
        st.text(f"Number {answer.number} · {say_moment(answer.received_at)} · set aside: {answer.reason}")
        offer_answer_erasure(visit, "Erase for good", f"answer-{answer.id}", source_id, [answer.id])


def offer_answer_erasure(
    visit: Visit, label: str, key: str, source_id: int, answer_ids: Sequence[int]
) -> None:
    """Draw the way to erase answers, for whoever may; it is confirmed by typing."""
    if not can_act(visit.person, Act.ERASE):
        return
    n = len(answer_ids)
    with st.popover(label, key=f"erase-{key}"), st.form(f"erase-form-{key}", border=False):
        st.text(
            f"This cannot be undone. The words of {say_answers(n)} leave the record. That they came, their "
            "numbers and why they were set aside stay. Backups made before still hold the words."
        )
        typed = st.text_input(
            f"Type “{CONFIRMATION}” to confirm", autocomplete="off", key=f"erase-word-{key}"
        )
        if st.form_submit_button("Erase for good", type="primary"):
            with show_refusal():
                with visit.record.writing() as session:
                    erase_answers(
                        session, visit.person, source_id, answer_ids, typed=typed, today=date.today()
                    )
                keep_notice(say_erased(visit, n))
                st.rerun()


def say_answers(n: int) -> str:
    """Say how many answers."""
    return "1 answer" if n == 1 else f"{n} answers"


def say_erased(visit: Visit, n: int) -> str:
    """Clean up after answers were erased, and say what was done."""
    said = f"The words of {say_answers(n)} were erased"
    return f"{said} for good." if finish_erasures(visit.record) else f"{said}. {NOT_CLEANED}"
