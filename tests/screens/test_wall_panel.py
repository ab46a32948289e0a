"""The projector and the votes on the Workshops screen, through the front door."""

from __future__ import annotations

from engagement.workshop.wall import WallView, read_wall
from models.rooms import Shown
from tests.builders import FACILITATOR, LEAD
from tests.screens.test_workshop_screen import fill_record, press, read_texts
from tests.workshop.seated import open_room, sit_down
from tests.workshop.voting import put, see_votes


def test_a_theme_is_held_up_on_the_projector(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)
    held = WallView(Shown.THEME, next(iter(table.themes.values())))

    next(each for each in app.selectbox if each.label == "The projector holds up").set_value(held)
    press(app, "Hold it up")

    assert not app.exception
    with screen_record.reading() as session:
        assert read_wall(session, table.workshop_id) == held


def test_votes_are_shown_and_hidden_again(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)
    open_room(table)
    put(table, sit_down(table), next(iter(table.themes)), 2)
    app = signed_in_app(FACILITATOR, "workshop.py", table.room.engagement_id)
    told = read_texts(app)

    press(app, "Show the votes")
    shown = see_votes(table)
    press(app, "Hide the votes")

    assert not app.exception
    assert "1 person has voted. The dots are hidden from everybody, you too, until you show them." in told
    assert shown is not None
    assert shown.n_dots == 2
    assert see_votes(table) is None


def test_a_lead_holds_nothing_up(signed_in_app, screen_record) -> None:
    table = fill_record(screen_record)

    app = signed_in_app(LEAD, "workshop.py", table.room.engagement_id)

    assert not app.exception
    assert not {"Hold it up", "Show the votes"} & {each.label for each in app.button}
