"""The list of engagements, through the front door."""

from __future__ import annotations

import json

from sqlalchemy import select

from engagement.engagements import list_engagements, list_prompts, start_engagement
from models.engagements import Engagement
from tests.builders import FACILITATOR, VIEWER, add_voices


def list_words(app):
    return " ".join(each.value for each in app.text)


def list_strips(app):
    return [json.loads(each.proto.json) for each in app.get("bidi_component") if "steps" in each.proto.json]


def test_first_visit_says_what_this_is_and_offers_the_example(signed_in_app):
    app = signed_in_app(FACILITATOR)

    assert not app.exception
    assert "own words" in list_words(app)
    assert "Load the example engagement" in [button.label for button in app.button]


def test_viewer_is_told_who_can_start_one(signed_in_app):
    app = signed_in_app(VIEWER)

    assert "A facilitator starts one" in list_words(app)
    assert [button.label for button in app.button] == []


def test_started_engagement_is_kept_with_its_prompts_and_opened(signed_in_app, screen_record):
    app = signed_in_app(FACILITATOR)

    app.text_input[0].set_value("Leading lives")
    app.text_area[1].set_value("What works?\n\nWhat doesn't?")
    app.button[1].click().run()

    assert not app.exception
    with screen_record.reading() as session:
        (engagement,) = list_engagements(session, FACILITATOR)
        assert [prompt.text for prompt in list_prompts(session, engagement.id)] == [
            "What works?",
            "What doesn't?",
        ]
    assert app.title[0].value == "Sources"
    assert app.query_params["engagement"] == str(engagement.id)


def test_name_that_is_taken_is_refused_in_words(signed_in_app, screen_record):
    with screen_record.writing() as session:
        start_engagement(session, FACILITATOR, "Leading lives")
    app = signed_in_app(FACILITATOR)

    app.text_input[0].set_value("LEADING lives")
    next(b for b in app.button if b.label == "Start the engagement").click().run()

    assert "already" in app.error[0].value
    with screen_record.reading() as session:
        assert len(session.scalars(select(Engagement.id)).all()) == 1


def test_engagements_are_listed_newest_first_each_with_its_strip(signed_in_app, screen_record):
    with screen_record.writing() as session:
        add_voices(session, ["The 22 stops at six.", "Nobody rings."], engagement="Older")
        start_engagement(session, FACILITATOR, "Newer")
    app = signed_in_app(FACILITATOR)

    assert [each.value for each in app.header] == ["Newer", "Older"]
    assert [strip["steps"][0]["says"] for strip in list_strips(app)] == ["0 voices", "2 voices"]
    assert list_strips(app)[1]["steps"][-1]["says"] == "2 = 2"


def test_name_with_signs_is_shown_as_it_was_typed(signed_in_app, screen_record):
    with screen_record.writing() as session:
        start_engagement(session, FACILITATOR, "# Us *all* :smile: ![x](http://example.org/x.png)")
    app = signed_in_app(FACILITATOR)

    shown = app.header[0].value

    assert shown == "\\# Us \\*all\\* :\u2060smile: \\!\\[x\\](http:\u2060//example.org/x.png)"
