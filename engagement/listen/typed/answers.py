"""Answers to public forms: received from anybody, read by a person, and only then let in as voices."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.consent import Agreed, change_consent
from engagement.listen.personal_data.covering import SHOWN_TEXT
from engagement.listen.typed.adding import TypedWords, add_voice, make_key, take_sheet
from engagement.listen.typed.forms import find_open_form, get_form_row_or_raise, renew_sheet
from engagement.listen.typed.sheet import MOST_ROWS
from engagement.listen.typed.wording import check_words
from engagement.listen.voices import bring_back_voice, clean_reason, withdraw_voice
from engagement.people.permissions import Act, Person, check_may
from models.base import utc_now
from models.consent import ErasedVoice
from models.database import lock_chain
from models.sources import Source
from models.typed import AnswerState, FormAnswer, PublicForm
from models.voices import Voice

BY_THE_FORM = "the public form"
BACK_IN_THE_QUEUE = "put back among the answers that wait"
TICKED = {"may_quote": "may be quoted without a name", "may_pass_on": "may be passed on to who can act"}
"""What people can tick beside the words of consent."""

USUAL_REASONS = (
    "sent by a machine",
    "about one person who can be told",
    "not about this prompt",
    "meant to hurt somebody",
    "sent twice by the same person",
)
"""Why answers are set aside, in words of ours: they hold nothing of what anybody said."""
OWN_REASON = "for a reason that stands with the answer"


@dataclass(frozen=True)
class SentAnswer:
    """What somebody sent by a public form. ``is_doubtful``: something was filled in that no person sees."""

    words: str
    token: str
    may_quote: bool = False
    may_pass_on: bool = False
    is_doubtful: bool = False


@dataclass(frozen=True)
class AnswerView:
    """One answer, for whoever decides about it. ``is_erased``: its words were erased for good."""

    id: int
    form_id: int
    number: str
    text: str
    may_quote: bool
    may_pass_on: bool
    is_doubtful: bool
    received_at: datetime
    state: AnswerState
    reason: str
    decided_by: str
    voice_id: int | None
    is_erased: bool


def receive_answer(session: Session, link_key: str, sent: SentAnswer, today: date | None = None) -> str:
    """Keep an answer among those that wait, and give its number; sent twice, it is kept once.

    Raises
    ------
    FormClosedError
        When the form takes no answers.
    EngagementError
        When there is nothing to keep, it is too long, or the form is full.
    """
    form = find_open_form(session, link_key, today)
    words = check_words(sent.words)
    key = make_key(f"form {form.id}", words, sent.token)
    lock_chain(session, f"form {form.id}")
    known = session.scalar(select(FormAnswer.number).where(FormAnswer.key == key))
    if known is not None:
        return known
    taken = set(session.scalars(select(FormAnswer.number).where(FormAnswer.form_id == form.id)))
    if len(taken) >= MOST_ROWS:
        raise EngagementError("This form is full: it has as many answers as one form can take.")
    answer = FormAnswer(
        form_id=form.id,
        key=key,
        number=_draw_number(taken),
        text=words,
        may_quote=sent.may_quote,
        may_pass_on=sent.may_pass_on,
        is_doubtful=sent.is_doubtful,
        state=AnswerState.WAITING,
    )
    session.add(answer)
    session.flush()
    return answer.number


def list_answers(
    session: Session, person: Person, engagement_id: int, state: AnswerState, limit: int | None = None
) -> tuple[AnswerView, ...]:
    """List the answers of an engagement in one state: those that wait the oldest first, others the newest."""
    check_may(person, Act.ADD_SOURCE)
    order = FormAnswer.id if state is AnswerState.WAITING else FormAnswer.decided_at.desc()
    query = (
        select(FormAnswer, SHOWN_TEXT.label("shown"), ErasedVoice.voice_id.is_not(None))
        .join(PublicForm, PublicForm.id == FormAnswer.form_id)
        .outerjoin(Voice, Voice.id == FormAnswer.voice_id)
        .outerjoin(ErasedVoice, ErasedVoice.voice_id == FormAnswer.voice_id)
        .where(PublicForm.engagement_id == engagement_id, FormAnswer.state == state)
        .order_by(order, FormAnswer.id)
        .limit(limit)
    )
    return tuple(_view(answer, shown, is_erased) for answer, shown, is_erased in session.execute(query))


def count_waiting(session: Session, person: Person, engagement_id: int) -> int:
    """Count the answers that wait for somebody to read them."""
    check_may(person, Act.READ)
    query = select(func.count(FormAnswer.id)).join(PublicForm, PublicForm.id == FormAnswer.form_id)
    waiting = (PublicForm.engagement_id == engagement_id, FormAnswer.state == AnswerState.WAITING)
    return session.scalar(query.where(*waiting)) or 0


def keep_answer(session: Session, person: Person, answer_id: int, *, limited: bool = False) -> int:
    """Let an answer in as a voice, and give the voice's id.

    With ``limited`` it may be neither quoted nor passed on, whatever was ticked.

    Raises
    ------
    ConflictError
        When somebody has decided about it already.
    """
    answer, form = _take(session, person, answer_id, AnswerState.WAITING)
    if answer.voice_id is None:
        renew_sheet(session, person, form)
        source = take_sheet(session, form.source_id)
        answer.voice_id = _add_voice(session, person, answer, form, source)
        answer.text = ""
    else:
        bring_back_voice(session, person, answer.voice_id)
    _decide(answer, person, AnswerState.KEPT, "")
    _keep_consent(session, person, answer, limited=limited)
    _record(session, person, "let answer in", answer, form, {"limited": limited})
    return answer.voice_id


def set_aside(session: Session, person: Person, answer_id: int, reason: str) -> None:
    """Set an answer aside with a reason: it becomes no voice, and can be put back.

    A reason in words of their own stands with the answer and not in the log, which forgets nothing: it may
    repeat what the answer says, and is erased with it.

    Raises
    ------
    EngagementError
        When there is no reason.
    """
    answer, form = _take(session, person, answer_id, AnswerState.WAITING)
    reason = clean_reason(reason)
    _decide(answer, person, AnswerState.ASIDE, reason)
    _record(
        session,
        person,
        "set answer aside",
        answer,
        form,
        {},
        why=reason if reason in USUAL_REASONS else OWN_REASON,
    )


def put_back(session: Session, person: Person, answer_id: int) -> None:
    """Take back what was decided about an answer: it waits again, and its voice is withdrawn until then.

    Raises
    ------
    ConflictError
        When its words were erased: nobody could read them again.
    """
    answer, form = _take(session, person, answer_id, AnswerState.KEPT, AnswerState.ASIDE)
    if _is_erased(session, answer):
        raise ConflictError(f"The words of answer {answer.number} were erased for good. It stays as it is.")
    if answer.state is AnswerState.KEPT and answer.voice_id is not None:
        withdraw_voice(session, person, answer.voice_id, BACK_IN_THE_QUEUE)
    _decide(answer, person, AnswerState.WAITING, "")
    _record(session, person, "put answer back", answer, form, {})


def erase_reasons(answers: Iterable[FormAnswer]) -> None:
    """Erase why answers were set aside where it was said in somebody's own words."""
    for answer in answers:
        if answer.reason not in USUAL_REASONS:
            answer.reason = ""


def _take(
    session: Session, person: Person, answer_id: int, *states: AnswerState
) -> tuple[FormAnswer, PublicForm]:
    """Give an answer and its form, with other deciders held back."""
    check_may(person, Act.ADD_SOURCE)
    lock_chain(session, "form answers")
    answer = session.get(FormAnswer, answer_id, populate_existing=True)
    if answer is None:
        raise NotFoundError("This answer is not there. Load the page again.")
    if answer.state not in states:
        raise ConflictError(
            f"{answer.decided_by or 'Somebody'} decided about this answer before: it is {answer.state}. "
            "Load the page again."
        )
    return answer, get_form_row_or_raise(session, person, answer.form_id)


def _add_voice(session: Session, person: Person, answer: FormAnswer, form: PublicForm, source: Source) -> int:
    new = TypedWords(
        words=answer.text,
        kept_at=answer.received_at,
        typed_by=BY_THE_FORM,
        said_on=answer.received_at.date(),
        prompt_id=form.prompt_id,
        speaker=f"Answer {answer.number}",
    )
    return add_voice(session, person, source, new).id


def _keep_consent(session: Session, person: Person, answer: FormAnswer, *, limited: bool) -> None:
    """Keep what was ticked beside the words of consent, or that a person limited it."""
    if answer.voice_id is None:
        return
    ticked = [said for name, said in TICKED.items() if getattr(answer, name)]
    said = f"ticked on the form: {', '.join(ticked) or 'nothing'}"
    agreed = Agreed(
        may_quote=answer.may_quote and not limited, may_pass_on=answer.may_pass_on and not limited
    )
    wording = f"{said}; kept with limited consent by {person.name}" if limited else said
    change_consent(session, person, answer.voice_id, agreed, wording)


def _decide(answer: FormAnswer, person: Person, state: AnswerState, reason: str) -> None:
    answer.state, answer.reason = state, reason
    is_open = state is AnswerState.WAITING
    answer.decided_by, answer.decided_at = ("", None) if is_open else (person.name, utc_now())


def _draw_number(taken: set[str]) -> str:
    number = _draw_digits()
    while number in taken:
        number = _draw_digits()
    return number


def _draw_digits() -> str:
    digits = f"{secrets.randbelow(10**6):06d}"
    return f"{digits[:3]} {digits[3:]}"


def _is_erased(session: Session, answer: FormAnswer) -> bool:
    if answer.voice_id is None:
        return not answer.text
    return session.get(ErasedVoice, answer.voice_id) is not None


def _view(answer: FormAnswer, shown: str | None, is_voice_erased: bool) -> AnswerView:
    is_erased = is_voice_erased or (answer.voice_id is None and not answer.text)
    return AnswerView(
        id=answer.id,
        form_id=answer.form_id,
        number=answer.number,
        text="" if is_erased else answer.text or shown or "",
        may_quote=answer.may_quote,
        may_pass_on=answer.may_pass_on,
        is_doubtful=answer.is_doubtful,
        received_at=answer.received_at,
        state=answer.state,
        reason=answer.reason,
        decided_by=answer.decided_by,
        voice_id=answer.voice_id,
        is_erased=is_erased,
    )


def _record(
    session: Session,
    person: Person,
    kind: str,
    answer: FormAnswer,
    form: PublicForm,
    details: dict[str, bool],
    why: str = "",
) -> None:
    record_decision(
        session,
        person,
        kind,
        subject="form_answer",
        subject_id=answer.id,
        engagement_id=form.engagement_id,
        details={"form": form.id, "voice": answer.voice_id, **details},
        why=why,
    )
