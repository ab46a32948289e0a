"""What if? Branches through the front door."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from engagement.workshop.branches import list_branches, make_branch
from models.branches import BranchStanding
from models.database import Record
from tests.builders import FACILITATOR, VIEWER
from tests.workshop.conftest import Table, make_room, make_table


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(each for each in app.button if each.label == label).click().run()


def read_texts(app: AppTest) -> str:
    """Give all that the screen says."""
    return "\n".join(str(each.value) for each in [*app.text, *app.success, *app.error, *app.subheader])


def fill_record(record: Record) -> tuple[Table, Table]:
    """Put a board and a branch of it into the record; one voice was moved on both."""
    table = make_table(make_room(record))
    with record.writing() as session:
        branch_id = make_branch(session, FACILITATOR, table.workshop_id, "One theme")
    branch = Table(table.room, branch_id, {}, table.ops)
    branch.themes = {theme["name"]: theme["id"] for theme in branch.look()["themes"]}
    branch.move("move", voices=[table.voices[7]], to=branch.themes["Online"])
    table.move("move", voices=[table.voices[7]], to=table.themes["Getting about"])
    return table, branch


def test_a_branch_is_made_and_is_no_workshop_of_its_own(signed_in_app, screen_record: Record) -> None:
    table = make_table(make_room(screen_record))
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    next(each for each in app.text_input if each.label == "What if").set_value("Two were one")
    press(app, "Make a branch")

    assert not app.exception
    assert "The branch is made" in read_texts(app)
    assert [header.value for header in app.header] == ["Workshop 1"]
    assert "What if? 1 branch" in [expander.label for expander in app.expander]


def test_what_both_changed_is_decided_before_the_branch_is_adopted(
    signed_in_app, screen_record: Record
) -> None:
    table, branch = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Adopt it")
    refused = app.error[0].value
    app.radio[0].set_value("Take the branch for all").run()
    press(app, "Adopt it")

    assert not app.exception
    assert "decide 1 thing first" in refused
    assert "The branch is adopted" in read_texts(app)
    assert table.card(table.voices[7])["home"] == table.themes["Online"]
    assert branch.look()["workshop"]["closed"]


def test_a_branch_is_dropped_and_taken_up_again(signed_in_app, screen_record: Record) -> None:
    table, _branch = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)

    press(app, "Drop it")
    said = read_texts(app)
    press(app, "Take it up again")

    assert not app.exception
    assert "Dropped by Amina Facilitator" in said
    with screen_record.reading() as session:
        assert list_branches(session, VIEWER, table.workshop_id)[0].standing is BranchStanding.OPEN


def test_viewer_reads_branches_and_ends_none(signed_in_app, screen_record: Record) -> None:
    table, _branch = fill_record(screen_record)

    app = signed_in_app(VIEWER, "workshop.py", table.room.engagement_id)

    assert not app.exception
    assert "One theme" in read_texts(app)
    assert not {"Adopt it", "Drop it", "Make a branch"} & {each.label for each in app.button}
