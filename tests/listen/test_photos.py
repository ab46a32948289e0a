"""Photos of sticky notes: kept to the byte, refused when bad, noted beside the voice, removed for good."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from engagement.checks import check_record
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, NotAllowedError, NotFoundError, UnreadableFileError
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.cleaning import finish_erasures
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import (
    add_photos,
    can_remove_photo,
    find_photo_of,
    list_photos,
    read_photo,
    remove_photo,
)
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, type_voice
from models import database
from models.database import Record
from models.sources import Source, SourceKind, StoredFile
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.erased import holding


def draw_photo(kind: str = "JPEG", *, size: tuple[int, int] = (64, 48), place: bool = False) -> bytes:
    picture, target = Image.new("RGB", size, "yellow"), io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x8825] = {1: "N", 2: (52.0, 38.0, 0.0)}
    picture.save(target, kind, exif=exif)
    return target.getvalue()


@pytest.fixture
def occasion_id(record: Record) -> int:
    """A drop-in without photos."""
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        details = SourceDetails("The wall", SourceKind.DROP_IN, date(2026, 11, 26))
        return begin_occasion(session, FACILITATOR, engagement_id, details)


def add(record: Record, occasion_id: int, *contents: bytes) -> list[int]:
    with record.writing() as session:
        photos = [check_photo(f"wall-{at}.jpg", content) for at, content in enumerate(contents)]
        add_photos(session, FACILITATOR, occasion_id, photos)
        return [each.id for each in list_photos(session, FACILITATOR, occasion_id)]


def test_a_photo_is_kept_to_the_byte_and_a_voice_says_which_it_was_typed_from(
    record: Record, occasion_id: int
) -> None:
    wall, window = draw_photo(), draw_photo("PNG")
    _first, second = add(record, occasion_id, wall, window)
    with record.writing() as session:
        kept = type_voice(
            session, FACILITATOR, occasion_id, TypedVoiceRequest("The bus.", "a", photo_id=second)
        )

    with record.reading() as session:
        photo, content = read_photo(session, VIEWER, occasion_id, second)
        assert (photo.number, photo.media_type, photo.n_voices, content) == (2, "image/png", 1, window)
        assert find_photo_of(session, VIEWER, kept.voice_id) == photo
        source = session.get_one(Source, occasion_id)
        sheet = session.get_one(StoredFile, source.file_sha256).content
        assert b"typed from photo 2, SHA-256 " in sheet
    assert check_record(record) == ()


def test_a_photo_is_added_once_and_belongs_to_its_occasion(record: Record, occasion_id: int) -> None:
    (photo_id,) = add(record, occasion_id, draw_photo())
    with pytest.raises(ConflictError, match="is here already, as photo 1"):
        add(record, occasion_id, draw_photo("PNG"), draw_photo())
    with record.writing() as session:
        assert len(list_photos(session, VIEWER, occasion_id)) == 1
        with pytest.raises(NotFoundError, match="not here any more"):
            type_voice(session, FACILITATOR, occasion_id, TypedVoiceRequest("The bus.", "a", photo_id=99))
        with pytest.raises(NotAllowedError):
            add_photos(session, VIEWER, occasion_id, [])
        with pytest.raises(NotAllowedError):
            remove_photo(session, VIEWER, occasion_id, photo_id)


def test_a_photo_that_voices_were_typed_from_leaves_only_by_who_may_erase(
    record: Record, occasion_id: int
) -> None:
    unused, used = add(record, occasion_id, draw_photo(), draw_photo("PNG"))
    with record.writing() as session:
        typed = TypedVoiceRequest("The bus.", "a", photo_id=used)
        kept = type_voice(session, FACILITATOR, occasion_id, typed)
        remove_photo(session, FACILITATOR, occasion_id, unused)
        with pytest.raises(NotAllowedError):
            remove_photo(session, FACILITATOR, occasion_id, used)
        remove_photo(session, LEAD, occasion_id, used)

    with record.reading() as session:
        assert session.scalar(select(func.count(StoredFile.sha256))) == 1
        assert find_photo_of(session, VIEWER, kept.voice_id) is None


def test_a_photo_that_nobody_typed_from_is_removed_by_a_lead_and_by_no_viewer(
    record: Record, occasion_id: int
) -> None:
    (photo_id,) = add(record, occasion_id, draw_photo())
    with record.reading() as session:
        (photo,) = list_photos(session, VIEWER, occasion_id)
    assert [can_remove_photo(each, photo) for each in (VIEWER, FACILITATOR, LEAD)] == [False, True, True]

    with record.writing() as session:
        remove_photo(session, LEAD, occasion_id, photo_id)

    with record.reading() as session:
        assert list_photos(session, VIEWER, occasion_id) == ()


def test_the_check_tells_of_a_photo_that_may_stand_in_free_places_until_they_are_cleaned(
    record: Record, occasion_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    (photo_id,) = add(record, occasion_id, draw_photo())
    with record.writing() as session:
        remove_photo(session, FACILITATOR, occasion_id, photo_id)
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    record.engine.dispose()
    with record.reading() as somebody_else:
        somebody_else.scalars(select(Source)).all()
        assert not finish_erasures(record)
    (said,) = check_record(record)
    assert "not finished: 1." in said

    assert finish_erasures(record)

    assert check_record(record) == ()


def test_no_byte_of_a_removed_photo_stays_in_the_files_of_the_record(
    sqlite_record: Record, tmp_path: Path
) -> None:
    photo = draw_photo(size=(300, 200))
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        details = SourceDetails("The wall", SourceKind.DROP_IN, date(2026, 11, 26))
        occasion_id = begin_occasion(session, FACILITATOR, engagement_id, details)
    (photo_id,) = add(sqlite_record, occasion_id, photo)
    assert holding(tmp_path, photo[-60:])
    with sqlite_record.writing() as session:
        remove_photo(session, FACILITATOR, occasion_id, photo_id)

    assert finish_erasures(sqlite_record)

    assert holding(tmp_path, photo[-60:]) == []


def test_the_check_tells_of_a_photo_that_was_changed(record: Record, occasion_id: int) -> None:
    changed = replace(check_photo("wall.jpg", draw_photo()), sha256="0" * 64)
    with record.writing() as session:
        add_photos(session, FACILITATOR, occasion_id, [changed])

    assert check_record(record) == ("Photo 1 of The wall is no longer the file that was added.",)


def test_a_photo_that_says_where_it_was_taken_is_told_from_one_that_does_not() -> None:
    assert check_photo("a.jpg", draw_photo(place=True)).has_place
    assert not check_photo("a.jpg", draw_photo()).has_place


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.jpg", b"", "is empty"),
        ("half.jpg", draw_photo(size=(400, 300))[:-600], "is damaged or was cut off"),
        ("half.png", draw_photo("PNG", size=(400, 300))[:-40], "is damaged or was cut off"),
        ("notes.jpg", b"The bus is late.", "is no JPEG or PNG picture"),
        ("moving.gif", draw_photo("GIF"), "is no JPEG or PNG picture"),
        ("drawn.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no JPEG or PNG picture"),
        ("phone.heic", b"\0\0\0\x18ftypheic" + b"\0" * 40, "On an iPhone: Settings, Camera"),
        ("bomb.png", draw_photo("PNG", size=(9000, 7000)), "9,000 × 7,000 dots; at most 60,000,000"),
    ],
    ids=["empty", "half-jpeg", "half-png", "text", "gif", "svg", "heic", "bomb"],
)
def test_a_bad_picture_is_refused_in_one_plain_sentence(name: str, content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFileError, match=f"^“{name}” .*{said}"):
        check_photo(name, content)
