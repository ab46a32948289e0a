"""Priorities, the lead's page, my work and referrals, through the front door."""

from __future__ import annotations

from datetime import date, timedelta

from streamlit.testing.v1 import AppTest

from engagement.engagements import start_engagement
from engagement.people.seat_tokens import find_seat_person
from engagement.plan.actions import ActionDetails, add_action, list_actions
from engagement.plan.named_people import NamedPerson
from engagement.plan.priorities import dissolve_priority, edit_priority
from engagement.plan.priority_views import list_priorities
from engagement.plan.referral_views import list_referrals
from engagement.plan.referrals import pass_on_theme
from engagement.workshop.join_codes import open_doors
from engagement.workshop.rooms import get_room
from engagement.workshop.seats import take_seat
from engagement.workshop.votes import change_votes, show_votes
from models.database import Record
from models.plan import ActionStatus
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.plan.states import Board, add_board, add_priority, describe_priority

TODAY = date.today()


def fill_record(record: Record) -> tuple[Board, int]:
    """Put a board, a priority led by the lead, and two actions into the record."""
    with record.writing() as session:
        board = add_board(session)
        priority_id = add_priority(session, board, "Being alone", lead=NamedPerson(LEAD.name))
        late = ActionDetails("Knock on *every* door", NamedPerson("Jo"), TODAY - timedelta(days=20))
        add_action(session, FACILITATOR, priority_id, late)
        add_action(session, FACILITATOR, priority_id, ActionDetails("Hold a tea", NamedPerson("Sam")))
    return board, priority_id


def read_texts(app: AppTest) -> str:
    """Give all that a screen says."""
    return "\n".join(str(each.value) for each in [*app.text, *app.subheader, *app.header, *app.markdown])


def read_html(app: AppTest) -> str:
    """Give what a screen draws as HTML."""
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in app.button if each.label == label).click().run()


def test_every_plan_screen_says_what_to_do_first(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Only begun")
    app = signed_in_app(FACILITATOR, "priorities.py", engagement_id)
    said = {}
    for screen in ("priorities.py", "priority.py", "my_work.py", "referrals.py"):
        app.switch_page(screen).run()
        assert not app.exception
        said[screen] = read_texts(app)

    assert "There are no agreed themes yet" in said["priorities.py"]
    assert "No priority is chosen yet" in said["priority.py"]
    assert "Nothing is yours to do" in said["my_work.py"]
    assert "There are no agreed themes yet" in said["referrals.py"]


def test_choosing_a_priority_takes_its_theme(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        board = add_board(session)
    app = signed_in_app(FACILITATOR, "priorities.py", board.engagement_id)

    app.multiselect[0].set_value([board.themes["Being alone"]])
    app.text_input(key="priority-new-0-title").set_value("Loneliness")
    app.text_input(key="priority-new-0-group").set_value("Belonging group")
    press(app, "Choose this priority")

    assert "Nobody is named as lead yet" in app.error[0].value
    assert app.text_input(key="priority-new-0-title").value == "Loneliness"

    app.selectbox(key="priority-new-0-lead").select_index(0)
    press(app, "Choose this priority")

    assert not app.exception
    assert not app.error
    with screen_record.reading() as session:
        (priority,) = list_priorities(session, VIEWER, board.engagement_id, TODAY)
    assert (priority.title, priority.lead_name, priority.n_voices) == ("Loneliness", FACILITATOR.name, 2)
    assert app.text_input(key="priority-new-1-title").value == ""
    assert "Loneliness" in read_texts(app)


def test_themes_come_by_their_dots_and_a_priority_with_its_first_action(signed_in_app, screen_record) -> None:
    with screen_record.writing() as session:
        board = add_board(session)
    give_dots(screen_record, board, {"Getting about": 1, "Being alone": 3})
    app = signed_in_app(FACILITATOR, "priorities.py", board.engagement_id)
    offered = list(app.multiselect[0].options)

    app.multiselect[0].set_value([board.themes["Being alone"]])
    app.text_input(key="priority-new-0-title").set_value("Loneliness")
    app.text_input(key="priority-new-0-group").set_value("Belonging group")
    app.selectbox(key="priority-new-0-lead").select_index(0)
    app.text_input(key="priority-new-0-action").set_value("Hold a tea")
    app.selectbox(key="priority-new-0-action-owner").select_index(0)
    press(app, "Choose this priority")

    assert not app.exception
    assert not app.error
    assert offered[:2] == ["Being alone (2 voices, 3 dots)", "Getting about (2 voices, 1 dot)"]
    with screen_record.reading() as session:
        (priority,) = list_priorities(session, VIEWER, board.engagement_id, TODAY)
        (action,) = list_actions(session, VIEWER, priority.id, TODAY)
    assert action.title == "Hold a tea"


def give_dots(record: Record, board: Board, dots: dict[str, int]) -> None:
    """Let somebody in the room put dots on themes, and show them."""
    with record.writing() as session:
        open_doors(session, FACILITATOR, board.workshop_id)
        key = get_room(session, FACILITATOR, board.workshop_id).join_key or ""
        person = find_seat_person(session, take_seat(session, key, "Sam", "resident"))
        for theme, count in dots.items():
            asked = {"op": theme.replace(" ", "-"), "kind": "dots"}
            asked |= {"theme": board.themes[theme], "dots": count}
            change_votes(session, person, board.workshop_id, asked)
        show_votes(session, FACILITATOR, board.workshop_id)


def test_priorities_show_their_size_and_words(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(VIEWER, "priorities.py", board.engagement_id)

    said = read_texts(app)
    assert "2 voices from 1 of 1 sources" in said
    assert "I want someone to notice when I am not there." in read_html(app)
    assert "0 of 2 actions done, 1 late" in said
    assert not app.multiselect


def test_dissolved_priority_is_brought_back_from_the_list(signed_in_app, screen_record) -> None:
    board, priority_id = fill_record(screen_record)
    with screen_record.writing() as session:
        dissolve_priority(session, FACILITATOR, priority_id, is_confirmed=True)
    app = signed_in_app(FACILITATOR, "priorities.py", board.engagement_id)

    press(app, "Bring back")

    with screen_record.reading() as session:
        assert len(list_priorities(session, VIEWER, board.engagement_id, TODAY)) == 1


def open_priority(signed_in_app, person, board: Board, priority_id: int) -> AppTest:
    app = signed_in_app(person, None, board.engagement_id)
    app.query_params["priority"] = str(priority_id)
    return app.switch_page("priority.py").run()


def test_lead_sees_late_actions_first_and_updates_one_in_place(signed_in_app, screen_record) -> None:
    board, priority_id = fill_record(screen_record)
    app = open_priority(signed_in_app, LEAD, board, priority_id)
    titles = [each.value for each in app.markdown if each.value.endswith("**")]
    assert "Knock on" in titles[0]
    assert "\\*every\\*" in titles[0]

    app.selectbox(key="action-1-0-status").set_value(ActionStatus.DONE)
    app.text_area(key="action-1-0-note").set_value("Sixty doors, *all* of them.")
    app.button(key="FormSubmitter:action-1-Save the update").click().run()

    assert not app.exception
    with screen_record.reading() as session:
        actions = list_actions(session, VIEWER, board.engagement_id, TODAY)
    done = next(each for each in actions if each.id == 1)
    assert (done.status, done.notes[0].text) == (ActionStatus.DONE, "Sixty doors, *all* of them.")
    assert "Sixty doors, *all* of them." in read_texts(app)


def test_action_without_an_owner_is_refused_and_what_was_typed_stays(signed_in_app, screen_record) -> None:
    board, priority_id = fill_record(screen_record)
    app = open_priority(signed_in_app, LEAD, board, priority_id)

    app.text_input(key=f"new-action-{priority_id}-0-title").set_value("Print a leaflet")
    press(app, "Add the action")

    assert "Nobody is named as owner" in app.error[0].value
    assert app.text_input(key=f"new-action-{priority_id}-0-title").value == "Print a leaflet"


def test_second_editor_sees_both_versions_and_can_still_save(signed_in_app, screen_record) -> None:
    board, priority_id = fill_record(screen_record)
    app = open_priority(signed_in_app, FACILITATOR, board, priority_id)
    with screen_record.writing() as session:
        details = describe_priority("Company", lead=NamedPerson(LEAD.name))
        edit_priority(session, FACILITATOR, priority_id, details, saw_version=1)

    app.text_input(key=f"priority-{priority_id}-0-title").set_value("Solitude")
    press(app, "Save the changes")
    refusal = app.error[0].value
    press(app, "Save the changes")

    assert "now “Company”, you typed “Solitude”" in refusal
    assert not app.error
    with screen_record.reading() as session:
        assert list_priorities(session, VIEWER, board.engagement_id, TODAY)[0].title == "Solitude"


def test_viewer_reads_a_priority_and_changes_nothing(signed_in_app, screen_record) -> None:
    board, priority_id = fill_record(screen_record)

    app = open_priority(signed_in_app, VIEWER, board, priority_id)

    assert "Loneliness" in read_texts(app)
    assert not app.text_input
    assert not [each for each in app.button if "Save" in each.label]


def test_priority_that_is_gone_is_said_plainly(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = open_priority(signed_in_app, VIEWER, board, 77)

    assert "There is no priority 77" in app.error[0].value


def test_my_work_shows_the_lead_late_things_first(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(LEAD, "my_work.py", board.engagement_id)

    assert [each.value for each in app.header][:2] == ["Late: 1", "My priorities"]
    assert "Amina Facilitator added action: Knock on *every* door" in read_texts(app)


def test_passing_a_theme_on_tells_what_goes_and_what_stays(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)
    app = signed_in_app(LEAD, "referrals.py", board.engagement_id)

    app.selectbox(key="pass-on-theme").set_value(board.themes["Seeing a doctor"]).run()
    assert "2 voices may be passed on." in read_texts(app)
    app.text_input(key="pass-on-0-to").set_value("The NHS")
    press(app, "Pass it on")

    assert app.success[0].value.startswith("2 voices recorded as passed on to The NHS.")
    assert app.get("download_button")[0].proto.label == "Words to send (xlsx)"
    with screen_record.reading() as session:
        (referral,) = list_referrals(session, VIEWER, board.engagement_id, TODAY)
    assert referral.chase_on == TODAY + timedelta(weeks=4)


def test_theme_of_a_priority_is_not_offered_for_passing_on(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)

    app = signed_in_app(LEAD, "referrals.py", board.engagement_id)

    offered = app.selectbox(key="pass-on-theme").options
    assert not [each for each in offered if each.startswith("Being alone")]


def test_answer_to_a_referral_is_recorded_on_the_spot(signed_in_app, screen_record) -> None:
    board, _ = fill_record(screen_record)
    with screen_record.writing() as session:
        doctor = board.themes["Seeing a doctor"]
        pass_on_theme(
            session,
            LEAD,
            board.engagement_id,
            doctor,
            recipient="The NHS",
            sent_on=TODAY - timedelta(weeks=5),
        )
    app = signed_in_app(LEAD, "referrals.py", board.engagement_id)
    assert "To chase now: 1" in read_texts(app)

    app.text_area(key="outcome-1").set_value("A new line opens in May.")
    press(app, "Save the answer")

    assert not app.exception
    assert "Answered: 1" in read_texts(app)
    assert "A new line opens in May." in read_texts(app)


def test_screens_need_a_sign_in(screen_record, monkeypatch) -> None:
    from engagement.screens import visit
    from tests.screens.conftest import MAIN

    monkeypatch.setattr(visit, "read_sign_in_cookie", lambda: None)
    board, _ = fill_record(screen_record)
    app = AppTest.from_file(str(MAIN), default_timeout=30)
    app.query_params["engagement"] = str(board.engagement_id)
    app.run()
    app.switch_page("priorities.py").run()

    assert "signed out" in app.info[0].value
    assert "Being alone" not in read_texts(app)
