"""Words of a file that are there already, side by side, to say which of them are counted once."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engagement.listen.duplicates.deciding import REASONS
from engagement.listen.duplicates.equal_words import EqualVoice, find_equal
from engagement.listen.found_voices import PreviewVoice
from engagement.screens.components.alike import Shown, show_side_by_side
from engagement.screens.components.upload import CheckedFile
from engagement.screens.visit import Visit

EQUAL_SHOWN = 20
EXPLANATION = (
    "All of them are saved, and all count unless you say that one is the same voice come in twice, such as a "
    "card typed twice. It is then kept beside the first one and counted once. You can undo it under Voices "
    "alike."
)


def choose_equal(visit: Visit, file: CheckedFile, voices: Sequence[PreviewVoice]) -> None:
    """Show the voices of a file whose words were said before, and keep which of them are counted once."""
    with visit.record.reading() as session:
        equal = find_equal(session, visit.person, visit.engagement_id, file.details.title, voices)
    known = {each.place for each in equal}
    file.counted_once = {place: why for place, why in file.counted_once.items() if place in known}
    if not equal:
        return
    with st.expander(f"Said before in the same words: {len(equal)}. All count; look at them"):
        st.text(EXPLANATION)
        why = st.selectbox("Reason for counting once", REASONS, key=f"{file.sha256[:12]}-why") or REASONS[0]
        for number, each in enumerate(equal[:EQUAL_SHOWN]):
            _choose_one(file, each, why, f"{file.sha256[:12]}-equal-{number}-{each.place}")
        if len(equal) > EQUAL_SHOWN:
            st.text(
                f"The {EQUAL_SHOWN} longest of {len(equal)} are shown. All others count; you find the longer "
                "ones again under Voices alike."
            )


def _choose_one(file: CheckedFile, equal: EqualVoice, why: str, key: str) -> None:
    before = "Saved before" if equal.is_in_record else "In this file"
    show_side_by_side(
        Shown(equal.other_text, f"{before} · {equal.other_where}"),
        [Shown(equal.text, f"New · {equal.where}")],
    )
    if st.checkbox(f"Count once: {equal.where}", equal.place in file.counted_once, key=key):
        file.counted_once[equal.place] = why
    else:
        file.counted_once.pop(equal.place, None)
