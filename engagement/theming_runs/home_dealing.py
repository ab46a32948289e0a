"""A board made from a dry run: the agreed themes with their new voices, then what is new."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError
from engagement.listen.duplicates.aside import ASIDE
from engagement.people.permissions import Act, Person, check_may
from engagement.theming_runs.agreed_lists import get_list_or_raise
from engagement.theming_runs.home_findings import HomeFindingView, load_finding
from engagement.workshop.boards import ProposedTheme, open_board
from models.agreed_lists import ThemeOrigin
from models.workshops import Theme


def make_board_from_finding(
    session: Session, person: Person, finding_id: int, name: str, held_on: date | None = None
) -> int:
    """Deal the agreed themes and the new candidate themes to a new board; give the workshop's number.

    Names are kept as they were agreed, also of themes that no new voice came to. Voices that are something
    new in no group, that say nothing, or that came in since, are not yet placed. Which theme came from which
    theme of the list stays in the record.

    Raises
    ------
    ConflictError
        When all voices that were compared have been withdrawn since.
    """
    check_may(person, Act.RUN_WORKSHOP)
    finding = load_finding(session, person, finding_id)
    agreed = get_list_or_raise(session, person, finding.list_id)
    withdrawn = set(session.scalars(select(ASIDE.c.voice_id)))
    if withdrawn.issuperset(finding.voice_ids):
        raise ConflictError("All voices of this dry run have been withdrawn since. Ask for it again.")
    proposed = _propose(finding, withdrawn)
    workshop_id = open_board(session, person, agreed.engagement_id, name, proposed, held_on=held_on)
    _keep_origins(session, workshop_id, finding)
    record_decision(
        session,
        person,
        "dealt agreed list",
        subject="workshop",
        subject_id=workshop_id,
        engagement_id=agreed.engagement_id,
        details={
            "agreed_list_id": agreed.id,
            "home_finding_id": finding.id,
            "list": agreed.name,
            "n_known": len(finding.themes),
            "n_new": len(finding.new_groups),
        },
    )
    return workshop_id


def _propose(finding: HomeFindingView, withdrawn: set[int]) -> list[ProposedTheme]:
    known = [
        ProposedTheme(None, theme.name, tuple(h.voice_id for h in homes if h.voice_id not in withdrawn))
        for theme, homes in zip(finding.themes, finding.homes, strict=True)
    ]
    new = [
        ProposedTheme(None, group.label, tuple(v for v in group.voice_ids if v not in withdrawn))
        for group in finding.new_groups
    ]
    return [*known, *new]


def _keep_origins(session: Session, workshop_id: int, finding: HomeFindingView) -> None:
    """Keep which theme of the list each of the first themes of the board was dealt from."""
    query = select(Theme.id).where(Theme.workshop_id == workshop_id).order_by(Theme.position)
    dealt = session.scalars(query).all()
    session.add_all(
        ThemeOrigin(theme_id=theme_id, agreed_list_theme_id=theme.id)
        for theme_id, theme in zip(dealt, finding.themes, strict=False)
    )
    session.flush()
