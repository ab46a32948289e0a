"""Choosing who leads or who does something: somebody with an account, or a typed name."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engagement.plan.named_people import NamedPerson


def choose_person(
    label: str, people: Sequence[NamedPerson], current: NamedPerson | None, key: str
) -> NamedPerson:
    """Offer those with an account, and let people type any other name."""
    options = list(people)
    if current is not None and current not in options:
        options.append(current)
    chosen = st.selectbox(
        label,
        options,
        index=options.index(current) if current is not None else None,
        format_func=_write_name,
        placeholder="Choose, or type a name",
        accept_new_options=True,
        key=key,
    )
    return chosen if isinstance(chosen, NamedPerson) else NamedPerson(chosen or "")


def _write_name(person: NamedPerson | str) -> str:
    return person if isinstance(person, str) else person.name
