"""Screen: look at what may point at a person, one place after the other, and cover it or leave it."""

from __future__ import annotations

from html import escape

import streamlit as st

from engagement.listen.personal_data.hints import HintKind
from engagement.listen.personal_data.marks import (
    MarkView,
    count_marks,
    cover_by_hand,
    decide_mark,
    list_marks,
)
from engagement.people.permissions import Act
from engagement.screens.components.source_page import use_source_style
from engagement.screens.components.words import mark_language
from engagement.screens.visit import Visit, link_to, open_visit, show_refusal
from models.personal_data import MarkState

EXPLANATION = (
    "These places may point at a person. Cover a place, and everybody sees what it is instead of the words, "
    "such as [phone number]: on the board, on paper, in exports and quotes. The voice itself is kept as it "
    "was said, and you can uncover it. Nothing is covered by itself."
)
KEYS = "Keys on: X covers, L leaves, A and K do so for all of these words, N goes on, U takes the last back"
MARKS_SHOWN = 100


def main() -> None:
    """Show the next place to decide about, then what was decided, then a way to cover more."""
    visit = open_visit("Personal data", Act.ADD_SOURCE)
    with visit.record.reading() as session:
        counts = count_marks(session, visit.person, visit.engagement_id)
        undecided = list_marks(session, visit.person, visit.engagement_id, MarkState.OPEN)
        covered = list_marks(session, visit.person, visit.engagement_id, MarkState.COVERED, MARKS_SHOWN)
        left = list_marks(session, visit.person, visit.engagement_id, MarkState.LEFT, MARKS_SHOWN)
    use_source_style()
    st.text(EXPLANATION)
    show_progress(counts)
    if undecided:
        show_next(visit, undecided)
    show_decided(visit, "Covered", covered, "Uncover")
    show_decided(visit, "Left as they stand", left, "Look at it again")
    show_way_to_cover_more(visit)


def show_progress(counts: dict[MarkState, int]) -> None:
    """Say how far people have come."""
    n_all = sum(counts.values())
    n_done = n_all - counts[MarkState.OPEN]
    if not n_all:
        st.text("Nothing was found that may point at a person.")
        return
    sentence = f"{n_done} of {n_all} places looked at: {counts[MarkState.COVERED]} covered, "
    st.header(f"{sentence}{counts[MarkState.LEFT]} left", anchor=False)
    st.progress(n_done / n_all)


def show_next(visit: Visit, undecided: tuple[MarkView, ...]) -> None:
    """Show one place with the ways on from it."""
    place = min(int(st.session_state.get("place", 0)), len(undecided) - 1)
    mark = undecided[place]
    equal = [each for each in undecided if is_equal(each, mark)]
    with st.container(border=True):
        st.html(write_mark(mark))
        show_ways_on(visit, mark, len(equal), len(undecided))
    has_keys = st.toggle(KEYS, value=True, key="keys")
    if "last_mark" in st.session_state and st.button("Undo the last", shortcut="u" if has_keys else None):
        undo_last(visit)


def show_ways_on(visit: Visit, mark: MarkView, n_equal: int, n_undecided: int) -> None:
    """Draw the buttons for one place, each with its key while keys are on."""
    has_keys = st.session_state.get("keys", True)
    ways = [
        ("Cover it", "x", MarkState.COVERED, False),
        ("Leave it", "l", MarkState.LEFT, False),
        (f"Cover all {n_equal} of these words", "a", MarkState.COVERED, True),
        (f"Leave all {n_equal}", "k", MarkState.LEFT, True),
    ]
    with st.container(horizontal=True):
        for label, key, state, with_equal in ways[: 4 if n_equal > 1 else 2]:
            kind = "primary" if key == "x" else "secondary"
            if st.button(label, type=kind, shortcut=key if has_keys else None):
                decide(visit, mark, state, with_equal=with_equal)
        if n_undecided > 1 and st.button("Look at it later", shortcut="n" if has_keys else None):
            st.session_state["place"] = (st.session_state.get("place", 0) + 1) % n_undecided
            st.rerun()


def is_equal(mark: MarkView, other: MarkView) -> bool:
    """Tell whether two marks are of one kind and the same words."""
    return mark.kind == other.kind and mark.words.casefold() == other.words.casefold()


def write_mark(mark: MarkView) -> str:
    """Write a voice with the place marked in it."""
    return (
        f"<figure class='mark'><blockquote dir='auto'{mark_language(mark.language)}>"
        f"{escape(mark.before)}<mark>{escape(mark.words)}</mark>"
        f"{escape(mark.after)}</blockquote><figcaption><strong>{escape(mark.kind)}?</strong> "
        f"{escape(mark.why)} · {escape(mark.source_title)}</figcaption></figure>"
    )


def decide(visit: Visit, mark: MarkView, state: MarkState, *, with_equal: bool = False) -> None:
    """Keep a decision and go on to the next place."""
    with show_refusal():
        with visit.record.writing() as session:
            decide_mark(session, visit.person, mark.id, state, with_equal=with_equal)
        st.session_state["last_mark"] = mark.id
        st.rerun()


def undo_last(visit: Visit) -> None:
    """Take the last decision back, for the place it was made at."""
    with show_refusal():
        with visit.record.writing() as session:
            decide_mark(session, visit.person, st.session_state.pop("last_mark"), MarkState.OPEN)
        st.rerun()


def show_decided(visit: Visit, title: str, marks: tuple[MarkView, ...], undo: str) -> None:
    """List what was decided, each with the way back."""
    if not marks:
        return
    more = " or more" if len(marks) == MARKS_SHOWN else ""
    with st.expander(f"{title} ({len(marks)}{more})", key=f"decided-{title}"):
        for mark in marks:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{mark.words} ({mark.kind}), by {mark.decided_by}, {mark.source_title}")
                if st.button(undo, key=f"undo-{mark.id}"):
                    decide(visit, mark, MarkState.OPEN)


def show_way_to_cover_more(visit: Visit) -> None:
    """Offer to cover words that nothing hinted at."""
    with st.expander("Cover other words"), st.form("by-hand", border=False):
        st.text("The number of a voice stands beside it in the list of voices and in its thread.")
        voice_id = st.number_input("Number of the voice", min_value=1, step=1, value=None)
        words = st.text_input("Words to cover, to the letter")
        kind = st.selectbox("What they are", list(HintKind), format_func=str)
        in_translation = st.checkbox("They stand in the translation")
        if st.form_submit_button("Cover these words") and voice_id is not None:
            with show_refusal():
                with visit.record.writing() as session:
                    cover_by_hand(
                        session, visit.person, int(voice_id), words, kind, in_translation=in_translation
                    )
                st.session_state["said"] = f"Covered. It is shown as [{kind}] now."
                st.rerun()
    st.page_link(link_to("voices.py"), label="Read the voices as others see them")


main()
