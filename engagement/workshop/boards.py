"""Workshops and their boards: opening, naming, closing, and which one counts."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.workshop.wording import LONGEST_REASON, LONGEST_WORKSHOP_NAME, clean_wording, number_name
from models.base import utc_now
from models.branches import Branch
from models.database import lock_chain
from models.duplicates import CountedWith
from models.languages import Translation, VoiceLanguage
from models.personal_data import PersonalMark
from models.voices import Voice, Withdrawal
from models.workshops import Echo, FurtherRun, Placement, Theme, Workshop


@dataclass(frozen=True)
class ProposedTheme:
    """A candidate theme as it is dealt to a board: a name, its own voices, and others that it shows too."""

    candidate_theme_id: int | None
    name: str
    voice_ids: tuple[int, ...]
    echo_ids: tuple[int, ...] = ()


@dataclass(frozen=True)
class WorkshopView:
    """A workshop as screens show it. ``n_themes`` counts the themes shown, ``n_moves`` the board's events.

    ``trunk_id`` is the board of which this one is a branch; None when it is no branch.
    """

    id: int
    engagement_id: int
    name: str
    held_on: date | None
    counts: bool
    closed_at: datetime | None
    n_themes: int
    n_moves: int
    made_by: str
    made_at: datetime
    trunk_id: int | None

    @property
    def is_closed(self) -> bool:
        """Tell whether the board refuses moves."""
        return self.closed_at is not None


@dataclass(frozen=True)
class BoardStamp:
    """Two unequal stamps mean: the board is another one now.

    ``beside`` changes with what is no move: the name, closing, voices added, withdrawn or brought back, and
    words covered, translations and languages.
    """

    last_seq: int
    beside: tuple[object, ...]

    @property
    def mark(self) -> str:
        """Give ``beside`` as a short word that a page can keep and show again."""
        return hashlib.sha256(repr(self.beside).encode()).hexdigest()[:16]


def open_board(
    session: Session,
    person: Person,
    engagement_id: int,
    name: str,
    proposed: Sequence[ProposedTheme] = (),
    *,
    run_id: int | None = None,
    n_themes: int | None = None,
    further_runs: Sequence[tuple[int, int]] = (),
    held_on: date | None = None,
) -> int:
    """Open a board, deal the proposed themes to it once, and give the workshop's id.

    Voices that no proposed theme holds are not yet placed. ``further_runs`` are ids of theming runs behind
    ``run_id``, each with its number of themes. The first board of an engagement is the one that counts.

    Raises
    ------
    EngagementError
        When the name is empty, too long, or another workshop of the engagement has it.
    """
    check_may(person, Act.RUN_WORKSHOP)
    get_engagement_or_raise(session, person, engagement_id)
    lock_chain(session, f"boards of {engagement_id}")
    workshop = Workshop(
        engagement_id=engagement_id,
        run_id=run_id,
        n_themes=n_themes,
        name=clean_board_name(session, engagement_id, name),
        held_on=held_on,
        counts=not _list_ids(session, engagement_id),
        made_by=person.name,
    )
    session.add(workshop)
    session.flush()
    _deal_themes(session, workshop, proposed)
    session.add_all(
        FurtherRun(workshop_id=workshop.id, run_id=further_id, n_themes=n_cut, place=place)
        for place, (further_id, n_cut) in enumerate(further_runs, start=2)
    )
    run_ids = [each for each in (run_id, *(further_id for further_id, _ in further_runs)) if each is not None]
    _record(session, person, "opened board", workshop, n_themes=len(proposed), runs=run_ids)
    return workshop.id


def list_workshops(session: Session, person: Person, engagement_id: int) -> tuple[WorkshopView, ...]:
    """List the workshops of an engagement, the newest first."""
    check_may(person, Act.READ)
    query = _select_views().where(Workshop.engagement_id == engagement_id).order_by(Workshop.id.desc())
    return tuple(_view(row) for row in session.execute(query))


def get_workshop_or_raise(session: Session, person: Person, workshop_id: int) -> WorkshopView:
    """Give a workshop.

    Raises
    ------
    NotFoundError
        When there is no workshop with this id.
    """
    check_may(person, Act.READ)
    row = session.execute(_select_views().where(Workshop.id == workshop_id)).first()
    if row is None:
        raise refuse_unknown(workshop_id)
    return _view(row)


def get_board_or_raise(session: Session, person: Person, workshop_id: int) -> Workshop:
    """Get the row of a board as the record has it now, for services that read the whole of it.

    Raises
    ------
    NotAllowedError
        When the person may not read.
    NotFoundError
        When there is no such workshop.
    """
    check_may(person, Act.READ)
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    return workshop


def get_last_seq(session: Session, workshop_id: int) -> int:
    """Give the number of a board's newest event, for services that have asked who may read it."""
    return session.scalars(select(Workshop.last_seq).where(Workshop.id == workshop_id)).one()


def list_stamps(session: Session, workshop_ids: Sequence[int]) -> dict[int, BoardStamp]:
    """Tell what shows whether these boards have changed, in one cheap query."""
    beside = (
        select(func.count(Withdrawal.voice_id)).scalar_subquery(),
        select(func.max(Withdrawal.withdrawn_at)).scalar_subquery(),
        select(func.max(Voice.id)).scalar_subquery(),
        select(func.max(PersonalMark.decided_at)).scalar_subquery(),
        select(func.max(Translation.written_at)).scalar_subquery(),
        select(func.max(VoiceLanguage.set_at)).scalar_subquery(),
        select(func.count(CountedWith.voice_id)).scalar_subquery(),
        select(func.max(CountedWith.decision_id)).scalar_subquery(),
    )
    columns = (Workshop.id, Workshop.last_seq, Workshop.name, Workshop.closed_at, *beside)
    rows = session.execute(select(*columns).where(Workshop.id.in_(workshop_ids)))
    return {row[0]: BoardStamp(last_seq=row[1], beside=tuple(row[2:])) for row in rows}


def change_workshop(
    session: Session, person: Person, workshop_id: int, *, name: str, held_on: date | None
) -> None:
    """Give a workshop another name or date.

    Raises
    ------
    EngagementError
        When the name is empty, too long, or another workshop of the engagement has it.
    """
    workshop = _get_to_run(session, person, workshop_id)
    before = workshop.name
    workshop.name = clean_board_name(session, workshop.engagement_id, name, except_id=workshop.id)
    workshop.held_on = held_on
    date_text = held_on.isoformat() if held_on else None
    _record(session, person, "changed workshop", workshop, before=before, held_on=date_text)


def close_board(session: Session, person: Person, workshop_id: int, *, why: str = "") -> None:
    """Sign a board off: from now on it refuses moves, and everybody can still read it.

    The decision log keeps who signed it off, at which step of the board, and why.
    """
    workshop = _get_to_run(session, person, workshop_id)
    if workshop.closed_at is None:
        workshop.closed_at = utc_now()
        _record(session, person, "closed board", workshop, why=why, seq=workshop.last_seq)


def reopen_board(session: Session, person: Person, workshop_id: int, *, why: str = "") -> None:
    """Let people move cards on a closed board again. Its sign-off stays in the decision log."""
    workshop = _get_to_run(session, person, workshop_id)
    if workshop.closed_at is not None:
        workshop.closed_at = None
        _record(session, person, "reopened board", workshop, why=why, seq=workshop.last_seq)


def make_board_count(session: Session, person: Person, workshop_id: int) -> None:
    """Let the ledger, the priorities and the answer follow this board instead of the one before."""
    workshop = _get_to_run(session, person, workshop_id)
    if session.get(Branch, workshop_id) is not None:
        raise EngagementError(
            f"“{workshop.name}” is a branch, and a branch never counts. Adopt it to bring its changes over."
        )
    lock_chain(session, f"boards of {workshop.engagement_id}")
    session.execute(
        update(Workshop)
        .where(Workshop.engagement_id == workshop.engagement_id)
        .values(counts=Workshop.id == workshop_id)
    )
    _record(session, person, "made board count", workshop)


def refuse_unknown(workshop_id: int) -> NotFoundError:
    """Make the error that says that there is no such workshop."""
    return NotFoundError(f"There is no workshop {workshop_id}. Choose one from the list of workshops.")


def _deal_themes(session: Session, workshop: Workshop, proposed: Sequence[ProposedTheme]) -> None:
    _check_dealt_once(session, workshop.engagement_id, proposed)
    names: list[str] = []
    for position, each in enumerate(proposed):
        names.append(number_name(each.name, names))
        theme = Theme(
            workshop_id=workshop.id,
            name=names[-1],
            position=position,
            candidate_theme_id=each.candidate_theme_id,
        )
        session.add(theme)
        session.flush()
        session.add_all(
            Placement(workshop_id=workshop.id, voice_id=voice_id, theme_id=theme.id)
            for voice_id in each.voice_ids
        )
        session.add_all(
            Echo(workshop_id=workshop.id, voice_id=voice_id, theme_id=theme.id) for voice_id in each.echo_ids
        )
    session.flush()


def _check_dealt_once(session: Session, engagement_id: int, proposed: Sequence[ProposedTheme]) -> None:
    dealt = [voice_id for each in proposed for voice_id in each.voice_ids]
    known = set(session.scalars(select(Voice.id).where(Voice.engagement_id == engagement_id)))
    if len(dealt) != len(set(dealt)):
        raise ValueError("proposed holds a voice twice, must hold each voice once.")
    shown = {*dealt, *(voice_id for each in proposed for voice_id in each.echo_ids)}
    if not known.issuperset(shown):
        raise ValueError(f"proposed holds {min(shown - known)}, which is no voice of {engagement_id}.")
    for each in proposed:
        if not set(each.echo_ids).isdisjoint(each.voice_ids):
            raise ValueError(f"proposed shows a voice twice in {each.name!r}, must show each voice once.")


def _select_views() -> Select[Workshop, int, int | None]:
    n_shown = (
        select(func.count())
        .where(Theme.workshop_id == Workshop.id, Theme.merged_into_id.is_(None), Theme.is_removed.is_(False))
        .scalar_subquery()
    )
    return select(Workshop, n_shown.label("n_shown"), Branch.trunk_id).outerjoin(
        Branch, Branch.workshop_id == Workshop.id
    )


def _view(row: Row[Workshop, int, int | None]) -> WorkshopView:
    workshop, n_shown, trunk_id = row
    return WorkshopView(
        id=workshop.id,
        engagement_id=workshop.engagement_id,
        name=workshop.name,
        held_on=workshop.held_on,
        counts=workshop.counts,
        closed_at=workshop.closed_at,
        n_themes=n_shown,
        n_moves=workshop.last_seq,
        made_by=workshop.made_by,
        made_at=workshop.made_at,
        trunk_id=trunk_id,
    )


def clean_board_name(
    session: Session, engagement_id: int, name: str, *, except_id: int | None = None, what: str = "workshop"
) -> str:
    """Give the name of a workshop, or of ``what`` else has a board, as it will stand.

    Raises
    ------
    EngagementError
        When it is empty, too long, or another workshop of the engagement has it.
    """
    name = clean_wording(name, what=f"The name of the {what}", longest=LONGEST_WORKSHOP_NAME)
    query = select(Workshop.id, Workshop.name).where(Workshop.engagement_id == engagement_id)
    for other_id, other in session.execute(query):
        if other_id != except_id and other.casefold() == name.casefold():
            raise ConflictError(f"There is a workshop called “{other}” already. Choose another name.")
    return name


def _clean_why(why: str) -> str:
    return clean_wording(why, what="The reason", longest=LONGEST_REASON) if why.strip() else ""


def _list_ids(session: Session, engagement_id: int) -> Sequence[int]:
    return session.scalars(select(Workshop.id).where(Workshop.engagement_id == engagement_id)).all()


def _get_to_run(session: Session, person: Person, workshop_id: int) -> Workshop:
    check_may(person, Act.RUN_WORKSHOP)
    lock_chain(session, f"board {workshop_id}")
    workshop = session.get(Workshop, workshop_id, populate_existing=True)
    if workshop is None:
        raise refuse_unknown(workshop_id)
    return workshop


def _record(
    session: Session,
    person: Person,
    kind: str,
    workshop: Workshop,
    why: str = "",
    **details: str | int | list[int] | None,
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="workshop",
        subject_id=workshop.id,
        engagement_id=workshop.engagement_id,
        why=_clean_why(why),
        details={"name": workshop.name, **details},
    )
