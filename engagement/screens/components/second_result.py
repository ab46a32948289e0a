"""What a second person found, next to the board and the machine: a sentence, then tables."""

from __future__ import annotations

import streamlit as st

from engagement.answer.second_readings import SecondReading
from engagement.screens.components.plain_table import show_table

HOW_TO_READ = (
    "1 is full agreement, 0 is no more than chance. In brackets stands where the true value lies 95 times in "
    "100. Kappa is low where nearly all voices are in one theme; AC1 is not, so read both. The board began "
    "with the machine's hand of cards; the second person did not see it."
)


def show_reading(reading: SecondReading) -> None:
    """Draw the result of one second person."""
    st.text(reading.people_second.said)
    show_table(
        f"How far they agree ({reading.second.name})",
        ("Between", "Alike", "Share", "Cohen's kappa", "Gwet's AC1"),
        [
            (who, f"{each.n_agreed} of {each.n_voices}", each.share.said, each.kappa.said, each.ac1.said)
            for who, each in reading.comparisons
        ],
    )
    st.text(HOW_TO_READ)
    if reading.second.knows_the_board:
        st.text(
            f"{reading.second.name} made {reading.second.n_moves} of {reading.second.n_moves_of_all} moves "
            "on this board and knew where many voices stood, so this may look better than it is."
        )
    show_differences(reading)


def show_differences(reading: SecondReading) -> None:
    """Draw where the two differ: first by theme, then voice by voice with the words."""
    if not reading.differences:
        st.text("They differ nowhere.")
        return
    show_table(
        "Where they differ, by theme",
        ("On the board", "Second person", "Voices"),
        [(each.people, each.second, each.n_voices) for each in reading.differences],
    )
    apart = [each for each in reading.voices if each.people_id != each.second_id]
    with st.expander(
        f"Read the {len(apart)} voices on which they differ", icon=":material/record_voice_over:"
    ):
        show_table(
            "Voices on which they differ",
            ("Words", "On the board", "Second person", "Machine"),
            [
                (
                    each.text,
                    reading.name_theme(each.people_id),
                    reading.name_theme(each.second_id),
                    reading.name_theme(each.machine_id),
                )
                for each in apart
            ],
        )
