"""How this was made, and theming a second time, through the front door."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from engagement.answer.atrs_answers import read_answers
from engagement.screens.components import second_desk
from engagement.screens.visit import Visit
from engagement.workshop.double_theming import answer_voice, ask_for_sample
from engagement.workshop.themed_twice import list_blind_voices, list_samples
from models.database import Record
from tests.builders import FACILITATOR, LEAD, VIEWER, add_account, add_voices
from tests.workshop.conftest import SAID, Table
from tests.workshop.dealt import deal_board


@pytest.fixture
def dealt(screen_record: Record) -> Table:
    """A board with candidate themes on which a name was changed."""
    table = deal_board(screen_record)
    table.move("rename", theme=table.themes["Online"], name="*Going* online :smile:")
    return table


def draw(table: Table) -> int:
    with table.record.writing() as session:
        return ask_for_sample(session, FACILITATOR, table.workshop_id, seed=614)


def answer_all(table: Table, person, sample_id: int) -> None:
    homes = {card["id"]: card["home"] for card in table.look()["cards"]}
    with table.record.writing() as session:
        for place, voice in enumerate(list_blind_voices(session, person, sample_id)):
            theme_id = None if place == 0 else homes[voice.voice_id]
            answer_voice(session, person, sample_id, voice.voice_id, theme_id)


def open_screen(signed_in_app, person, table: Table, screen: str, **asked: int) -> AppTest:
    app = signed_in_app(person, None, table.room.engagement_id)
    for name, number in asked.items():
        app.query_params[name] = str(number)
    return app.switch_page(screen).run()


def read_html(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def read_texts(app: AppTest) -> str:
    return "\n".join(
        str(each.value) for each in [*app.text, *app.header, *app.warning, *app.success, *app.error]
    )


def list_buttons(app: AppTest) -> list[str]:
    return [button.label for button in app.button]


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def read_desk(app: AppTest) -> dict:
    drawn = [json.loads(each.proto.json) for each in app.get("bidi_component") if each.proto.json]
    return next(data for data in drawn if "themes" in data)


def test_method_says_what_was_made_and_what_people_changed(signed_in_app, dealt: Table) -> None:
    app = open_screen(signed_in_app, VIEWER, dealt, "method.py")

    assert not app.exception
    html = read_html(app)
    assert "8 voices from 1 source went in; 1 said nothing" in html
    assert "The texts were grouped 100 times." in html
    assert "renamed to “*Going* online :smile:”" in html
    assert "settings: seed" in html
    assert "No second person has themed a sample yet" in read_texts(app)
    assert not app.get("download_button")


@pytest.mark.parametrize("screen", ["method.py", "report.py"])
def test_method_is_offered_for_download_to_those_who_may(signed_in_app, dealt: Table, screen: str) -> None:
    app = open_screen(signed_in_app, LEAD, dealt, screen)

    labels = [each.proto.label for each in app.get("download_button")]
    assert not app.exception
    assert {"Download the method card (page)", "Transparency record (JSON)"} <= set(labels)


def test_method_without_a_run_says_what_to_do_first(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        engagement_id = add_voices(session, ["The 22 stops at six."]).id

    app = signed_in_app(FACILITATOR, "method.py", engagement_id)

    assert not app.exception
    assert "No candidate themes were made yet" in read_texts(app)


def test_a_field_of_the_transparency_record_is_written_and_stands(signed_in_app, dealt: Table) -> None:
    app = open_screen(signed_in_app, FACILITATOR, dealt, "method.py")
    app.selectbox[0].set_value("1.4 contact_email").run()

    app.text_area[0].input("talk@example.org")
    press(app, "Save")

    assert not app.exception
    assert "is saved" in read_texts(app)
    assert "talk@example.org" in read_html(app)
    with dealt.record.reading() as session:
        written = read_answers(session, VIEWER, dealt.room.engagement_id)
    assert written == {"1.4 contact_email": "talk@example.org"}


def test_workshops_lead_to_the_second_person_and_to_the_method(signed_in_app, dealt: Table) -> None:
    app = signed_in_app(FACILITATOR, "workshop.py", dealt.room.engagement_id)

    labels = [each.proto.label for each in app.get("page_link")]
    assert "Let a second person theme a sample" in labels
    assert "How this was made, and what people changed" in labels


def test_a_sample_is_drawn_on_the_screen(signed_in_app, dealt: Table) -> None:
    app = open_screen(signed_in_app, FACILITATOR, dealt, "second_theming.py")
    assert "Nobody has asked for this" in read_texts(app)

    press(app, "Draw the sample")

    assert not app.exception
    assert "Sample 1: 7 voices, 3 themes" in read_texts(app)
    assert "Begin sample 1" in list_buttons(app)
    with dealt.record.reading() as session:
        assert len(list_samples(session, VIEWER, dealt.workshop_id)) == 1


def test_the_desk_shows_words_and_names_and_nothing_of_where_they_stand(signed_in_app, dealt: Table) -> None:
    sample_id = draw(dealt)

    app = open_screen(signed_in_app, LEAD, dealt, "second_theming.py", sample=sample_id)

    assert not app.exception
    data = read_desk(app)
    assert {voice["words"] for voice in data["voices"]} < set(SAID)
    assert {voice["answer"] for voice in data["voices"]} == {None}
    assert [theme["key"] for theme in data["themes"]] == ["1", "2", "3", "0"]
    assert set(data["voices"][0]) == {"id", "words", "translation", "language", "prompt", "answer"}


def test_what_was_chosen_at_the_desk_is_kept_once(dealt: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    sample_id = draw(dealt)
    with dealt.record.writing() as session:
        person = add_account(session, LEAD)
    monkeypatch.setattr(second_desk.st, "session_state", {})
    visit = Visit(dealt.record, person, None)
    first, second = dealt.voices[0], dealt.voices[1]

    second_desk.keep_answers(visit, sample_id, [[first, dealt.themes["Nobody listens"]]])
    second_desk.keep_answers(visit, sample_id, [[first, dealt.themes["Nobody listens"]], [second, 0]])

    with dealt.record.reading() as session:
        own = {voice.voice_id: voice for voice in list_blind_voices(session, person, sample_id)}
    assert own[first].theme_id == dealt.themes["Nobody listens"]
    assert (own[second].is_answered, own[second].theme_id) == (True, None)
    assert sum(voice.is_answered for voice in own.values()) == 2


def test_who_made_most_moves_is_warned(signed_in_app, dealt: Table) -> None:
    with dealt.record.writing() as session:
        mover = add_account(session, FACILITATOR)
    dealt.move("move", voices=[dealt.voices[0]], to=None, by=mover)
    draw(dealt)

    app = open_screen(signed_in_app, mover, dealt, "second_theming.py")

    assert "You made 1 of 2 moves on this board" in read_texts(app)


def test_the_result_is_said_in_a_sentence_and_tables_with_words(signed_in_app, dealt: Table) -> None:
    sample_id = draw(dealt)
    answer_all(dealt, LEAD, sample_id)

    app = open_screen(signed_in_app, VIEWER, dealt, "second_theming.py")

    assert not app.exception
    assert "Two people agree on 6 of 7 (86%); kappa" in read_texts(app)
    html = read_html(app)
    assert "The machine and the second person" in html
    assert "None of these" in html
    assert any(words in html for words in SAID)
    assert "Begin sample 1" not in list_buttons(app)


def test_a_sample_of_another_engagement_is_not_opened(signed_in_app, dealt: Table) -> None:
    sample_id = draw(dealt)
    with dealt.record.writing() as session:
        other = add_voices(session, ["Somewhere else."], engagement="Another").id
    app = signed_in_app(LEAD, None, other)
    app.query_params["sample"] = str(sample_id)

    app.switch_page("second_theming.py").run()

    assert "belongs to another engagement" in read_texts(app)
    assert not app.get("bidi_component") or "themes" not in str(app.get("bidi_component")[-1].proto.json)
