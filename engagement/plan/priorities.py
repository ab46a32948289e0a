"""Choosing priorities out of agreed themes, changing them, dissolving them and bringing them back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.people.permissions import Act, Person, check_may
from engagement.plan.due_dates import write_date
from engagement.plan.named_people import NamedPerson, settle_person
from engagement.plan.standing import find_roots
from engagement.plan.theme_choice import check_themes_are_free
from models.database import lock_chain
from models.decisions import Decision
from models.engagements import Engagement
from models.plan import Action, Priority, PriorityTheme

MOST_LETTERS = 300


@dataclass(frozen=True)
class PriorityDetails:
    """What people say of a priority: ``statement`` is "I ...", ``promise`` is "We will ..."."""

    title: str
    lead: NamedPerson
    group_name: str
    chosen_on: date
    statement: str = ""
    promise: str = ""
    group_members: str = ""


def choose_priority(
    session: Session,
    person: Person,
    engagement_id: int,
    theme_ids: Sequence[int],
    details: PriorityDetails,
) -> int:
    """Make one or several agreed themes into a priority with a lead and a group, and give its id."""
    check_may(person, Act.CHOOSE_PRIORITIES)
    lock_chain(session, f"plan {engagement_id}")
    if session.get(Engagement, engagement_id) is None:
        raise NotFoundError(f"There is no engagement {engagement_id}. Go back to your engagements.")
    settled = _settle_details(session, details)
    check_themes_are_free(session, engagement_id, theme_ids)
    priority = Priority(
        engagement_id=engagement_id,
        position=_find_next_position(session, engagement_id),
        **_list_columns(settled),
    )
    session.add(priority)
    session.flush()
    _link_themes(session, priority.id, theme_ids)
    _record(session, person, "chose priority", priority, themes=sorted(theme_ids))
    return priority.id


def edit_priority(
    session: Session,
    person: Person,
    priority_id: int,
    details: PriorityDetails,
    *,
    saw_version: int,
    theme_ids: Sequence[int] | None = None,
) -> None:
    """Change a priority, unless somebody changed it since ``saw_version``.

    Raises
    ------
    ConflictError
        When somebody changed it first; the message shows their words beside the typed ones.
    """
    check_may(person, Act.CHOOSE_PRIORITIES)
    priority = _hold_priority(session, priority_id)
    settled = _settle_details(session, details)
    if priority.version != saw_version:
        raise ConflictError(_describe_conflict(session, priority, settled))
    changed = [name for name, value in _list_columns(settled).items() if getattr(priority, name) != value]
    for name, value in _list_columns(settled).items():
        setattr(priority, name, value)
    if theme_ids is not None and set(theme_ids) != set(list_theme_ids(session, priority_id)):
        check_themes_are_free(session, priority.engagement_id, theme_ids, priority_id)
        _link_themes(session, priority_id, theme_ids)
        changed.append("themes")
    if not changed:
        return
    priority.version += 1
    themes = list_theme_ids(session, priority_id)
    _record(session, person, "edited priority", priority, changed=changed, themes=themes)


def dissolve_priority(
    session: Session, person: Person, priority_id: int, *, why: str = "", is_confirmed: bool = False
) -> None:
    """Give a priority's themes back to the board; its actions rest until it is brought back.

    Raises
    ------
    EngagementError
        When it has actions and ``is_confirmed`` is False.
    """
    check_may(person, Act.CHOOSE_PRIORITIES)
    priority = _hold_priority(session, priority_id)
    theme_ids = list_theme_ids(session, priority_id)
    if not theme_ids:
        raise EngagementError(f"“{priority.title}” is dissolved already. There is nothing more to do.")
    n_actions = session.scalar(select(func.count()).where(Action.priority_id == priority_id)) or 0
    if n_actions and not is_confirmed:
        word = "action" if n_actions == 1 else "actions"
        raise EngagementError(
            f"“{priority.title}” has {n_actions} {word}, which will rest with it. "
            "Confirm that you want to dissolve it all the same."
        )
    _link_themes(session, priority_id, ())
    priority.version += 1
    _record(session, person, "dissolved priority", priority, why=why, themes=theme_ids)


def bring_back_priority(session: Session, person: Person, priority_id: int) -> None:
    """Undo the dissolving of a priority, with the themes it had, if these are still free."""
    check_may(person, Act.CHOOSE_PRIORITIES)
    priority = _hold_priority(session, priority_id)
    if list_theme_ids(session, priority_id):
        raise EngagementError(f"“{priority.title}” is not dissolved. There is nothing to bring back.")
    theme_ids = find_roots(session, priority.engagement_id, _read_themes_before(session, priority_id))
    check_themes_are_free(session, priority.engagement_id, theme_ids)
    _link_themes(session, priority_id, theme_ids)
    priority.version += 1
    _record(session, person, "brought back priority", priority, themes=theme_ids)


def find_priority(session: Session, priority_id: int) -> Priority:
    """Find the row of a priority; for the services of the plan only."""
    priority = session.get(Priority, priority_id)
    if priority is None:
        raise NotFoundError(f"There is no priority {priority_id}. Go back to the list of priorities.")
    return priority


def list_theme_ids(session: Session, priority_id: int) -> list[int]:
    """List the ids of the themes that a priority was made from; none when it is dissolved."""
    made_from = select(PriorityTheme.theme_id).where(PriorityTheme.priority_id == priority_id)
    return list(session.scalars(made_from.order_by(PriorityTheme.theme_id)))


def _hold_priority(session: Session, priority_id: int) -> Priority:
    """Find a priority and hold back others who would change the plan, until this transaction ends."""
    priority = find_priority(session, priority_id)
    lock_chain(session, f"plan {priority.engagement_id}")
    session.refresh(priority)
    return priority


def _settle_details(session: Session, details: PriorityDetails) -> PriorityDetails:
    return PriorityDetails(
        title=_check_words(details.title, "title of the priority"),
        lead=settle_person(session, details.lead, "lead"),
        group_name=_check_words(details.group_name, "name of the group"),
        chosen_on=details.chosen_on,
        statement=details.statement.strip(),
        promise=details.promise.strip(),
        group_members="\n".join(filter(None, map(str.strip, details.group_members.splitlines()))),
    )


def _check_words(words: str, what: str) -> str:
    trimmed = " ".join(words.split())
    if not trimmed:
        raise EngagementError(f"The {what} is empty. Type it, then save.")
    if len(trimmed) > MOST_LETTERS:
        raise EngagementError(
            f"The {what} has {len(trimmed)} letters. Use {MOST_LETTERS} letters or fewer, then save."
        )
    return trimmed


def _list_columns(details: PriorityDetails) -> dict[str, str | int | date | None]:
    return {
        "title": details.title,
        "statement": details.statement,
        "promise": details.promise,
        "lead_name": details.lead.name,
        "lead_account_id": details.lead.account_id,
        "group_name": details.group_name,
        "group_members": details.group_members,
        "chosen_on": details.chosen_on,
    }


def _describe_conflict(session: Session, priority: Priority, typed: PriorityDetails) -> str:
    newest = select(Decision).where(Decision.subject == "priority", Decision.subject_id == priority.id)
    decision = session.scalars(newest.order_by(Decision.seq.desc()).limit(1)).first()
    differences = [
        f"{name.replace('_', ' ').capitalize()}: now “{_write(getattr(priority, name))}”, "
        f"you typed “{_write(value)}”."
        for name, value in _list_columns(typed).items()
        if name != "lead_account_id" and getattr(priority, name) != value
    ]
    first = f"{decision.actor if decision else 'Somebody'} changed this priority first."
    return " ".join([first, *differences, "Look at both, then save again if you want yours."])


def _write(value: str | int | date | None) -> str:
    return write_date(value) if isinstance(value, date) else str(value)


def _find_next_position(session: Session, engagement_id: int) -> int:
    highest = select(func.max(Priority.position)).where(Priority.engagement_id == engagement_id)
    return (session.scalar(highest) or 0) + 1


def _link_themes(session: Session, priority_id: int, theme_ids: Sequence[int]) -> None:
    session.execute(delete(PriorityTheme).where(PriorityTheme.priority_id == priority_id))
    session.add_all(PriorityTheme(theme_id=each, priority_id=priority_id) for each in sorted(set(theme_ids)))
    session.flush()


def _read_themes_before(session: Session, priority_id: int) -> list[int]:
    dissolved = select(Decision.details).where(
        Decision.kind == "dissolved priority", Decision.subject_id == priority_id
    )
    details = session.scalars(dissolved.order_by(Decision.seq.desc()).limit(1)).one()
    return [int(each) for each in details["themes"]]


def _record(
    session: Session, person: Person, kind: str, priority: Priority, why: str = "", **details: object
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="priority",
        subject_id=priority.id,
        engagement_id=priority.engagement_id,
        why=why,
        details={"name": priority.title, **details},
    )
