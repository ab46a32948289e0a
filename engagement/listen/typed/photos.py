"""Photos of sticky notes, kept as they came, from which the voices of an occasion are typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, exists, func, select
from sqlalchemy.orm import Session

from engagement.decisions import record_decision
from engagement.engagements import get_engagement_or_raise
from engagement.errors import ConflictError, EngagementError, NotFoundError
from engagement.listen.reading import hash_content
from engagement.listen.typed.adding import take_sheet
from engagement.listen.typed.photo_files import CheckedPhoto
from engagement.people.permissions import Act, Person, can_act, check_may
from models.base import utc_now
from models.consent import Removal
from models.sources import Source, StoredFile
from models.typed import SourcePhoto, VoicePhoto

MOST_PHOTOS = 30


@dataclass(frozen=True)
class PhotoView:
    """A photo as screens show it. ``n_voices`` were typed from it; ``alternative`` says it in words."""

    id: int
    source_id: int
    number: int
    file_name: str
    media_type: str
    has_place: bool
    n_voices: int
    alternative: str

    @property
    def path(self) -> str:
        """Give the address of the picture on this server."""
        return f"/type/{self.source_id}/photo/{self.id}"


def add_photos(session: Session, person: Person, source_id: int, photos: Sequence[CheckedPhoto]) -> None:
    """Keep photos beside the sheet of an occasion, all or none.

    Raises
    ------
    EngagementError
        When one is there already, or there are too many.
    """
    check_may(person, Act.ADD_SOURCE)
    source = take_sheet(session, source_id)
    get_engagement_or_raise(session, person, source.engagement_id)
    for photo in photos:
        _add_photo(session, person, source, photo)


def list_photos(session: Session, person: Person, source_id: int) -> tuple[PhotoView, ...]:
    """List the photos of a source in the order of their numbers."""
    source = _read_source(session, person, source_id)
    query = select(SourcePhoto).where(SourcePhoto.source_id == source.id).order_by(SourcePhoto.number)
    return tuple(_view(session, source, photo) for photo in session.scalars(query))


def read_photo(session: Session, person: Person, source_id: int, photo_id: int) -> tuple[PhotoView, bytes]:
    """Give a photo with its bytes, as it was added.

    Raises
    ------
    NotFoundError
        When the source has no such photo.
    """
    source = _read_source(session, person, source_id)
    photo = find_photo_or_raise(session, source_id, photo_id)
    return _view(session, source, photo), session.get_one(StoredFile, photo.file_sha256).content


def find_photo_of(session: Session, person: Person, voice_id: int) -> PhotoView | None:
    """Find the photo that a voice was typed from; None when it was typed from none."""
    of_voice = select(SourcePhoto).join(VoicePhoto, VoicePhoto.photo_id == SourcePhoto.id)
    photo = session.scalars(of_voice.where(VoicePhoto.voice_id == voice_id)).one_or_none()
    if photo is None:
        return None
    return _view(session, _read_source(session, person, photo.source_id), photo)


def find_photo_or_raise(session: Session, source_id: int, photo_id: int) -> SourcePhoto:
    """Find a photo of a source.

    Raises
    ------
    NotFoundError
        When the source has no such photo.
    """
    photo = session.get(SourcePhoto, photo_id)
    if photo is None or photo.source_id != source_id:
        raise NotFoundError("This photo is not here any more. Load the page again, and choose another one.")
    return photo


def write_note(photo: SourcePhoto) -> str:
    """Write what stands in the sheet beside a voice that was typed from a photo."""
    return f"typed from photo {photo.number}, SHA-256 {photo.file_sha256}"


def can_remove_photo(person: Person, photo: PhotoView) -> bool:
    """Tell whether the person may remove a photo: who may erase any, who adds them one nobody typed from."""
    return can_act(person, Act.ERASE) or (photo.n_voices == 0 and can_act(person, Act.ADD_SOURCE))


def remove_photo(session: Session, person: Person, source_id: int, photo_id: int) -> None:
    """Take a photo out of the record for good; the voices that were typed from it stay.

    `engagement.listen.erasing.cleaning` must follow once this is kept, as after an erasure.

    Raises
    ------
    NotAllowedError
        When voices were typed from it, and the person may not erase.
    """
    if not can_act(person, Act.ERASE):
        check_may(person, Act.ADD_SOURCE if _count_voices(session, photo_id) == 0 else Act.ERASE)
    source = _read_source(session, person, source_id)
    photo = find_photo_or_raise(session, source_id, photo_id)
    number, sha256 = photo.number, photo.file_sha256
    session.execute(delete(VoicePhoto).where(VoicePhoto.photo_id == photo_id))
    session.delete(photo)
    session.flush()
    is_used = exists().where(SourcePhoto.file_sha256 == sha256) | exists().where(Source.file_sha256 == sha256)
    session.execute(delete(StoredFile).where(StoredFile.sha256 == sha256, ~is_used))
    session.add(Removal(source_id=source.id))
    _record(session, person, source, "removed photo", number, sha256)


def list_changed_photos(session: Session) -> tuple[tuple[int, str], ...]:
    """List the photos, by number and title of their source, whose bytes no longer have their SHA-256."""
    query = select(SourcePhoto.number, Source.title, SourcePhoto.file_sha256).join(
        Source, Source.id == SourcePhoto.source_id
    )
    return tuple(
        (number, title)
        for number, title, sha256 in session.execute(query.order_by(SourcePhoto.id))
        if hash_content(session.get_one(StoredFile, sha256).content) != sha256
    )


def _add_photo(session: Session, person: Person, source: Source, new: CheckedPhoto) -> None:
    ours = SourcePhoto.source_id == source.id
    known = session.scalar(select(SourcePhoto.number).where(ours, SourcePhoto.file_sha256 == new.sha256))
    if known is not None:
        raise ConflictError(f"“{new.file_name}” is here already, as photo {known}. Nothing was added.")
    number = (session.scalar(select(func.max(SourcePhoto.number)).where(ours)) or 0) + 1
    if number > MOST_PHOTOS:
        raise EngagementError(
            f"“{source.title}” can have {MOST_PHOTOS} photos. Begin another occasion for the rest."
        )
    if session.get(StoredFile, new.sha256) is None:
        session.add(StoredFile(sha256=new.sha256, size=len(new.content), content=new.content))
        session.flush()
    photo = SourcePhoto(
        source_id=source.id,
        file_sha256=new.sha256,
        file_name=new.file_name,
        media_type=new.media_type,
        number=number,
        has_place=new.has_place,
        added_by=person.name,
        added_at=utc_now(),
    )
    session.add(photo)
    session.flush()
    _record(session, person, source, "added photo", number, new.sha256)


def _record(session: Session, person: Person, source: Source, what: str, number: int, sha256: str) -> None:
    record_decision(
        session,
        person,
        what,
        subject="source",
        subject_id=source.id,
        engagement_id=source.engagement_id,
        details={"photo": number, "file_sha256": sha256},
    )


def _read_source(session: Session, person: Person, source_id: int) -> Source:
    check_may(person, Act.READ)
    source = session.get(Source, source_id)
    if source is None:
        raise NotFoundError("This source is not here. Choose one on the screen “Sources”.")
    get_engagement_or_raise(session, person, source.engagement_id)
    return source


def _count_voices(session: Session, photo_id: int) -> int:
    counted = select(func.count()).select_from(VoicePhoto).where(VoicePhoto.photo_id == photo_id)
    return session.scalar(counted) or 0


def _view(session: Session, source: Source, photo: SourcePhoto) -> PhotoView:
    return PhotoView(
        id=photo.id,
        source_id=source.id,
        number=photo.number,
        file_name=photo.file_name,
        media_type=photo.media_type,
        has_place=photo.has_place,
        n_voices=_count_voices(session, photo.id),
        alternative=f"Photo {photo.number} of {source.title}, typed in beside it",
    )
