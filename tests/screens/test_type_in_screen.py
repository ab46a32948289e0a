"""Type in voices: an occasion is begun with its details and offered again afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from engagement.checks import check_record
from engagement.engagements import list_prompts, start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.cleaning import NOT_CLEANED, finish_erasures
from engagement.listen.sources import list_sources
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import add_photos, list_photos, read_photo, remove_photo
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, list_occasions, type_voice
from engagement.listen.voices import withdraw_voice
from engagement.screens.components.photo_panel import WHO_REMOVES
from models import database
from models.database import Record
from models.sources import Source, SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.test_photos import draw_photo
from tests.screens.conftest import OpenApp
from tests.screens.test_listen_screens import press, read_html


def test_an_occasion_is_begun_and_can_be_gone_on_with(signed_in_app: OpenApp, screen_record: Record) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
    app = signed_in_app(FACILITATOR, "type_in.py", engagement_id)
    next(each for each in app.text_input if each.label == "Title").set_value("Library drop-in")
    next(each for each in app.text_input if each.label.startswith("A prompt")).set_value("What works well?")
    press(app, "Begin typing")

    assert not app.exception
    with screen_record.reading() as session:
        (occasion,) = list_occasions(session, FACILITATOR, engagement_id)
        (source,) = list_sources(session, FACILITATOR, engagement_id)
        assert [each.text for each in list_prompts(session, engagement_id)] == ["What works well?"]
    assert (source.details.kind, source.details.held_on) == (SourceKind.DROP_IN, date.today())
    assert occasion.n_voices == 0

    app.switch_page("type_in.py").run()

    assert [each.label for each in app.button if each.label.startswith("Type in at")] == [
        "Type in at Library drop-in"
    ]


def test_an_occasion_without_a_title_is_refused(signed_in_app: OpenApp, screen_record: Record) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
    app = signed_in_app(FACILITATOR, "type_in.py", engagement_id)
    press(app, "Begin typing")

    assert [each.value for each in app.error] == [
        "The title has 0 characters. Give each source a title of 1 to 300 characters."
    ]


def test_who_may_not_add_sources_is_told_so(signed_in_app: OpenApp, screen_record: Record) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
    app = signed_in_app(LEAD, "type_in.py", engagement_id)

    assert "who may not add sources" in app.error[0].value
    assert not app.button


def test_photos_are_added_told_of_and_removed_beside_their_occasion(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    app = signed_in_app(FACILITATOR, "type_in.py", engagement_id)
    plain, placed = draw_photo(), draw_photo("PNG", place=True)
    app.file_uploader[0].set_value([("wall 1.jpg", plain, ""), ("wall 2.png", placed, "")]).run()
    press(app, "Add the photos")

    assert not app.exception
    with screen_record.reading() as session:
        first, second = list_photos(session, FACILITATOR, occasion_id)
        kept = [read_photo(session, FACILITATOR, occasion_id, each.id)[1] for each in (first, second)]
    assert kept == [plain, placed]
    assert [each.value.startswith("This photo says where") for each in app.warning] == [True]

    app.button(key=f"remove-photo-{first.id}").click().run()

    assert not app.exception
    assert app.success[0].value == "Photo 1 is removed for good."
    with screen_record.reading() as session:
        assert [each.file_name for each in list_photos(session, FACILITATOR, occasion_id)] == ["wall 2.png"]


def test_a_bad_photo_is_refused_and_the_good_one_beside_it_is_not_half_kept(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    app = signed_in_app(FACILITATOR, "type_in.py", engagement_id)
    app.file_uploader[0].set_value(
        [("wall.jpg", draw_photo(), ""), ("half.jpg", draw_photo()[:200], "")]
    ).run()
    press(app, "Add the photos")

    assert not app.exception
    assert "half.jpg" in app.error[0].value
    with screen_record.reading() as session:
        assert list_photos(session, FACILITATOR, occasion_id) == ()


def test_a_lead_removes_a_photo_that_voices_were_typed_from_on_the_screen_sources(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    photo_id, _ = type_beside_a_photo(screen_record, occasion_id)
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)
    app.toggle(key=f"details-{occasion_id}").set_value(True).run()
    assert WHO_REMOVES in [each.value for each in app.text]
    assert f"remove-photo-{photo_id}" not in [each.key for each in app.button]

    app = signed_in_app(LEAD, "sources.py", engagement_id)
    app.toggle(key=f"details-{occasion_id}").set_value(True).run()
    assert f"src='/type/{occasion_id}/photo/{photo_id}' alt='Photo 1 of The wall" in read_html(app)
    app.button(key=f"remove-photo-{photo_id}").click().run()

    assert not app.exception
    assert app.success[0].value == "Photo 1 is removed for good."
    with screen_record.reading() as session:
        assert list_photos(session, LEAD, occasion_id) == ()
    assert check_record(screen_record) == ()


def test_who_removes_a_photo_while_somebody_else_uses_the_record_is_told_when_it_is_cleaned(
    signed_in_app: OpenApp, screen_record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    photo_id, _ = type_beside_a_photo(screen_record, occasion_id)
    app = signed_in_app(LEAD, "sources.py", engagement_id)
    app.toggle(key=f"details-{occasion_id}").set_value(True).run()
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    screen_record.engine.dispose()

    with screen_record.reading() as somebody_else:
        somebody_else.scalars(select(Source)).all()
        app.button(key=f"remove-photo-{photo_id}").click().run()

    assert app.success[0].value == f"Photo 1 is removed. {NOT_CLEANED}"
    with screen_record.reading() as session:
        assert list_photos(session, LEAD, occasion_id) == ()
    assert finish_erasures(screen_record)


def test_the_thread_of_a_voice_shows_the_photo_that_it_was_typed_from_until_the_voice_is_withdrawn(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    photo_id, voice_id = type_beside_a_photo(screen_record, occasion_id)
    picture = f"<img src='/type/{occasion_id}/photo/{photo_id}' alt='Photo 1 of The wall, typed in beside it'"
    app = signed_in_app(VIEWER, "voices.py", engagement_id).switch_page("thread.py")
    app.query_params["voice"] = str(voice_id)
    app.run()
    assert "Typed from" in [each.value for each in app.subheader]
    assert picture in read_html(app)

    with screen_record.writing() as session:
        withdraw_voice(session, FACILITATOR, voice_id, "asked by phone")
    app.run()

    assert not app.exception
    assert "/photo/" not in read_html(app)


def test_whoever_erases_is_told_of_photos_that_may_show_the_words(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id, occasion_id = begin_wall(screen_record)
    photo_id, voice_id = type_beside_a_photo(screen_record, occasion_id)
    with screen_record.writing() as session:
        withdraw_voice(session, FACILITATOR, voice_id, "asked by phone")

    app = signed_in_app(LEAD, "voices.py", engagement_id)
    app.selectbox(key="find-state").set_value("withdrawn").run()

    def read_plan() -> str:
        app.session_state[f"erase-{voice_id}"] = True
        return " ".join(each.value for each in app.run().text)

    said = "This source has photos (1) that may show these words. They stay until you remove them"
    assert said in read_plan()
    with screen_record.writing() as session:
        remove_photo(session, LEAD, occasion_id, photo_id)
    assert "cannot be undone" in read_plan()
    assert "photos" not in read_plan()


def type_beside_a_photo(record: Record, occasion_id: int) -> tuple[int, int]:
    """Type one voice beside a photo, and give the photo and the voice."""
    with record.writing() as session:
        add_photos(session, FACILITATOR, occasion_id, [check_photo("wall.jpg", draw_photo())])
        (photo,) = list_photos(session, FACILITATOR, occasion_id)
        typed = TypedVoiceRequest("The bus.", "a", photo_id=photo.id)
        return photo.id, type_voice(session, FACILITATOR, occasion_id, typed).voice_id


def begin_wall(record: Record) -> tuple[int, int]:
    """Begin an occasion, and give the engagement and it."""
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        details = SourceDetails("The wall", SourceKind.DROP_IN, date(2026, 11, 26))
        return engagement_id, begin_occasion(session, FACILITATOR, engagement_id, details)
