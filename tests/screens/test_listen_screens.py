"""Sources, Check the words and Voices, through the front door."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engagement.engagements import start_engagement
from engagement.listen.characteristics.grouping import read_groups
from engagement.listen.importing import import_files
from engagement.listen.sources import list_sources
from engagement.listen.voices import list_voices
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, VIEWER

NOTES = b"Host: Lunch club\n# What works well?\nThe bus *always* comes :smile:\n1) My neighbour knocks\n"
SURVEY = (
    b"ID,Email,What would you like to see?,Age\n"
    b"1,a@example.org,A bench by the shops so that I can rest,65 to 74\n"
    b"2,b@example.org,Someone who answers the phone when I ring,16 to 24\n"
    b"3,c@example.org,A little bus that goes round the estate,65 to 74\n"
    b"4,d@example.org,Toilets that are open after four o'clock,65 to 74\n"
)


@pytest.fixture
def engagement_id(screen_record: Record) -> int:
    with screen_record.writing() as session:
        return start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])


@pytest.fixture
def heard_id(screen_record: Record, engagement_id: int) -> int:
    with screen_record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("lunch.txt", NOTES)], SourceKind.FOCUS_GROUP)
    return engagement_id


def upload(app: AppTest, *files: tuple[str, bytes]) -> AppTest:
    app.file_uploader(key="files").set_value([(name, content, "") for name, content in files])
    app.run()
    press(app, "Read and check the words")
    # AppTest does not follow a page that the script itself has switched to.
    return app.switch_page("check_words.py").run()


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    return button.click().run()


def read_html(app: AppTest) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))


def read_headings(app: AppTest) -> list[str]:
    return [each.value for each in app.header]


def test_without_sources_the_screen_says_what_to_do_first(signed_in_app, engagement_id):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)

    assert not app.exception
    assert any("Begin here" in each.value for each in app.text)
    assert len(app.file_uploader) == 1


def test_files_are_checked_and_saved_only_on_the_button(signed_in_app, engagement_id, screen_record):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)

    upload(app, ("lunch.txt", NOTES), ("survey.csv", SURVEY))

    assert not app.exception
    assert read_headings(app)[0] == "2 sources, 6 voices. Nothing is saved yet."
    with screen_record.reading() as session:
        assert list_sources(session, FACILITATOR, engagement_id) == ()

    press(app, "Save 6 voices")

    assert not app.exception
    assert [each.value for each in app.success] == ["Saved 6 voices from 2 sources."]
    with screen_record.reading() as session:
        assert len(list_voices(session, FACILITATOR, engagement_id)) == 6


def test_the_check_shows_words_exactly_and_a_receipt_that_adds_up(signed_in_app, engagement_id):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)

    upload(app, ("lunch.txt", NOTES))

    shown = read_html(app)
    assert "<mark>The bus *always* comes :smile:</mark>" in shown
    assert "in the whole file (adds up)" in shown
    assert "details at the top of the page" in shown


def test_notes_can_be_split_by_sentences_and_an_old_cut_of_the_same_file_is_said(
    signed_in_app, heard_id, screen_record
):
    with screen_record.writing() as session:
        other_id = start_engagement(session, FACILITATOR, "Again", prompts=["What works well?"])
    app = signed_in_app(FACILITATOR, "sources.py", other_id)
    upload(app, ("again.txt", NOTES))
    assert any("This very file was added before, as “Lunch”" in each.value for each in app.info)

    (rule,) = [each for each in app.radio if each.label == "One voice is"]
    rule.set_value("sentences").run()

    assert not app.exception
    assert read_headings(app)[0] == "1 source, 2 voices. Nothing is saved yet."
    app.toggle[0].set_value(True).run()
    assert not app.exception
    assert any("S splits" in each.value for each in app.caption)


def test_another_use_of_a_column_changes_the_voices(signed_in_app, engagement_id):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)
    upload(app, ("survey.csv", SURVEY))
    (words,) = [each for each in app.selectbox if each.label == "What column 3 holds"]
    assert words.value == "words"

    words.set_value("ignore").run()

    assert not app.exception
    assert read_headings(app)[0] == "1 source, 0 voices. Nothing is saved yet."
    assert any("No column is marked as words" in each.value for each in app.warning)
    (save,) = [each for each in app.button if each.label == "Save 0 voices"]
    assert save.disabled


def test_without_a_header_the_first_row_is_a_voice(signed_in_app, engagement_id, screen_record):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)
    upload(app, ("wall.csv", b"late buses\nwe like the park here and it is green\n"))
    (rows,) = [each for each in app.number_input if each.label == "Rows that the header has"]
    assert rows.value == 1

    rows.set_value(0).run()
    press(app, "Save 2 voices")

    with screen_record.reading() as session:
        said = [voice.text for voice in list_voices(session, FACILITATOR, engagement_id)]
    assert said == ["late buses", "we like the park here and it is green"]


def test_details_filled_in_at_the_check_are_saved(signed_in_app, engagement_id, screen_record):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)
    upload(app, ("lunch.txt", NOTES))

    next(each for each in app.text_input if each.label == "Title").set_value("Lunch at Belgrave").run()
    next(each for each in app.checkbox if each.label.startswith("may be quoted")).uncheck().run()
    press(app, "Save 2 voices")

    assert not app.exception
    with screen_record.reading() as session:
        (source,) = list_sources(session, FACILITATOR, engagement_id)
        assert (source.title, source.details.host, source.details.may_quote) == (
            "Lunch at Belgrave",
            "Lunch club",
            False,
        )


def test_one_consent_can_be_given_to_every_file(signed_in_app, engagement_id, screen_record):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)
    upload(app, ("lunch.txt", NOTES), ("survey.csv", SURVEY))

    next(each for each in app.text_area if each.label.startswith("How consent")).set_value("Said aloud").run()
    next(each for each in app.checkbox if each.label.startswith("may be passed on")).uncheck().run()
    press(app, "Use this consent for all 2 files")
    press(app, "Save 6 voices")

    with screen_record.reading() as session:
        agreed = [each.details for each in list_sources(session, FACILITATOR, engagement_id)]
        assert [(each.consent_wording, each.may_pass_on) for each in agreed] == [("Said aloud", False)] * 2


def test_a_bad_file_is_named_and_the_good_one_can_still_be_saved(signed_in_app, engagement_id):
    app = signed_in_app(FACILITATOR, "sources.py", engagement_id)

    upload(app, ("lunch.txt", NOTES), ("old.docx", b"\xd0\xcf\x11\xe0 old"))

    assert not app.exception
    assert any("“old.docx” is protected by a password" in each.value for each in app.error)
    assert read_headings(app)[0] == "1 source, 2 voices. Nothing is saved yet."


def test_a_file_added_before_is_left_out_and_said(signed_in_app, heard_id):
    app = signed_in_app(FACILITATOR, "sources.py", heard_id)

    upload(app, ("again.txt", NOTES))

    assert not app.exception
    assert any("has been added before" in each.value for each in app.info)
    assert not [each for each in app.button if each.label.startswith("Save")]


def test_the_list_says_what_each_source_still_needs(signed_in_app, heard_id):
    app = signed_in_app(VIEWER, "sources.py", heard_id)

    assert not app.exception
    shown = read_html(app)
    assert "Still needed: how consent was given, the date, how many came" in shown
    assert (
        "how people agreed is not written down, and until it is the words are treated so: "
        "may be used, quoted and passed on; not told as a story"
    ) in shown
    assert read_headings(app) == ["1 source, 2 voices · 1 still needs details"]
    assert not app.file_uploader


def test_details_can_be_put_right_later(signed_in_app, heard_id, screen_record):
    app = signed_in_app(FACILITATOR, "sources.py", heard_id)
    app.toggle[0].set_value(True).run()

    next(each for each in app.text_input if each.label == "Facilitator").set_value("Amina")
    press(app, "Save the details")

    assert not app.exception
    with screen_record.reading() as session:
        assert list_sources(session, FACILITATOR, heard_id)[0].details.facilitator == "Amina"


def test_viewers_cannot_check_or_save(signed_in_app, engagement_id):
    app = signed_in_app(VIEWER, "check_words.py", engagement_id)

    assert not app.exception
    assert any("may not add sources" in each.value for each in app.error)


def test_voices_are_shown_exactly_with_where_they_stand(signed_in_app, heard_id):
    app = signed_in_app(VIEWER, "voices.py", heard_id)

    assert not app.exception
    shown = read_html(app)
    assert "<blockquote dir='auto'>The bus *always* comes :smile:</blockquote>" in shown
    assert "Lunch, line 3" in shown
    assert not [each for each in app.button if each.label == "Withdraw this voice"]


def test_search_finds_words_in_any_case(signed_in_app, heard_id):
    app = signed_in_app(VIEWER, "voices.py", heard_id)

    app.text_input(key="find-words").set_value("NEIGHBOUR").run()

    assert read_headings(app) == ["1 voice"]
    assert "My neighbour knocks" in read_html(app)


def test_a_search_without_result_says_what_to_try(signed_in_app, heard_id):
    app = signed_in_app(VIEWER, "voices.py", heard_id)

    app.text_input(key="find-words").set_value("100%").run()

    assert read_headings(app) == ["0 voices"]
    assert any("Try fewer or other words" in each.value for each in app.text)


def test_a_withdrawn_voice_can_be_brought_back(signed_in_app, heard_id, screen_record):
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.text_input(key="find-words").set_value("bus").run()

    next(each for each in app.text_input if each.label.startswith("Why?")).set_value("asked by phone")
    press(app, "Withdraw this voice")

    assert read_headings(app) == ["0 voices"]
    app.text_input(key="find-words").set_value("").run()
    app.selectbox(key="find-state").set_value("withdrawn").run()
    assert "withdrawn</strong>" in read_html(app)
    press(app, "Bring it back")
    assert read_headings(app) == ["0 voices"]
    with screen_record.reading() as session:
        assert not any(voice.is_withdrawn for voice in list_voices(session, FACILITATOR, heard_id))


def test_a_withdrawal_without_a_reason_is_refused(signed_in_app, heard_id):
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.text_input(key="find-words").set_value("bus").run()

    press(app, "Withdraw this voice")

    assert any("with a reason" in each.value for each in app.error)


def test_without_voices_the_screen_leads_to_the_sources(signed_in_app, engagement_id):
    app = signed_in_app(VIEWER, "voices.py", engagement_id)

    assert not app.exception
    assert any("no voices yet" in each.value for each in app.text)


def test_places_that_may_point_at_a_person_are_covered_left_and_taken_back(
    signed_in_app, engagement_id, screen_record
):
    notes = b"Ring me on 07700 900123.\nThank you Dr Bell.\nDr Bell came.\n"
    with screen_record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("lunch.txt", notes)], SourceKind.FOCUS_GROUP)
    app = signed_in_app(FACILITATOR, "personal_data.py", engagement_id)
    assert read_headings(app) == ["0 of 3 places looked at: 0 covered, 0 left"]
    assert "<mark>07700 900123</mark>" in read_html(app)

    press(app, "Cover it")
    press(app, "Leave all 2")

    assert not app.exception
    assert read_headings(app) == ["3 of 3 places looked at: 1 covered, 2 left"]
    with screen_record.reading() as session:
        texts = [voice.text for voice in list_voices(session, VIEWER, engagement_id)]
    assert texts == ["Ring me on [phone number].", "Thank you Dr Bell.", "Dr Bell came."]
    press(app, "Uncover")
    assert read_headings(app) == ["2 of 3 places looked at: 0 covered, 2 left"]


def test_words_covered_by_hand_are_said_to_be_where_they_were_covered(signed_in_app, heard_id, screen_record):
    with screen_record.reading() as session:
        voice = list_voices(session, VIEWER, heard_id)[0]
    app = signed_in_app(FACILITATOR, "personal_data.py", heard_id)

    next(each for each in app.number_input if each.label == "Number of the voice").set_value(voice.id)
    next(each for each in app.text_input if each.label == "Words to cover, to the letter").set_value(
        voice.text.split()[0]
    )
    press(app, "Cover these words")

    assert any("Covered. It is shown as" in each.value for each in app.success)


def test_a_link_to_a_source_that_is_none_shows_every_voice(signed_in_app, heard_id):
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.query_params["source"] = "²"
    app.run()

    assert not app.exception
    assert read_headings(app) == ["2 voices"]


def test_voices_are_found_by_filters_and_a_view_of_them_is_saved(signed_in_app, heard_id):
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    labels = [each.label for each in app.selectbox]
    assert set(labels) == {"Source", "Prompt", "Host", "State", "Consent", "Language"}
    app.text_input(key="find-words").set_value("knocks").run()
    app.selectbox(key="find-host").set_value("Lunch club").run()
    assert read_headings(app) == ["1 voice"]

    next(each for each in app.text_input if each.label == "Name of the view").set_value("Neighbours")
    press(app, "Save this view")
    app.text_input(key="find-words").set_value("").run()
    assert read_headings(app) == ["2 voices"]
    press(app, "Neighbours")

    assert not app.exception
    assert app.text_input(key="find-words").value == "knocks"
    assert read_headings(app) == ["1 voice"]
    press(app, "Remove “Neighbours”")
    assert "Neighbours" not in [each.label for each in app.button]


def test_the_name_of_a_view_is_shown_as_it_was_typed(signed_in_app, heard_id):
    app = signed_in_app(FACILITATOR, "voices.py", heard_id)
    app.text_input(key="find-words").set_value("knocks").run()

    next(each for each in app.text_input if each.label == "Name of the view").set_value("*Ours*")
    press(app, "Save this view")

    assert {r"\*Ours\*", r"Remove “\*Ours\*”"} <= {each.label for each in app.button}


def test_words_said_before_are_shown_before_the_save_and_one_is_counted_once(
    signed_in_app, heard_id, screen_record
):
    with screen_record.reading() as session:
        said = list_voices(session, VIEWER, heard_id)[0]
    content = f"{said.text.upper()}\nA new thing altogether.\n".encode()
    app = upload(signed_in_app(FACILITATOR, "sources.py", heard_id), ("more.txt", content))
    assert any("Said before in the same words: 1" in each.label for each in app.expander)

    next(each for each in app.checkbox if each.label.startswith("Count once")).check().run()
    press(app, "Save 2 voices")

    assert not app.exception
    with screen_record.reading() as session:
        counted = [voice.counts_with_id for voice in list_voices(session, VIEWER, heard_id)]
    assert counted[-2:] == [said.id, None]


def test_groups_of_answers_are_proposed_confirmed_and_taken_back(signed_in_app, engagement_id, screen_record):
    with screen_record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("survey.csv", SURVEY)], SourceKind.SURVEY)
    app = signed_in_app(FACILITATOR, "characteristics.py", engagement_id)
    assert read_headings(app) == ["1 thing was asked, 1 still to confirm"]
    press(app, "Confirm these groups")

    assert not app.exception
    assert read_headings(app) == ["1 thing was asked, 0 still to confirm"]
    with screen_record.reading() as session:
        groups = read_groups(session, VIEWER, engagement_id, "Age")
    assert sorted(groups.values()) == ["16 to 24", "65 to 74", "65 to 74", "65 to 74"]
    press(app, "Take these groups back")
    assert not app.exception
    assert read_headings(app) == ["1 thing was asked, 1 still to confirm"]
