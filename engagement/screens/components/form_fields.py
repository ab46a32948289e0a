"""The fields of a form: kept while somebody types and when they are refused, fresh once they are saved."""

from __future__ import annotations

import streamlit as st


def name_fields(form: str) -> str:
    """Give what the keys of a form's fields begin with; another beginning after each save."""
    return f"{form}-{st.session_state.get(_name_round(form), 0)}"


def forget_fields(form: str) -> None:
    """Make the fields of a form fresh at the next run, so that they show the record again."""
    st.session_state[_name_round(form)] = st.session_state.get(_name_round(form), 0) + 1


def remember_version(fields: str, version: int, *, is_shown_anew: bool = False) -> int:
    """Give the version that the fields of a form were first filled from; ask before they are drawn.

    Once a refusal has shown the newest, ``is_shown_anew`` makes that the version to go by.
    """
    name = f"{fields}-saw-version"
    if is_shown_anew or f"{fields}-title" not in st.session_state:
        st.session_state[name] = version
    return int(st.session_state[name])


def _name_round(form: str) -> str:
    return f"{form}-round"
