"""Putting answers about people into shared groups: proposed from the answer, confirmed by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.characteristics.order import order_answers, order_groups
from engagement.listen.characteristics.sets import find_set, propose_group, read_sets
from engagement.listen.duplicates.aside import stands
from engagement.people.permissions import Act, Person, check_may
from engagement.small_numbers import THRESHOLD, choose_joined
from models.base import utc_now
from models.sources import Characteristic, CharacteristicGrouping, Respondent, Source
from models.voices import Voice

FEW = "Groups with few people"


@dataclass(frozen=True)
class AnswerView:
    """One answer as it was written, how many people gave it, and its group; "" where it stands for itself."""

    value: str
    n_people: int
    group: str


@dataclass(frozen=True)
class CharacteristicView:
    """What people were asked of themselves, with every answer.

    Answers stand in their natural order where they have one, such as ages, else by how many gave them. Groups
    are those that somebody confirmed; where nobody has, or for answers that came in since
    (``n_new``), those that are proposed. ``set_key`` is "" where no set fits.
    """

    name: str
    set_key: str
    answers: tuple[AnswerView, ...]
    is_confirmed: bool
    n_new: int
    decided_by: str

    @property
    def n_people(self) -> int:
        """Count the people who answered."""
        return sum(answer.n_people for answer in self.answers)


def list_characteristics(
    session: Session, person: Person, engagement_id: int
) -> tuple[CharacteristicView, ...]:
    """List what people of an engagement said of themselves, the most answered first."""
    check_may(person, Act.ADD_SOURCE)
    answers = _count_answers(session, engagement_id)
    confirmed = {each.name: each for each in _list_groupings(session, engagement_id)}
    views = (_view(name, counted, confirmed.get(name)) for name, counted in answers.items())
    return tuple(sorted(views, key=lambda each: (-each.n_people, each.name)))


def propose_groups(set_key: str, answers: Mapping[str, int]) -> dict[str, str]:
    """Propose a group of a set for each answer; "" for those that stand for themselves."""
    chosen = read_sets().get(set_key)
    return {value: propose_group(chosen, value) if chosen else "" for value in answers}


def confirm_groups(
    session: Session,
    person: Person,
    engagement_id: int,
    name: str,
    set_key: str,
    groups: Mapping[str, str],
) -> None:
    """Confirm the group of each answer to one characteristic; the answers themselves stay as they are.

    Raises
    ------
    EngagementError
        When there is no such set, or a group is not of it.
    """
    check_may(person, Act.ADD_SOURCE)
    chosen = read_sets().get(set_key)
    if chosen is None:
        raise EngagementError(f"There is no set of groups “{set_key}”. Choose one from the list.")
    wrong = [group for group in groups.values() if group and group not in chosen.group_names]
    if wrong:
        raise EngagementError(f"“{wrong[0]}” is no group of “{chosen.name}”. Choose one from the list.")
    if name not in _count_answers(session, engagement_id):
        raise NotFoundError(f"Nobody was asked “{name}” here. Load the page again.")
    row = _find_grouping(session, engagement_id, name)
    if row is None:
        row = CharacteristicGrouping(engagement_id=engagement_id, name=name)
        session.add(row)
    row.set_key, row.groups = set_key, dict(groups)
    row.decided_by, row.decided_at = person.name, utc_now()
    session.flush()
    n_grouped = sum(bool(group) for group in groups.values())
    details = {"name": name, "set": set_key, "n_answers": len(groups), "n_grouped": n_grouped}
    _record(session, person, "confirmed groups of answers", row, details)


def take_back_groups(session: Session, person: Person, engagement_id: int, name: str) -> None:
    """Undo a confirmation: every answer stands for itself again."""
    check_may(person, Act.ADD_SOURCE)
    row = _find_grouping(session, engagement_id, name)
    if row is None:
        raise NotFoundError(f"No groups are confirmed for “{name}”. Nothing needs to be undone.")
    _record(session, person, "took back groups of answers", row, {"name": name, "set": row.set_key})
    session.delete(row)


def list_grouped(session: Session, person: Person, engagement_id: int) -> tuple[str, ...]:
    """List the characteristics whose groups somebody confirmed."""
    check_may(person, Act.READ)
    return tuple(sorted(each.name for each in _list_groupings(session, engagement_id)))


def read_groups(session: Session, person: Person, engagement_id: int, name: str) -> dict[int, str]:
    """Read the group of whoever said each voice, for one confirmed characteristic.

    An answer that stands for itself is given as it was written; voices of people who were not asked, or did
    not answer, are left out.
    """
    check_may(person, Act.READ)
    row = _find_grouping(session, engagement_id, name)
    if row is None:
        raise NotFoundError(f"No groups are confirmed for “{name}”. Confirm them under Characteristics.")
    rows = session.execute(
        select(Voice.id, Characteristic.value)
        .join(Characteristic, Characteristic.respondent_id == Voice.respondent_id)
        .where(Voice.engagement_id == engagement_id, Characteristic.name == name)
    )
    return {voice_id: row.groups.get(value) or value for voice_id, value in rows}


def forget_answers(session: Session, engagement_id: int) -> None:
    """Take out of the confirmed groups every answer that the record holds of nobody any more."""
    rows = session.execute(
        select(Characteristic.name, Characteristic.value)
        .join(Respondent, Respondent.id == Characteristic.respondent_id)
        .join(Source, Source.id == Respondent.source_id)
        .where(Source.engagement_id == engagement_id)
        .distinct()
    )
    left = {(name, value) for name, value in rows}
    for row in _list_groupings(session, engagement_id):
        row.groups = {value: group for value, group in row.groups.items() if (row.name, value) in left}


def count_protected(view: CharacteristicView) -> tuple[tuple[str, int], ...]:
    """Count the people of each group, with small groups counted as one, so that nobody can be told from them.

    Where so few answered that even together they are few, nothing is shown.
    """
    counted: Counter[str] = Counter()
    for answer in view.answers:
        counted[answer.group or answer.value] += answer.n_people
    joined = choose_joined(counted)
    n_joined = sum(counted[name] for name in joined)
    if n_joined in range(1, THRESHOLD):
        return ()
    order = order_groups(counted, read_sets().get(view.set_key))
    shown = [(name, counted[name]) for name in order if name not in joined]
    return (*shown, (FEW, n_joined)) if joined else tuple(shown)


def _view(name: str, counted: Mapping[str, int], row: CharacteristicGrouping | None) -> CharacteristicView:
    found = find_set(name, counted)
    set_key = row.set_key if row else found.key if found else ""
    groups = propose_groups(set_key, counted)
    known = {value: str(group) for value, group in row.groups.items()} if row else {}
    order = order_answers(counted, read_sets().get(set_key))
    return CharacteristicView(
        name=name,
        set_key=set_key,
        answers=tuple(AnswerView(each, counted[each], known.get(each, groups[each])) for each in order),
        is_confirmed=row is not None,
        n_new=sum(value not in known for value in counted) if row else 0,
        decided_by=row.decided_by if row else "",
    )


def _count_answers(session: Session, engagement_id: int) -> dict[str, dict[str, int]]:
    """Count the people who gave each answer, of those of whom at least one voice stands."""
    standing = select(Voice.respondent_id).where(Voice.engagement_id == engagement_id, stands(Voice.id))
    rows = session.execute(
        select(Characteristic.name, Characteristic.value, func.count(Characteristic.respondent_id))
        .join(Respondent, Respondent.id == Characteristic.respondent_id)
        .join(Source, Source.id == Respondent.source_id)
        .where(Source.engagement_id == engagement_id, Respondent.id.in_(standing))
        .group_by(Characteristic.name, Characteristic.value)
    )
    counted: dict[str, dict[str, int]] = {}
    for name, value, count in rows:
        counted.setdefault(name, {})[value] = count
    return counted


def _list_groupings(session: Session, engagement_id: int) -> list[CharacteristicGrouping]:
    query = select(CharacteristicGrouping).where(CharacteristicGrouping.engagement_id == engagement_id)
    return list(session.scalars(query))


def _find_grouping(session: Session, engagement_id: int, name: str) -> CharacteristicGrouping | None:
    query = select(CharacteristicGrouping).filter_by(engagement_id=engagement_id, name=name)
    return session.scalars(query).one_or_none()


def _record(
    session: Session, person: Person, kind: str, row: CharacteristicGrouping, details: Mapping[str, object]
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="characteristic_grouping",
        subject_id=row.id,
        engagement_id=row.engagement_id,
        details=details,
    )
