"""What every screen begins with: who is here, which engagement, the heading and the strip."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from engagement.engagements import EngagementView, get_engagement_or_raise
from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.people.sign_in import find_person
from engagement.record import open_record
from engagement.screens.components.leave import leave_for
from engagement.screens.components.plain import write_plainly
from engagement.screens.contents import FRONT, find_screen
from engagement.screens.strip import show_strip
from engagement.settings import read_settings
from models.database import Record

SIGN_IN_COOKIE = "thread_sign_in"
STEP_HERE = "step_here"
_KEY = "engagement"
_NOTICE = "notice"


@dataclass(frozen=True)
class Visit:
    """One run of a screen: the record, who is looking, and the engagement they look at."""

    record: Record
    person: Person
    engagement: EngagementView | None

    @property
    def engagement_id(self) -> int:
        """Give the id of the engagement, on screens that cannot be without one."""
        if self.engagement is None:
            raise ValueError("engagement is None, must be chosen: call open_visit(needs_engagement=True).")
        return self.engagement.id


def get_record() -> Record:
    """Give the record of this installation; the same one for every screen and route."""
    return open_record(read_settings().record_url)


def read_sign_in_cookie() -> str | None:
    """Read the token that the sign-in page put into this browser."""
    return st.context.cookies.get(SIGN_IN_COOKIE)


def open_visit(title: str, act: Act = Act.READ, *, needs_engagement: bool = True) -> Visit:
    """Begin a screen: find who is here, refuse whoever may not be, draw the strip and the heading.

    Parameters
    ----------
    title : str
        The heading, in words of the product's own.
    act : Act
        What somebody must be allowed to do to be here at all.
    needs_engagement : bool
        Send people to the list of engagements when none is chosen.
    """
    person = get_visitor_or_leave()
    record = get_record()
    engagement = _find_engagement(record, person)
    if needs_engagement and engagement is None:
        st.switch_page(link_to(FRONT))
    if engagement is not None and needs_engagement:
        _show_engagement(record, engagement)
    st.title(title, anchor=False)
    _show_notice()
    try:
        check_may(person, act)
    except EngagementError as refusal:
        st.error(write_plainly(str(refusal)), icon=":material/block:")
        st.stop()
    return Visit(record, person, engagement)


def get_visitor_or_leave() -> Person:
    """Find who is signed in, asking the record each time; send everybody else to sign in."""
    with get_record().reading() as session:
        person = find_person(session, read_sign_in_cookie())
    if person is None:
        leave_for("/sign-in", come_back=True)
        st.info("You are signed out. The page to sign in opens now.", icon=":material/lock:")
        st.stop()
    return person


def choose_engagement(engagement_id: int | None) -> None:
    """Keep which engagement this browser tab looks at, for the screens that follow."""
    st.session_state[_KEY] = engagement_id


@contextmanager
def show_refusal() -> Iterator[None]:
    """Show what a service refuses as a plain sentence; whatever else goes wrong stays loud."""
    try:
        yield
    except EngagementError as refusal:
        st.error(write_plainly(str(refusal)), icon=":material/error:")


def keep_notice(words: str) -> None:
    """Say on the next run, or on the next screen, that something was done."""
    st.session_state[_NOTICE] = words


def is_engagement_chosen() -> bool:
    """Tell whether this browser tab looks at an engagement."""
    return _read_engagement_id() is not None


def link_to(file: str) -> StreamlitPage:
    """Give the page of a screen by its file name, for ``st.page_link`` and ``st.switch_page``.

    The engagement goes along: the tab keeps it, and the next screen puts it into its address again.
    """
    return find_screen(file).make_page()


def _show_engagement(record: Record, engagement: EngagementView) -> None:
    st.text(engagement.name)
    asked = show_strip(record, engagement, here=st.session_state.get(STEP_HERE, ""))
    if asked is not None:
        st.switch_page(link_to(asked), query_params={_KEY: str(engagement.id)})


def _show_notice() -> None:
    """Draw what was done, at a place that is always there: what stands below stays open as people left it."""
    place = st.empty()
    if words := st.session_state.pop(_NOTICE, ""):
        place.success(write_plainly(words), icon=":material/check:")


def _find_engagement(record: Record, person: Person) -> EngagementView | None:
    engagement_id = _read_engagement_id()
    if engagement_id is None:
        return None
    try:
        with record.reading() as session:
            engagement = get_engagement_or_raise(session, person, engagement_id)
    except NotFoundError:
        choose_engagement(None)
        return None
    choose_engagement(engagement.id)
    return engagement


def _read_engagement_id() -> int | None:
    asked = st.query_params.get(_KEY, "")
    if asked.isascii() and asked.isdigit() and len(asked) < 10:
        return int(asked)
    kept = st.session_state.get(_KEY)
    return kept if isinstance(kept, int) else None
