"""Votes by the live routes and by plain forms."""

from __future__ import annotations

import re

import pytest

from engagement.web.live_hub import HUB
from engagement.workshop.room_facts import describe_room
from models.database import Record
from tests.builders import FACILITATOR
from tests.web.conftest import TestClient
from tests.web.live_server import sign_in
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.seated import choose, open_room, see_room
from tests.workshop.voting import show


@pytest.fixture
def table(web_record: Record) -> Table:
    """A board behind open doors."""
    table = make_table(make_room(web_record))
    open_room(table)
    return table


@pytest.fixture
def sam(client: TestClient, table: Table):
    """The phone of Sam, who has taken a seat, before a server that runs."""
    with client:
        client.portal.call(bind_hub, table.record)
        client.post(f"/join/{see_room(table).join_key}", data={"nickname": "Sam", "sector": "resident"})
        yield client
        client.portal.call(close_hub)


async def bind_hub(record: Record) -> None:
    import asyncio

    HUB.bind(asyncio.get_running_loop(), record)


async def close_hub() -> None:
    HUB.close()


def post(phone: TestClient, table: Table, op: str = "one", **headers: str):
    asked = {"op": op, "kind": "dots", "theme": table.themes["Online"], "dots": 2}
    return phone.post(f"/live/{table.workshop_id}/votes", json=asked, headers=headers)


def send_form(phone: TestClient, table: Table, words: str) -> tuple[dict[str, str], object]:
    """Press the button that says this on the ballot."""
    page = phone.get(f"/seat/{table.workshop_id}/vote").text
    forms = re.findall(r'<form method="post" action="/seat/\d+/vote">(.*?)</form>', page, re.DOTALL)
    form = next(form for form in forms if words in re.sub(r"<span[^>]*>|</span>", "", form))
    data = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    button = re.search(
        r'<button type="submit"(?: name="dots" value="(\d+)")?[^>]*>' + words.split(" ", maxsplit=1)[0], form
    )
    assert button is not None
    if button[1]:
        data["dots"] = button[1]
    return data, phone.post(f"/seat/{table.workshop_id}/vote", data=data)


def test_a_seat_puts_dots_and_reads_its_ballot(sam: TestClient, table: Table) -> None:
    answer = post(sam, table)
    again = post(sam, table)
    ballot = sam.get(f"/live/{table.workshop_id}/votes").json()

    assert answer.json() == again.json() == ballot
    assert (ballot["n_free"], ballot["sums"], ballot["may_vote"]) == (3, None, True)
    assert {theme["name"]: theme["dots"] for theme in ballot["themes"]}["Online"] == 2


def test_votes_from_another_site_or_without_a_seat_are_refused(sam: TestClient, table: Table) -> None:
    assert post(sam, table, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    sam.cookies.clear()
    assert post(sam, table).status_code == 401
    assert sam.get(f"/live/{table.workshop_id}/votes").status_code == 401


def test_a_vote_that_cannot_be_is_refused_in_words(sam: TestClient, table: Table) -> None:
    choose(table, dots_per_person=1)

    answer = post(sam, table)

    assert answer.status_code == 422
    assert "You have 1 dot left" in answer.json()["error"]


def test_pages_of_the_board_get_the_sums_only_once_they_are_shown(sam: TestClient, table: Table) -> None:
    post(sam, table)
    with table.record.reading() as session:
        hidden = describe_room(session, table.workshop_id)["votes"]
    show(table)
    with table.record.reading() as session:
        shown = describe_room(session, table.workshop_id)["votes"]

    assert hidden is None
    assert shown[str(table.themes["Online"])] == 2


def test_a_facilitators_page_learns_how_many_voted_before_the_sums(sam: TestClient, table: Table) -> None:
    from engagement.people.board_tokens import mint_token

    token = mint_token(table.workshop_id, sign_in(table, FACILITATOR))
    headers = {"Authorization": f"Bearer {token}"}
    post(sam, table)
    before = sam.get(f"/live/{table.workshop_id}/votes", headers=headers).json()
    show(table)
    after = sam.get(f"/live/{table.workshop_id}/votes", headers=headers).json()

    assert before == {"n_voters": 1, "sums": None}
    assert after["sums"][str(table.themes["Online"])] == 2


def test_dots_are_put_and_taken_back_by_plain_forms(sam: TestClient, table: Table) -> None:
    form, first = send_form(sam, table, "One dot more Online")
    sam.post(f"/seat/{table.workshop_id}/vote", data=form)
    page = sam.get(first.headers["location"]).text
    assert (first.status_code, "Saved." in page, "4 of 5 dots left" in page) == (303, True, True)

    send_form(sam, table, "Take one back Online")

    assert "5 of 5 dots left" in sam.get(f"/seat/{table.workshop_id}/vote").text


def test_whoever_voted_for_a_merged_theme_is_told_and_confirms_by_a_form(
    sam: TestClient, table: Table
) -> None:
    post(sam, table)
    table.move("merge", theme=table.themes["Online"], into=table.themes["Getting about"])
    page = sam.get(f"/seat/{table.workshop_id}/vote").text
    assert "2 of your dots came back from “Online”, because it changed." in page

    send_form(sam, table, "Put them on “Getting about”")

    page = sam.get(f"/seat/{table.workshop_id}/vote").text
    assert ("came back" in page, "3 of 5 dots left" in page) == (False, True)


def test_a_form_that_no_page_of_ours_sends_is_refused_in_words(sam: TestClient, table: Table) -> None:
    answer = sam.post(f"/seat/{table.workshop_id}/vote", data={"kind": "dots", "theme": "x", "dots": "1"})

    assert answer.status_code == 422
    assert "This vote is not understood" in answer.text


def test_nobody_without_a_seat_sees_a_ballot(client: TestClient, table: Table) -> None:
    assert client.get(f"/seat/{table.workshop_id}/vote").status_code == 403


def test_the_seat_links_to_the_ballot_only_while_the_room_votes(sam: TestClient, table: Table) -> None:
    assert '<p id="vote">' in sam.get(f"/seat/{table.workshop_id}").text
    choose(table, allows_vote=False)

    assert '<p id="vote" hidden>' in sam.get(f"/seat/{table.workshop_id}").text
    assert "not voting now" in sam.get(f"/seat/{table.workshop_id}/vote").text
