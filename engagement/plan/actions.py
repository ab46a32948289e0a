"""Actions of a priority: who does what by when, how far it is, and notes that are added, never rewritten."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import DAYS_DUE_SOON
from engagement.plan.named_people import NamedPerson, settle_person
from engagement.plan.priorities import find_priority, list_theme_ids
from models.plan import Action, ActionNote, ActionStatus, Priority, PriorityTheme

CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True)
class ActionDetails:
    """What will be done, who does it, by when, and how far it is."""

    title: str
    owner: NamedPerson
    due_on: date | None = None
    status: ActionStatus = ActionStatus.NOT_STARTED


@dataclass(frozen=True)
class NoteView:
    """A progress note: its words, who wrote it and when."""

    text: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class ActionView:
    """An action as people read it, with ``is_late`` and ``is_due_soon`` told for one day."""

    id: int
    priority_id: int
    priority_title: str
    title: str
    owner_name: str
    owner_account_id: int | None
    due_on: date | None
    status: ActionStatus
    done_on: date | None
    version: int
    notes: tuple[NoteView, ...]
    is_late: bool
    is_due_soon: bool

    @property
    def is_open(self) -> bool:
        """Tell whether there is still something to do."""
        return self.status not in CLOSED


def add_action(session: Session, person: Person, priority_id: int, details: ActionDetails) -> int:
    """Add an action to a priority and give its id."""
    check_may(person, Act.UPDATE_ACTIONS)
    priority = find_priority(session, priority_id)
    if not list_theme_ids(session, priority_id):
        raise EngagementError(f"“{priority.title}” is dissolved. Bring it back first, then add actions.")
    settled = _settle_details(session, details)
    action = Action(
        priority_id=priority_id,
        title=settled.title,
        owner_name=settled.owner.name,
        owner_account_id=settled.owner.account_id,
        due_on=settled.due_on,
        status=settled.status,
        done_on=None,
    )
    session.add(action)
    session.flush()
    _record(session, person, "added action", action, status=action.status.value)
    return action.id


def update_action(
    session: Session,
    person: Person,
    action_id: int,
    details: ActionDetails,
    *,
    saw_version: int,
    today: date,
    note: str = "",
) -> None:
    """Change an action and add a note if there is one, unless somebody changed it since ``saw_version``."""
    check_may(person, Act.UPDATE_ACTIONS)
    action = _find_action(session, action_id)
    session.refresh(action, with_for_update=True)
    settled = _settle_details(session, details)
    if action.version != saw_version:
        raise ConflictError(
            f"Somebody changed this action first: it is now “{action.title}”, {action.status.value}, "
            f"owned by {action.owner_name}. Look at it, then save again if you want yours."
        )
    changed = _apply_details(action, settled, today)
    if note.strip():
        add_note(session, person, action_id, note)
    if changed:
        action.version += 1
        _record(session, person, "updated action", action, status=action.status.value, changed=changed)


def add_note(session: Session, person: Person, action_id: int, text: str) -> None:
    """Add a progress note to an action; notes are never rewritten."""
    check_may(person, Act.UPDATE_ACTIONS)
    action = _find_action(session, action_id)
    if not text.strip():
        raise EngagementError("The note is empty. Type what happened, then save.")
    session.add(ActionNote(action_id=action_id, text=text.strip(), written_by=person.name))
    _record(session, person, "added note to action", action)


def list_actions(
    session: Session,
    person: Person,
    engagement_id: int,
    today: date,
    *,
    priority_id: int | None = None,
) -> tuple[ActionView, ...]:
    """List the actions of an engagement or of one priority: late first, then by due date, closed last."""
    check_may(person, Act.READ)
    chosen = select(Action, Priority.title).join(Priority, Priority.id == Action.priority_id)
    if priority_id is None:
        chosen = chosen.where(Priority.id.in_(select(PriorityTheme.priority_id)))
    else:
        chosen = chosen.where(Priority.id == priority_id)
    return _read_actions(session, chosen.where(Priority.engagement_id == engagement_id), today)


def list_all_actions(
    session: Session, person: Person, engagement_id: int, today: date
) -> tuple[ActionView, ...]:
    """List every action of an engagement, those of dissolved priorities too."""
    check_may(person, Act.READ)
    chosen = select(Action, Priority.title).join(Priority, Priority.id == Action.priority_id)
    return _read_actions(session, chosen.where(Priority.engagement_id == engagement_id), today)


def get_action_or_raise(session: Session, person: Person, action_id: int, today: date) -> ActionView:
    """Give one action."""
    check_may(person, Act.READ)
    _find_action(session, action_id)
    chosen = select(Action, Priority.title).join(Priority, Priority.id == Action.priority_id)
    return _read_actions(session, chosen.where(Action.id == action_id), today)[0]


def _read_actions(session: Session, chosen: Select[Action, str], today: date) -> tuple[ActionView, ...]:
    rows = session.execute(chosen).all()
    notes = _read_notes(session, [action.id for action, _ in rows])
    views = [_view_action(action, title, notes.get(action.id, ()), today) for action, title in rows]
    return tuple(sorted(views, key=_rank))


def _rank(action: ActionView) -> tuple[bool, date, int]:
    return (not action.is_open, action.due_on or date.max, action.id)


def _read_notes(session: Session, action_ids: list[int]) -> dict[int, tuple[NoteView, ...]]:
    newest_last = select(ActionNote).where(ActionNote.action_id.in_(action_ids)).order_by(ActionNote.id)
    notes: dict[int, tuple[NoteView, ...]] = {}
    for each in session.scalars(newest_last):
        view = NoteView(each.text, each.written_by, each.written_at)
        notes[each.action_id] = (*notes.get(each.action_id, ()), view)
    return notes


def _view_action(action: Action, title: str, notes: tuple[NoteView, ...], today: date) -> ActionView:
    days_left = (action.due_on - today).days if action.due_on and action.status not in CLOSED else None
    return ActionView(
        id=action.id,
        priority_id=action.priority_id,
        priority_title=title,
        title=action.title,
        owner_name=action.owner_name,
        owner_account_id=action.owner_account_id,
        due_on=action.due_on,
        status=action.status,
        done_on=action.done_on,
        version=action.version,
        notes=notes,
        is_late=days_left is not None and days_left < 0,
        is_due_soon=days_left is not None and 0 <= days_left <= DAYS_DUE_SOON,
    )


def _settle_details(session: Session, details: ActionDetails) -> ActionDetails:
    title = " ".join(details.title.split())
    if not title:
        raise EngagementError("The action is empty. Type what will be done, then save.")
    owner = settle_person(session, details.owner, "owner of the action")
    return ActionDetails(title, owner, details.due_on, details.status)


def _apply_details(action: Action, details: ActionDetails, today: date) -> list[str]:
    done_on = (action.done_on or today) if details.status is ActionStatus.DONE else None
    values = {
        "title": details.title,
        "owner_name": details.owner.name,
        "owner_account_id": details.owner.account_id,
        "due_on": details.due_on,
        "status": details.status,
        "done_on": done_on,
    }
    changed = [name for name, value in values.items() if getattr(action, name) != value]
    for name, value in values.items():
        setattr(action, name, value)
    return changed


def _find_action(session: Session, action_id: int) -> Action:
    action = session.get(Action, action_id)
    if action is None:
        raise NotFoundError(f"There is no action {action_id}. Go back to the priority and choose one.")
    return action


def _record(session: Session, person: Person, kind: str, action: Action, **details: object) -> None:
    priority = find_priority(session, action.priority_id)
    record_decision(
        session,
        person,
        kind,
        subject="action",
        subject_id=action.id,
        engagement_id=priority.engagement_id,
        details={"name": action.title, "priority": priority.id, **details},
    )
