"""Public forms: opened by a facilitator for one prompt until a day, reached by a link that can be changed."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.details import SourceDetails
from engagement.listen.typed.adding import add_typed_source
from engagement.listen.typed.sheet import can_grow
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.engagements import Engagement, Prompt
from models.sources import Source, SourceKind, StoredFile
from models.typed import AnswerState, FormAnswer, PublicForm

KEY_BYTES = 16
LONGEST_OPEN = timedelta(days=366)
LONGEST_READ_BY = 300
LONGEST_WORDING = 2_000
CONSENT = (
    "By sending this I agree that my words are used, without my name, to decide together what should be done."
)
"""What people are asked where the facilitator writes nothing else."""


@dataclass(frozen=True)
class FormView:
    """A public form as those see it who look after it. ``is_open`` today."""

    id: int
    engagement_id: int
    prompt: str
    consent_wording: str
    read_by: str
    link_key: str
    closes_on: date
    is_open: bool
    opened_by: str
    counts: dict[AnswerState, int]


@dataclass(frozen=True)
class OpenForm:
    """What anybody sees who has the link."""

    id: int
    engagement: str
    prompt: str
    consent_wording: str
    read_by: str
    closes_on: date


class FormClosedError(NotFoundError):
    """The form takes no answers any more, or the link is not good."""


def open_form(
    session: Session,
    person: Person,
    engagement_id: int,
    prompt_id: int,
    *,
    closes_on: date,
    read_by: str,
    consent_wording: str = CONSENT,
    today: date | None = None,
) -> int:
    """Open a form for one prompt until the end of a day, and give its id.

    Raises
    ------
    EngagementError
        When the day has passed or is more than a year away, or it is not said who reads the answers.
    ConflictError
        When a form for this prompt is open already.
    """
    check_may(person, Act.ADD_SOURCE)
    get_engagement_or_raise(session, person, engagement_id)
    prompt = session.get(Prompt, prompt_id)
    if prompt is None or prompt.engagement_id != engagement_id:
        raise NotFoundError("This prompt is not asked in this engagement. Choose another one.")
    today = today or date.today()
    _check_last_day(closes_on, today)
    wording = _check_said("the words of consent", consent_wording, LONGEST_WORDING)
    read_by = _check_said("who reads the answers", read_by, LONGEST_READ_BY)
    if any(_is_open(each, today) for each in _list_rows(session, PublicForm.prompt_id == prompt_id)):
        raise ConflictError("A form for this prompt is open already. Close it before you open another one.")
    now = utc_now()
    details = _make_details(prompt.text, wording, today, person.name)
    source = add_typed_source(session, person, engagement_id, details, now)
    form = PublicForm(
        engagement_id=engagement_id,
        prompt_id=prompt_id,
        source_id=source.id,
        read_by=read_by,
        link_key=secrets.token_urlsafe(KEY_BYTES),
        closes_on=closes_on,
        opened_by=person.name,
        opened_at=now,
    )
    session.add(form)
    session.flush()
    _record(session, person, "opened public form", form, {"closes_on": closes_on.isoformat()})
    return form.id


def renew_sheet(session: Session, person: Person, form: PublicForm) -> None:
    """Give a form a new sheet, as a source beside the old one, where a copy of the old one cannot grow."""
    old = session.get_one(Source, form.source_id)
    if can_grow(session.get_one(StoredFile, old.file_sha256).content):
        return
    prompt = session.get_one(Prompt, form.prompt_id)
    now = utc_now()
    details = _make_details(prompt.text, old.consent_wording, now.date(), form.opened_by)
    details = replace(details, keep_until=old.keep_until)
    form.source_id = add_typed_source(session, person, form.engagement_id, details, now).id
    session.flush()
    _record(session, person, "gave public form another sheet", form, {"source": str(form.source_id)})


def change_last_day(
    session: Session, person: Person, form_id: int, closes_on: date, today: date | None = None
) -> None:
    """Let a form take answers until the end of another day; a closed one opens again with its old link."""
    form = get_form_row_or_raise(session, person, form_id)
    _check_last_day(closes_on, today or date.today())
    form.closes_on, form.closed_at = closes_on, None
    _record(session, person, "changed last day of public form", form, {"closes_on": closes_on.isoformat()})


def close_form(session: Session, person: Person, form_id: int) -> None:
    """Take no more answers. What came in stays, and can still be let in."""
    form = get_form_row_or_raise(session, person, form_id)
    if form.closed_at is None:
        form.closed_at = utc_now()
        _record(session, person, "closed public form", form, {})


def rotate_link(session: Session, person: Person, form_id: int) -> None:
    """Make another link and QR code; the old ones are no good any more."""
    form = get_form_row_or_raise(session, person, form_id)
    form.link_key = secrets.token_urlsafe(KEY_BYTES)
    _record(session, person, "changed link of public form", form, {})


def list_forms(
    session: Session, person: Person, engagement_id: int, today: date | None = None
) -> tuple[FormView, ...]:
    """List the forms of an engagement, the newest first, each with how its answers stand."""
    check_may(person, Act.ADD_SOURCE)
    today = today or date.today()
    rows = _list_rows(session, PublicForm.engagement_id == engagement_id)
    return tuple(_view(session, form, today) for form in rows)


def find_open_form(session: Session, link_key: str, today: date | None = None) -> OpenForm:
    """Give the form that a link leads to.

    Raises
    ------
    FormClosedError
        When there is none, it was closed, or its last day has passed.
    """
    query = select(PublicForm).where(PublicForm.link_key == link_key)
    is_like_ours = link_key.isascii() and link_key.isprintable()
    form = session.scalars(query).one_or_none() if is_like_ours else None
    if form is None:
        raise FormClosedError("This link is not good any more. Ask whoever gave it to you for the new one.")
    if not _is_open(form, today or date.today()):
        raise FormClosedError("This form is closed and takes no more answers.")
    return OpenForm(
        id=form.id,
        engagement=session.get_one(Engagement, form.engagement_id).name,
        prompt=session.get_one(Prompt, form.prompt_id).text,
        consent_wording=session.get_one(Source, form.source_id).consent_wording,
        read_by=form.read_by,
        closes_on=form.closes_on,
    )


def get_form_row_or_raise(session: Session, person: Person, form_id: int) -> PublicForm:
    """Give the row of a form to whoever may look after it, for services of this folder.

    Raises
    ------
    NotFoundError
        When there is none with that number.
    """
    check_may(person, Act.ADD_SOURCE)
    form = session.get(PublicForm, form_id)
    if form is None:
        raise NotFoundError(f"There is no public form with the number {form_id}. Choose one from the list.")
    return form


def _is_open(form: PublicForm, today: date) -> bool:
    return form.closed_at is None and today <= form.closes_on


def _list_rows(session: Session, which: object) -> list[PublicForm]:
    query = select(PublicForm).where(which).order_by(PublicForm.id.desc())  # type: ignore[arg-type]
    return list(session.scalars(query))


def _check_last_day(closes_on: date, today: date) -> None:
    if not today <= closes_on <= today + LONGEST_OPEN:
        raise EngagementError(
            f"{closes_on:%d/%m/%Y} cannot be the last day. Choose one from today to a year from now."
        )


def _check_said(name: str, typed: str, longest: int) -> str:
    said = typed.strip()
    if not said or len(said) > longest or "\0" in said:
        raise EngagementError(
            f"Write {name} in 1 to {longest:,} characters: people read it before they answer."
        )
    return said


def _make_details(prompt: str, wording: str, today: date, facilitator: str) -> SourceDetails:
    return SourceDetails(
        title=f"Public form: {prompt}"[:200],
        kind=SourceKind.SURVEY,
        held_on=today,
        facilitator=facilitator,
        consent_wording=wording,
        may_quote=False,
        may_pass_on=False,
    )


def _view(session: Session, form: PublicForm, today: date) -> FormView:
    rows = session.execute(
        select(FormAnswer.state, func.count()).where(FormAnswer.form_id == form.id).group_by(FormAnswer.state)
    )
    counts = {AnswerState(state): count for state, count in rows}
    return FormView(
        id=form.id,
        engagement_id=form.engagement_id,
        prompt=session.get_one(Prompt, form.prompt_id).text,
        consent_wording=session.get_one(Source, form.source_id).consent_wording,
        read_by=form.read_by,
        link_key=form.link_key,
        closes_on=form.closes_on,
        is_open=_is_open(form, today),
        opened_by=form.opened_by,
        counts={state: counts.get(state, 0) for state in AnswerState},
    )


def _record(session: Session, person: Person, kind: str, form: PublicForm, details: dict[str, str]) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="public_form",
        subject_id=form.id,
        engagement_id=form.engagement_id,
        details={"source": form.source_id, **details},
    )
