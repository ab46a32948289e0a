"""The projector's page: who opens it, what its token opens, and what it shows."""

from __future__ import annotations

import pytest

from engagement.people.accounts import close_account
from engagement.people.screen_tokens import mint_screen_token
from engagement.web.screen import name_cookie
from engagement.workshop.rounds import RoundPlan
from engagement.workshop.wall import hold_up
from models.database import Record
from models.rooms import RoundKind, Shown
from tests.builders import FACILITATOR, LEAD
from tests.web.conftest import EMAIL, PASSWORD, TestClient
from tests.web.live_server import sign_in
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.seated import begin, open_room, plan, see_room, sit_down
from tests.workshop.voting import put, show


@pytest.fixture
def table(web_record: Record) -> Table:
    """A board."""
    return make_table(make_room(web_record))


@pytest.fixture
def wall(client: TestClient, table: Table) -> TestClient:
    """A browser that holds the token of the screen and no sign-in."""
    token = mint_screen_token(table.workshop_id, sign_in(table, FACILITATOR))
    client.cookies.set(name_cookie(table.workshop_id), token)
    return client


def look(wall: TestClient, table: Table) -> str:
    answer = wall.get(f"/screen/{table.workshop_id}")
    assert answer.status_code == 200
    return answer.text


def hold(table: Table, shows: Shown, theme: int | None = None) -> None:
    with table.record.writing() as session:
        hold_up(session, FACILITATOR, table.workshop_id, shows, theme)


def test_a_facilitator_who_is_signed_in_opens_the_screen_and_it_outlives_the_sign_in(
    client: TestClient, table: Table, administrator
) -> None:
    assert client.get(f"/screen/{table.workshop_id}").status_code == 403
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})
    opened = client.get(f"/screen/{table.workshop_id}")
    client.post("/sign-out")

    cookie = opened.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert f"path=/screen/{table.workshop_id}" in cookie
    assert client.get(f"/screen/{table.workshop_id}").status_code == 200


def test_whoever_may_not_run_workshops_does_not_open_a_screen(client: TestClient, table: Table) -> None:
    with pytest.raises(Exception, match="may not run workshops"):
        mint_screen_token(table.workshop_id, sign_in(table, LEAD))


def test_the_token_of_a_screen_opens_nothing_else(wall: TestClient, table: Table) -> None:
    token = wall.cookies[name_cookie(table.workshop_id)]
    headers = {"Authorization": f"Bearer {token}"}

    for address in ("state", "events", "votes", "suggestions"):
        assert wall.get(f"/live/{table.workshop_id}/{address}", headers=headers).status_code == 401
    wall.cookies.set("thread_sign_in", token)
    wall.cookies.set(f"thread_seat_{table.workshop_id}", token)
    assert wall.get(f"/live/{table.workshop_id}/state").status_code == 401
    assert wall.get("/", headers={"Accept": "text/html"}).status_code == 303


def test_a_token_shows_one_workshop_alone(wall: TestClient, table: Table) -> None:
    wall.cookies.set(name_cookie(4_000), wall.cookies[name_cookie(table.workshop_id)])

    assert wall.get("/screen/4000").status_code == 403
    assert wall.get("/screen/4000/events").status_code == 403


@pytest.mark.parametrize("token", ["", "x", "a.b.c"])
def test_a_token_that_nobody_made_opens_nothing(client: TestClient, table: Table, token: str) -> None:
    client.cookies.set(name_cookie(table.workshop_id), token)

    assert client.get(f"/screen/{table.workshop_id}").status_code == 403
    assert client.get(f"/screen/{table.workshop_id}/events").status_code == 403


def test_a_screen_ends_with_the_account_that_opened_it(
    client: TestClient, table: Table, administrator
) -> None:
    person = sign_in(table, FACILITATOR)
    client.cookies.set(name_cookie(table.workshop_id), mint_screen_token(table.workshop_id, person))
    assert client.get(f"/screen/{table.workshop_id}").status_code == 200
    with table.record.writing() as session:
        close_account(session, administrator, person.account_id)

    assert client.get(f"/screen/{table.workshop_id}").status_code == 403


def test_a_screen_shows_themes_with_counts_and_the_feed_in_words(wall: TestClient, table: Table) -> None:
    table.move("move", voices=[table.voices[6]], to=table.themes["Online"])

    page = look(wall, table)

    assert "Getting about" in page
    assert "1 voice not yet placed" in page
    assert "moved 1 voice to Online" in page
    assert "The form was only online" not in page


def test_the_code_is_shown_while_the_doors_are_open(wall: TestClient, table: Table) -> None:
    assert "Join in" not in look(wall, table)
    code = open_room(table).join_code or ""

    page = look(wall, table)

    assert f"{code[:3]} {code[3:]}" in page
    assert "thread.test/join" in page
    assert "<svg" in page


def test_a_screen_says_who_is_here_by_thirds_and_what_the_round_is(wall: TestClient, table: Table) -> None:
    open_room(table)
    sit_down(table)
    sit_down(table, "Jo", "NHS")
    plan(table, [RoundPlan(RoundKind.VOTE, 10)])
    begin(table, 1)

    page = look(wall, table)

    assert "2 here" in page
    assert "<b>1</b> resident<" in page
    assert "<b>1</b> from public bodies" in page
    assert "Round 1 of 1: vote" in page
    assert 'data-left="600"' in page or 'data-left="59' in page


def test_a_theme_that_is_held_up_is_shown_with_quotes(wall: TestClient, table: Table) -> None:
    hold(table, Shown.THEME, table.themes["Online"])

    page = look(wall, table)

    assert "The form was only online." in page
    assert "Nobody listens" not in page


def test_votes_that_are_held_up_stay_hidden_until_they_are_shown(wall: TestClient, table: Table) -> None:
    open_room(table)
    put(table, sit_down(table), "Online", 2)
    hold(table, Shown.VOTES)
    assert "1 person has voted. The dots stay hidden" in look(wall, table)
    assert "<b>2<" not in look(wall, table)

    show(table)

    assert "<b>2<" in look(wall, table)


def test_a_code_that_is_held_up_goes_with_the_doors(wall: TestClient, table: Table) -> None:
    hold(table, Shown.CODE)

    assert "Getting about" in look(wall, table)
    open_room(table)
    assert "Join in with your phone" in look(wall, table)
    assert see_room(table).join_key not in look(wall, table)


def test_names_that_look_like_markup_are_shown_as_they_are(wall: TestClient, table: Table) -> None:
    table.move("rename", theme=table.themes["Online"], name="<script>alert(1)</script>")

    page = look(wall, table)

    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page


def test_there_is_no_screen_of_a_workshop_that_is_not(client: TestClient, administrator) -> None:
    client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD})

    assert client.get("/screen/4000").status_code == 404
