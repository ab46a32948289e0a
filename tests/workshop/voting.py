"""People in a room who vote."""

from __future__ import annotations

import uuid
from typing import Any

from engagement.people.permissions import Person
from engagement.workshop.ballots import Ballot, read_ballot
from engagement.workshop.vote_counts import VoteCount, get_shown_votes
from engagement.workshop.votes import change_votes, hide_votes, show_votes
from tests.builders import FACILITATOR
from tests.workshop.conftest import Table


def ask(table: Table, by: Person, **asked: Any) -> Ballot:
    """Ask for a change of somebody's votes, with a fresh id unless one is given."""
    with table.record.writing() as session:
        return change_votes(session, by, table.workshop_id, {"op": uuid.uuid4().hex, **asked})


def put(table: Table, by: Person, theme: str, dots: int, **asked: Any) -> Ballot:
    """Let a theme hold so many of somebody's dots."""
    return ask(table, by, kind="dots", theme=table.themes[theme], dots=dots, **asked)


def confirm(table: Table, by: Person, theme: str) -> Ballot:
    """Put dots that came back from a theme on what it became part of."""
    return ask(table, by, kind="confirm", theme=table.themes[theme])


def see_ballot(table: Table, by: Person) -> Ballot:
    """Look at one's own dots."""
    with table.record.reading() as session:
        return read_ballot(session, by, table.workshop_id)


def see_dots(table: Table, by: Person) -> dict[str, int]:
    """Look at where one's own dots are."""
    return {theme.name: theme.dots for theme in see_ballot(table, by).themes if theme.dots}


def see_votes(table: Table, by: Person = FACILITATOR) -> VoteCount | None:
    """Look at the sums."""
    with table.record.reading() as session:
        return get_shown_votes(session, by, table.workshop_id)


def show(table: Table, by: Person = FACILITATOR) -> None:
    """Show the sums."""
    with table.record.writing() as session:
        show_votes(session, by, table.workshop_id)


def hide(table: Table) -> None:
    """Hide the sums again."""
    with table.record.writing() as session:
        hide_votes(session, FACILITATOR, table.workshop_id)
