"""Type in voices: an occasion is begun with its details and offered again afterwards."""

from __future__ import annotations

from datetime import date

from engagement.engagements import list_prompts, start_engagement
from engagement.listen.sources import list_sources
from engagement.listen.typed.typing import list_occasions
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD
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
