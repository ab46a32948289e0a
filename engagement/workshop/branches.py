"""Branches: "what if?" boards, made from any step of a board, and dropped or taken up again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.boards import clean_board_name, get_board_or_raise
from engagement.workshop.images import BoardImages, ThemeImage
from engagement.workshop.replay import read_board_at
from models.base import utc_now
from models.branches import Branch, BranchStanding, BranchTheme
from models.database import lock_chain
from models.workshops import Echo, FurtherRun, Placement, Theme, Workshop


@dataclass(frozen=True)
class BranchView:
    """A branch as screens show it; ``from_seq`` is the step of the trunk that it was made from."""

    workshop_id: int
    trunk_id: int
    name: str
    from_seq: int
    standing: BranchStanding
    n_moves: int
    changed_by: str
    changed_at: datetime


def make_branch(
    session: Session, person: Person, trunk_id: int, name: str, *, at: int | None = None, why: str = ""
) -> int:
    """Make a board that begins as another one stood after step ``at`` (None: now), and give its id.

    Raises
    ------
    NotFoundError
        When there is no such workshop.
    EngagementError
        When the board is a branch itself, has no such step, or the name is empty, too long or taken.
    """
    check_may(person, Act.RUN_WORKSHOP)
    trunk = get_board_or_raise(session, person, trunk_id)
    lock_chain(session, f"boards of {trunk.engagement_id}")
    if session.get(Branch, trunk_id) is not None:
        raise EngagementError(f"“{trunk.name}” is a branch itself. Make the new branch from its trunk.")
    from_seq = trunk.last_seq if at is None else at
    images = read_board_at(session, person, trunk_id, from_seq)
    board = Workshop(
        engagement_id=trunk.engagement_id,
        run_id=trunk.run_id,
        n_themes=trunk.n_themes,
        name=clean_board_name(session, trunk.engagement_id, name, what="branch"),
        counts=False,
        made_by=person.name,
    )
    session.add(board)
    session.flush()
    _deal(session, board.id, images)
    _copy_further_runs(session, trunk_id, board.id)
    session.add(
        Branch(
            workshop_id=board.id,
            trunk_id=trunk_id,
            from_seq=from_seq,
            standing=BranchStanding.OPEN,
            changed_by=person.name,
        )
    )
    record_branch_act(session, person, "made branch", trunk, board, why, seq=from_seq)
    return board.id


def list_branches(session: Session, person: Person, trunk_id: int) -> tuple[BranchView, ...]:
    """List the branches of a board, also dropped and adopted ones, the newest first."""
    check_may(person, Act.READ)
    query = select(Branch, Workshop).join(Workshop, Workshop.id == Branch.workshop_id)
    rows = session.execute(query.where(Branch.trunk_id == trunk_id).order_by(Branch.workshop_id.desc()))
    return tuple(_view(branch, board) for branch, board in rows)


def drop_branch(session: Session, person: Person, branch_id: int, *, why: str = "") -> None:
    """Drop a branch: it is closed and kept, marked as dropped."""
    branch, board = get_branch_to_run(session, person, branch_id)
    if branch.standing is BranchStanding.OPEN:
        end_branch(branch, board, person, BranchStanding.DROPPED)
        trunk = session.get_one(Workshop, branch.trunk_id)
        record_branch_act(session, person, "dropped branch", trunk, board, why)


def take_up_branch(session: Session, person: Person, branch_id: int) -> None:
    """Take a dropped or adopted branch up again: people can move cards on it as before."""
    branch, board = get_branch_to_run(session, person, branch_id)
    if branch.standing is not BranchStanding.OPEN:
        branch.standing, branch.changed_by, branch.changed_at = BranchStanding.OPEN, person.name, utc_now()
        board.closed_at = None
        record_branch_act(
            session, person, "took branch up", session.get_one(Workshop, branch.trunk_id), board
        )


def get_branch_to_run(session: Session, person: Person, branch_id: int) -> tuple[Branch, Workshop]:
    """Get a branch and its board, held against other writers, for whoever runs workshops.

    Raises
    ------
    NotFoundError
        When there is no such branch.
    """
    check_may(person, Act.RUN_WORKSHOP)
    lock_chain(session, f"board {branch_id}")
    branch = session.get(Branch, branch_id, populate_existing=True)
    if branch is None:
        raise NotFoundError(f"There is no branch {branch_id}. Choose one from the list of workshops.")
    return branch, session.get_one(Workshop, branch_id, populate_existing=True)


def end_branch(branch: Branch, board: Workshop, person: Person, standing: BranchStanding) -> None:
    """Mark a branch as dropped or adopted, and close its board."""
    branch.standing, branch.changed_by, branch.changed_at = standing, person.name, utc_now()
    board.closed_at = board.closed_at or branch.changed_at


def _deal(session: Session, board_id: int, images: BoardImages) -> None:
    """Copy themes and cards; each theme remembers which one of the trunk it is."""
    own = {theme.id: _copy_theme(session, board_id, theme) for theme in images.themes if not theme.removed}
    for theme in images.themes:
        if theme.id in own and theme.merged_into is not None:
            own[theme.id].merged_into_id = own[theme.merged_into].id
    session.flush()
    links = [{"theme_id": theme.id, "trunk_theme_id": trunk_id} for trunk_id, theme in own.items()]
    placed = [
        {
            "workshop_id": board_id,
            "voice_id": card.id,
            "theme_id": own[card.home].id if card.home is not None else None,
            "parked_reason": card.parked,
            "version": 0,
        }
        for card in images.cards
    ]
    echoes = [
        {"workshop_id": board_id, "voice_id": card.id, "theme_id": own[theme_id].id}
        for card in images.cards
        for theme_id in card.echoes
    ]
    for table, rows in ((BranchTheme, links), (Placement, placed), (Echo, echoes)):
        if rows:
            session.execute(insert(table), rows)


def _copy_further_runs(session: Session, trunk_id: int, board_id: int) -> None:
    for further in session.scalars(select(FurtherRun).where(FurtherRun.workshop_id == trunk_id)).all():
        session.add(
            FurtherRun(
                workshop_id=board_id, run_id=further.run_id, n_themes=further.n_themes, place=further.place
            )
        )


def _copy_theme(session: Session, board_id: int, theme: ThemeImage) -> Theme:
    candidate_id = session.scalars(select(Theme.candidate_theme_id).where(Theme.id == theme.id)).one()
    copied = Theme(
        workshop_id=board_id, name=theme.name, position=theme.position, candidate_theme_id=candidate_id
    )
    session.add(copied)
    session.flush()
    return copied


def _view(branch: Branch, board: Workshop) -> BranchView:
    return BranchView(
        workshop_id=board.id,
        trunk_id=branch.trunk_id,
        name=board.name,
        from_seq=branch.from_seq,
        standing=branch.standing,
        n_moves=board.last_seq,
        changed_by=branch.changed_by,
        changed_at=branch.changed_at,
    )


def record_branch_act(
    session: Session,
    person: Person,
    kind: str,
    trunk: Workshop,
    board: Workshop,
    why: str = "",
    **details: int,
) -> None:
    """Append to the decision log, where the trunk's own log finds it."""
    record_decision(
        session,
        person,
        kind,
        subject="workshop",
        subject_id=trunk.id,
        engagement_id=trunk.engagement_id,
        why=why.strip(),
        details={"name": trunk.name, "branch": board.id, "branch_name": board.name, **details},
    )
