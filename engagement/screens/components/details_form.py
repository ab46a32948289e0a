"""The fields of a source's details, for a new source and for one that is put right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from engagement.listen.details import MAX_TITLE_LENGTH, SourceDetails
from models.sources import SourceKind

KINDS = list(SourceKind)
AGREED = "People agreed that their words"
NOT_WRITTEN_DOWN = (
    "How people agreed is not written down yet. Until it is, their words are treated like this. Take the "
    "tick off what they were not asked. Their words"
)
DATES = (date(1900, 1, 1), date(2100, 12, 31))


def edit_details(details: SourceDetails, key: str) -> SourceDetails:
    """Draw the fields with what is known, and give what they hold now."""
    title = st.text_input("Title", details.title, max_chars=MAX_TITLE_LENGTH, key=f"{key}-title")
    left, right = st.columns(2)
    with left:
        kind = st.selectbox("What it was", KINDS, KINDS.index(details.kind), key=f"{key}-kind")
        held_on = st.date_input("Date", details.held_on, *DATES, format="DD/MM/YYYY", key=f"{key}-held-on")
        n_came = st.number_input("How many came", 0, None, details.n_came, key=f"{key}-n-came")
    with right:
        host = st.text_input("Host", details.host, max_chars=300, key=f"{key}-host")
        facilitator = st.text_input(
            "Facilitator", details.facilitator, max_chars=300, key=f"{key}-facilitator"
        )
        area = st.text_input("Area or ward", details.area, max_chars=300, key=f"{key}-area")
    place = st.text_input("Place", details.place, max_chars=300, key=f"{key}-place")
    agreed = _edit_consent(details, key)
    return replace(
        agreed,
        title=title or "",
        kind=kind,
        held_on=held_on,
        place=place or "",
        area=area or "",
        host=host or "",
        facilitator=facilitator or "",
        n_came=None if n_came is None else int(n_came),
    )


def _edit_consent(details: SourceDetails, key: str) -> SourceDetails:
    """Draw what people were asked and what they agreed to, and give the details with it."""
    consent_wording = st.text_area(
        "How consent was asked for and given, word for word",
        details.consent_wording,
        max_chars=2000,
        key=f"{key}-consent",
    )
    st.text(AGREED if details.consent_wording.strip() else NOT_WRITTEN_DOWN)
    may_use = st.checkbox("may be used", details.may_use, key=f"{key}-use")
    may_quote = st.checkbox("may be quoted without names", details.may_quote, key=f"{key}-quote")
    may_pass_on = st.checkbox("may be passed on to who can act", details.may_pass_on, key=f"{key}-pass-on")
    may_tell_story = st.checkbox("may be told as a story", details.may_tell_story, key=f"{key}-story")
    keep_until = st.date_input(
        "Their words are kept until",
        details.keep_until,
        *DATES,
        format="DD/MM/YYYY",
        key=f"{key}-keep-until",
        help="As people were told. After that day the source stands in a list; a person decides then.",
    )
    return replace(
        details,
        consent_wording=consent_wording or "",
        may_use=may_use,
        may_quote=may_quote,
        may_pass_on=may_pass_on,
        may_tell_story=may_tell_story,
        keep_until=keep_until,
    )
