"""Type in voices: an occasion is begun with its details and offered again afterwards."""

from __future__ import annotations

from datetime import date

from engagement.engagements import list_prompts, start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.sources import list_sources
from engagement.listen.typed.photos import list_photos, read_photo
from engagement.listen.typed.typing import begin_occasion, list_occasions
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD
from tests.listen.test_photos import draw_photo
from tests.screens.conftest import OpenApp
from tests.screens.test_listen_screens import press


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


def begin_wall(record: Record) -> tuple[int, int]:
    """Begin an occasion, and give the engagement and it."""
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        details = SourceDetails("The wall", SourceKind.DROP_IN, date(2026, 11, 26))
        return engagement_id, begin_occasion(session, FACILITATOR, engagement_id, details)
