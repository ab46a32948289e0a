"""The board's screen: which board it opens, and what it hands to the browser."""

from __future__ import annotations

import json
from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from engagement.people.board_tokens import read_token
from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.boards import open_board
from models.database import Record
from tests.builders import FACILITATOR, VIEWER, add_voices

OpenApp = Callable[..., AppTest]


def add_engagement(record: Record) -> int:
    with record.writing() as session:
        return add_voices(session, ["The 22 stops at six."]).id


def add_board(record: Record, engagement_id: int, name: str) -> int:
    with record.writing() as session:
        return open_board(session, COMMAND_LINE, engagement_id, name)


def read_mounted(app: AppTest) -> dict:
    """Read what the board was mounted with."""
    mounted = [part.proto for part in app.get("bidi_component") if part.proto.component_name == "board"]
    return json.loads(mounted[0].json) if mounted else {}


def test_without_a_board_the_screen_says_what_to_do_first(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id = add_engagement(screen_record)

    app = signed_in_app(FACILITATOR, "board.py", engagement_id)

    assert not app.exception
    assert "There is no board yet" in app.info[0].value
    assert read_mounted(app) == {}


def test_the_board_that_counts_is_opened_with_a_token_for_this_person(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id = add_engagement(screen_record)
    workshop_id = add_board(screen_record, engagement_id, "July workshop")

    app = signed_in_app(FACILITATOR, "board.py", engagement_id)

    data = read_mounted(app)
    assert not app.exception
    assert data["workshop"] == str(workshop_id)
    assert data["assets"].startswith("/live-assets/")
    assert read_token(data["token"]).workshop_id == workshop_id


def test_what_is_handed_over_stays_the_same_from_run_to_run(
    signed_in_app: OpenApp, screen_record: Record
) -> None:
    engagement_id = add_engagement(screen_record)
    add_board(screen_record, engagement_id, "July workshop")
    app = signed_in_app(FACILITATOR, "board.py", engagement_id)
    first = read_mounted(app)

    app.run()

    assert first
    assert read_mounted(app) == first


def test_another_board_is_chosen_by_its_name(signed_in_app: OpenApp, screen_record: Record) -> None:
    engagement_id = add_engagement(screen_record)
    add_board(screen_record, engagement_id, "July workshop")
    second = add_board(screen_record, engagement_id, "August workshop")
    app = signed_in_app(FACILITATOR, "board.py", engagement_id)

    app.selectbox[0].select(second).run()

    assert not app.exception
    assert read_mounted(app)["workshop"] == str(second)
    assert read_token(read_mounted(app)["token"]).workshop_id == second


def test_board_of_another_engagement_is_not_opened(signed_in_app: OpenApp, screen_record: Record) -> None:
    engagement_id = add_engagement(screen_record)
    own = add_board(screen_record, engagement_id, "July workshop")
    with screen_record.writing() as session:
        other = add_voices(session, ["Somebody else said this."], engagement="Another").id
    foreign = add_board(screen_record, other, "Foreign workshop")
    app = signed_in_app(FACILITATOR, None, engagement_id)

    app.query_params["workshop"] = str(foreign)
    app.switch_page("board.py").run()

    assert read_mounted(app)["workshop"] == str(own)


def test_viewer_may_look_at_the_board(signed_in_app: OpenApp, screen_record: Record) -> None:
    engagement_id = add_engagement(screen_record)
    workshop_id = add_board(screen_record, engagement_id, "July workshop")

    app = signed_in_app(VIEWER, "board.py", engagement_id)

    assert not app.exception
    assert read_mounted(app)["workshop"] == str(workshop_id)
