"""Sources: listing them with what still needs somebody, and putting their details right."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.errors import EngagementError, NotFoundError
from engagement.listen.consent import follow_use
from engagement.listen.details import MAX_TITLE_LENGTH, SourceDetails
from engagement.listen.preview import Receipt, unpack_receipt
from engagement.people.permissions import Act, Person, check_may
from models.consent import ErasedVoice
from models.sources import Source
from models.typed import FormAnswer, PublicForm
from models.voices import Voice, Withdrawal

MAX_CAME = 100_000
Counts = tuple[int, int, int, int]
"""How many voices a source has, and how many of them are withdrawn, are erased, stand under no prompt."""
NO_VOICES: Counts = (0, 0, 0, 0)

OF_FORMS = union(
    select(PublicForm.source_id),
    select(Voice.source_id).join(FormAnswer, FormAnswer.voice_id == Voice.id),
)
"""The sources that answers to public forms came into: the sheet of each form, and those it had before."""


@dataclass(frozen=True)
class SourceView:
    """One occasion of listening as screens show it. ``needs`` says what somebody still has to do."""

    id: int
    file_name: str
    details: SourceDetails
    n_voices: int
    n_withdrawn: int
    n_erased: int
    n_without_prompt: int
    receipt: Receipt | None
    added_by: str
    added_at: datetime
    needs: tuple[str, ...]

    @property
    def title(self) -> str:
        """Give the title."""
        return self.details.title


def list_sources(session: Session, person: Person, engagement_id: int) -> tuple[SourceView, ...]:
    """List the sources of an engagement in the order they were held, then added."""
    check_may(person, Act.READ)
    rows = session.scalars(
        select(Source)
        .where(Source.engagement_id == engagement_id)
        .order_by(Source.held_on.is_(None), Source.held_on, Source.id)
    )
    counts = _count_voices(session, engagement_id)
    of_forms = set(session.scalars(OF_FORMS))
    return tuple(
        _view_source(source, counts.get(source.id, NO_VOICES), of_form=source.id in of_forms)
        for source in rows
    )


def get_source_or_raise(session: Session, person: Person, source_id: int) -> SourceView:
    """Give one source.

    Raises
    ------
    NotFoundError
        When there is none with that number.
    """
    check_may(person, Act.READ)
    source = _get_row_or_raise(session, source_id)
    counts = _count_voices(session, source.engagement_id).get(source.id, NO_VOICES)
    return _view_source(source, counts, of_form=source_id in set(session.scalars(OF_FORMS)))


def change_details(session: Session, person: Person, source_id: int, details: SourceDetails) -> None:
    """Put the details of a source right; the words and the file stay as they are."""
    check_may(person, Act.ADD_SOURCE)
    check_details(details)
    source = _get_row_or_raise(session, source_id)
    before = asdict(_view_details(source))
    changed = {name: value for name, value in details.list_kept().items() if before[name] != value}
    if not changed:
        return
    for name, value in changed.items():
        setattr(source, name, value)
    session.flush()
    follow_use(session, person, source_id)
    record_decision(
        session,
        person,
        "changed details of source",
        subject="source",
        subject_id=source.id,
        engagement_id=source.engagement_id,
        details={
            name: value.isoformat() if isinstance(value, date) else value for name, value in changed.items()
        },
    )


def check_details(details: SourceDetails) -> None:
    """Refuse details that cannot be kept."""
    title = details.title.strip()
    if not title or len(title) > MAX_TITLE_LENGTH:
        raise EngagementError(
            f"The title has {len(title)} characters. Give each source a title of 1 to {MAX_TITLE_LENGTH} "
            "characters."
        )
    if details.n_came is not None and not 0 <= details.n_came <= MAX_CAME:
        raise EngagementError(
            f"{details.n_came} is not a number of people who came. Type a number from 0 to {MAX_CAME:,}."
        )
    if any("\0" in value for value in asdict(details).values() if isinstance(value, str)):
        raise EngagementError("The details hold a character that cannot be kept (NUL). Type them again.")


def _count_voices(session: Session, engagement_id: int) -> dict[int, Counts]:
    rows = session.execute(
        select(
            Voice.source_id,
            func.count(Voice.id),
            func.count(Withdrawal.voice_id),
            func.count(ErasedVoice.voice_id),
            func.count(Voice.id) - func.count(Voice.prompt_id),
        )
        .outerjoin(Withdrawal, Withdrawal.voice_id == Voice.id)
        .outerjoin(ErasedVoice, ErasedVoice.voice_id == Voice.id)
        .where(Voice.engagement_id == engagement_id)
        .group_by(Voice.source_id)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


def _get_row_or_raise(session: Session, source_id: int) -> Source:
    source = session.get(Source, source_id)
    if source is None:
        raise NotFoundError(
            f"There is no source with the number {source_id}. Choose one from the list of sources."
        )
    return source


def _view_source(source: Source, counts: Counts, *, of_form: bool) -> SourceView:
    n_voices, n_withdrawn, n_erased, n_without_prompt = counts
    details = _view_details(source)
    return SourceView(
        id=source.id,
        file_name=source.file_name,
        details=details,
        n_voices=n_voices,
        n_withdrawn=n_withdrawn,
        n_erased=n_erased,
        n_without_prompt=n_without_prompt,
        receipt=unpack_receipt(source.receipt),
        added_by=source.added_by,
        added_at=source.added_at,
        needs=tuple(_list_needs(details, of_form=of_form)),
    )


def _view_details(source: Source) -> SourceDetails:
    return SourceDetails(
        title=source.title,
        kind=source.kind,
        held_on=source.held_on,
        place=source.place,
        area=source.area,
        host=source.host,
        facilitator=source.facilitator,
        n_came=source.n_came,
        consent_wording=source.consent_wording,
        may_use=source.may_use,
        may_quote=source.may_quote,
        may_pass_on=source.may_pass_on,
        may_tell_story=source.may_tell_story,
        keep_until=source.keep_until,
    )


def _list_needs(details: SourceDetails, *, of_form: bool) -> list[str]:
    """List what is missing; nobody hosts a public form, and nobody comes to it."""
    needs = []
    if not details.consent_wording:
        needs.append("how consent was given")
    if details.held_on is None:
        needs.append("the date")
    if not details.host and not of_form:
        needs.append("who hosted it")
    if details.n_came is None and not of_form:
        needs.append("how many came")
    return needs
