"""The answers to public forms that wait: read one after the other, let in or set aside, by keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from engagement.listen.personal_data.warming import wait_until_warm, warm_soon
from engagement.listen.typed.answers import (
    USUAL_REASONS,
    AnswerView,
    keep_answer,
    list_answers,
    put_back,
    set_aside,
)
from engagement.screens.components.dates import say_moment
from engagement.screens.components.voice_card import use_voice_style, write_words
from engagement.screens.visit import Visit, show_refusal
from models.typed import AnswerState

KEYS = "Keys on: K lets it in, Q lets it in but neither quoted nor passed on, S sets it aside, N goes on"
N_SHOWN = 50
_LAST = "last_answer"
_PLACE = "answer_place"


def show_queue(visit: Visit, prompts: Mapping[int, str]) -> None:
    """Draw the next answer that waits, and the ways on from it."""
    with visit.record.reading() as session:
        waiting = list_answers(session, visit.person, visit.engagement_id, AnswerState.WAITING)
    use_voice_style()
    if waiting:
        warm_soon()
        count = "1 answer waits" if len(waiting) == 1 else f"{len(waiting):,} answers wait"
        st.header(f"{count} for you", anchor=False)
        place = min(int(st.session_state.get(_PLACE, 0)), len(waiting) - 1)
        show_answer(visit, waiting[place], prompts, len(waiting))
    if _LAST in st.session_state and st.button("Undo the last", shortcut="u" if _has_keys() else None):
        undo_last(visit)


def show_answer(visit: Visit, answer: AnswerView, prompts: Mapping[int, str], n_waiting: int) -> None:
    """Draw one answer with its buttons, each with its key while keys are on."""
    has_keys = _has_keys()
    with st.container(border=True):
        st.text(prompts.get(answer.form_id, ""))
        st.html(f"<figure class='voice'>{write_words(answer.text)}</figure>")
        st.text(say_facts(answer))
        if answer.is_doubtful:
            st.warning(
                "A field that people do not see was filled in: a machine may have sent this.",
                icon=":material/smart_toy:",
            )
        with st.container(horizontal=True):
            if st.button("Let it in", type="primary", shortcut="k" if has_keys else None):
                decide(visit, answer, keep_answer)
            if st.button("Let it in, not quoted or passed on", shortcut="q" if has_keys else None):
                decide(visit, answer, keep_answer, limited=True)
            if n_waiting > 1 and st.button("Look at it later", shortcut="n" if has_keys else None):
                st.session_state[_PLACE] = (st.session_state.get(_PLACE, 0) + 1) % n_waiting
                st.rerun()
        with st.container(horizontal=True, vertical_alignment="bottom"):
            reason = st.selectbox(
                "Reason to set it aside", USUAL_REASONS, accept_new_options=True, key=f"reason-{answer.id}"
            )
            if st.button("Set it aside", shortcut="s" if has_keys else None):
                decide(visit, answer, set_aside, reason or "")
    st.toggle(KEYS, value=True, key="answer_keys")


def say_facts(answer: AnswerView) -> str:
    """Say when an answer came, its number and what was ticked."""
    ticked = ["may be quoted"] if answer.may_quote else ["not to be quoted"]
    ticked.append("may be passed on" if answer.may_pass_on else "not to be passed on")
    return f"Number {answer.number} · {say_moment(answer.received_at)} · {', '.join(ticked)}"


def decide(visit: Visit, answer: AnswerView, act: Callable[..., object], *about: object, **more: Any) -> None:
    """Keep a decision and go on to the next answer."""
    wait_until_warm()
    with show_refusal():
        with visit.record.writing() as session:
            act(session, visit.person, answer.id, *about, **more)
        st.session_state[_LAST] = answer.id
        st.rerun()


def undo_last(visit: Visit) -> None:
    """Take the last decision back."""
    with show_refusal():
        with visit.record.writing() as session:
            put_back(session, visit.person, st.session_state.pop(_LAST))
        st.session_state[_PLACE] = 0
        st.rerun()


def show_decided(visit: Visit) -> None:
    """List what was let in and what was set aside, each with the way back."""
    for state, title in ((AnswerState.KEPT, "Let in"), (AnswerState.ASIDE, "Set aside")):
        with visit.record.reading() as session:
            found = list_answers(session, visit.person, visit.engagement_id, state, N_SHOWN)
        if not found:
            continue
        more = " or more" if len(found) == N_SHOWN else ""
        with st.expander(f"{title} ({len(found)}{more})", key=f"decided-{state}"):
            for answer in found:
                show_decided_one(visit, answer)


def show_decided_one(visit: Visit, answer: AnswerView) -> None:
    """Draw one answer that was decided about; nothing can be done about one whose words were erased."""
    why = f", because: {answer.reason}" if answer.reason else ""
    with st.container(border=True):
        if not answer.is_erased:
            st.html(f"<figure class='voice'>{write_words(answer.text)}</figure>")
        with st.container(horizontal=True, vertical_alignment="center"):
            erased = " · its words were erased for good" if answer.is_erased else ""
            st.text(f"Number {answer.number} · by {answer.decided_by}{why}{erased}")
            if not answer.is_erased and st.button("Put it back", key=f"put-back-{answer.id}"):
                with show_refusal():
                    with visit.record.writing() as session:
                        put_back(session, visit.person, answer.id)
                    st.rerun()


def _has_keys() -> bool:
    return bool(st.session_state.get("answer_keys", True))
