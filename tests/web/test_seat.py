"""Joining and taking part by plain pages: codes, seats, forms, and who is kept out."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import update

from engagement.web.presence import Presence
from engagement.workshop.join_codes import close_doors
from engagement.workshop.join_tries import TRIES_FROM_A_NETWORK
from engagement.workshop.rounds import USUAL_ROUNDS
from engagement.workshop.seats import list_seats, take_back_seat
from models.base import utc_now
from models.database import Record
from models.rooms import JoinTry, Seat
from tests.builders import FACILITATOR
from tests.web.conftest import TestClient
from tests.web.live_server import LiveServer, Watcher
from tests.workshop.conftest import Table, make_room, make_table
from tests.workshop.seated import begin, choose, join, open_room, plan, see_room

SAM = {"nickname": "Sam", "sector": "resident"}


@pytest.fixture
def table(web_record: Record) -> Table:
    """A board behind open doors."""
    table = make_table(make_room(web_record))
    open_room(table)
    return table


@pytest.fixture
def sam(client: TestClient, table: Table) -> TestClient:
    """The phone of Sam, a resident, who has taken a seat."""
    client.post(f"/join/{see_room(table).join_key}", data=SAM)
    return client


def read_hidden(page: str, kind: str) -> dict[str, str]:
    """Read what a form of this kind sends without being asked."""
    forms = re.findall(r'<form method="post" action="/seat/\d+/moves">(.*?)</form>', page, re.DOTALL)
    form = next(form for form in forms if f'name="kind" value="{kind}"' in form)
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def write_cookie(phone: TestClient) -> dict[str, str]:
    """Write the header that carries the seat of a phone to another server of this record."""
    return {"Cookie": "; ".join(f"{name}={value}" for name, value in phone.cookies.items())}


def move_by_form(phone: TestClient, table: Table, voice: int, goal: object):
    page = phone.get(f"/seat/{table.workshop_id}/voice/{voice}").text
    form = read_hidden(page, "move") | {"goal": str(goal)}
    return form, phone.post(f"/seat/{table.workshop_id}/moves", data=form)


def test_the_code_leads_to_a_seat_without_an_account(client: TestClient, table: Table) -> None:
    asked = client.get("/join")
    code = see_room(table).join_code or ""
    found = client.post("/join", data={"code": f" {code[:3].lower()} {code[3:]}"})
    name_page = client.get(found.headers["location"])
    seated = client.post(found.headers["location"], data=SAM)
    page = client.get(seated.headers["location"])

    assert (asked.status_code, found.status_code, seated.status_code, page.status_code) == (
        200,
        303,
        303,
        200,
    )
    assert "Your name stays with what you did" in name_page.text
    assert "Sam (resident)" in page.text
    assert "The form was only online" in client.get(f"{page.url}?column={table.themes['Online']}").text


def test_a_form_is_refused_in_the_language_of_the_seat(sam: TestClient, table: Table) -> None:
    sam.cookies.set("thread_language", "tr")
    form = {"kind": "move", "nonce": "n", "saw": "0", "voice": str(table.voices[0]), "goal": ""}

    nothing = sam.post(f"/seat/{table.workshop_id}/moves", data=form)
    there = sam.post(
        f"/seat/{table.workshop_id}/moves", data=form | {"goal": str(table.themes["Getting about"])}
    )

    assert "Hiçbir şey seçilmedi." in nothing.text
    assert "Bu ses zaten Getting about içinde." in there.text


def test_the_cookie_of_a_seat_is_out_of_reach_of_scripts_and_other_sites(client, table: Table) -> None:
    answer = client.post(f"/join/{see_room(table).join_key}", data=SAM)

    cookie = answer.headers["set-cookie"].lower()
    assert f"thread_seat_{table.workshop_id}=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie


def test_a_seat_survives_a_refresh_and_the_qr_code_scanned_again(sam: TestClient, table: Table) -> None:
    again = sam.get(f"/join/{see_room(table).join_key}")

    assert again.headers["location"] == f"/seat/{table.workshop_id}"
    with table.record.reading() as session:
        assert len(list_seats(session, FACILITATOR, table.workshop_id)) == 1


@pytest.mark.parametrize("code", ["", "AAAAAA", "x" * 500, "' OR 1=1 --", "K7M4RT\x00"])
def test_a_wrong_code_is_refused_in_words(client: TestClient, table: Table, code: str) -> None:
    answer = client.post("/join", data={"code": code})

    assert answer.status_code == 403
    assert "No workshop that is open now has this code" in answer.text


def test_a_guesser_is_stopped_and_the_qr_code_still_lets_the_hall_in(
    client: TestClient, table: Table
) -> None:
    with table.record.writing() as session:
        session.add_all(
            JoinTry(network="testclient", tried_at=utc_now()) for _ in range(TRIES_FROM_A_NETWORK)
        )

    right = client.post("/join", data={"code": see_room(table).join_code})
    scanned = client.post(f"/join/{see_room(table).join_key}", data=SAM)

    assert (right.status_code, scanned.status_code) == (429, 303)
    assert "Scan the QR code" in right.text


def test_a_hundred_people_behind_one_address_join_by_code(table: Table, client: TestClient) -> None:
    code = see_room(table).join_code

    def join(number: int) -> int:
        phone = TestClient(client.app, base_url="http://thread.test", follow_redirects=False)
        found = phone.post("/join", data={"code": code})
        return phone.post(
            found.headers["location"], data={"nickname": f"P{number}", "sector": "VCSE"}
        ).status_code

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(join, range(100)))

    assert statuses == [303] * 100
    with table.record.reading() as session:
        assert len(list_seats(session, FACILITATOR, table.workshop_id)) == 100
        assert session.query(JoinTry).count() == 0


def test_what_is_missing_is_said_and_what_was_typed_stays(client: TestClient, table: Table) -> None:
    answer = client.post(f"/join/{see_room(table).join_key}", data={"nickname": "<b>Sam</b>", "sector": ""})

    assert answer.status_code == 422
    assert "Say where you come from" in answer.text
    assert 'value="&lt;b&gt;Sam&lt;/b&gt;"' in answer.text


def test_a_voice_is_moved_by_a_form_and_counted_once(sam: TestClient, table: Table) -> None:
    form, first = move_by_form(sam, table, table.voices[7], table.themes["Online"])
    second = sam.post(f"/seat/{table.workshop_id}/moves", data=form)

    assert (first.status_code, second.status_code, table.look()["seq"]) == (303, 303, 1)
    assert table.card(table.voices[7])["home"] == table.themes["Online"]
    assert "Saved." in sam.get(first.headers["location"]).text


def test_a_voice_also_speaks_elsewhere_and_a_theme_is_named_by_forms(sam: TestClient, table: Table) -> None:
    online = table.themes["Online"]
    page = sam.get(f"/seat/{table.workshop_id}/voice/{table.voices[0]}").text
    echo = sam.post(
        f"/seat/{table.workshop_id}/moves", data=read_hidden(page, "echo") | {"goal": str(online)}
    )
    page = sam.get(f"/seat/{table.workshop_id}?column={online}").text
    name = read_hidden(page, "rename") | {"name": "Going online"}
    rename = sam.post(f"/seat/{table.workshop_id}/moves", data=name)

    assert (echo.status_code, rename.status_code) == (303, 303)
    assert table.card(table.voices[0])["echoes"] == [online]
    assert "Going online" in table.names()


def test_a_form_that_chooses_nothing_is_refused_in_words(sam: TestClient, table: Table) -> None:
    _form, answer = move_by_form(sam, table, table.voices[7], "")

    assert answer.status_code == 422
    assert "Nothing was chosen" in answer.text
    assert table.look()["seq"] == 0


def test_another_name_on_a_page_that_was_gone_back_to_is_another_move(sam: TestClient, table: Table) -> None:
    form = read_hidden(sam.get(f"/seat/{table.workshop_id}").text, "add_theme")
    for name in ("Night buses", "Warm rooms", "Warm rooms"):
        sam.post(f"/seat/{table.workshop_id}/moves", data=form | {"name": name})

    assert {"Night buses", "Warm rooms"} <= set(table.names())
    assert table.look()["seq"] == 2


def test_a_refused_form_keeps_its_theme_and_every_way_on_from_it_is_open(
    sam: TestClient, table: Table
) -> None:
    online = table.themes["Online"]
    page = sam.get(f"/seat/{table.workshop_id}?column={online}").text
    refused = sam.post(f"/seat/{table.workshop_id}/moves", data=read_hidden(page, "rename") | {"name": " "})
    back = re.search(r'name="back" value="([^"]*)"', refused.text)
    looked = sam.post("/seat/look", data={"language": "cy", "back": back[1] if back else ""})

    assert (refused.status_code, f'value="{online}" selected' in refused.text) == (422, True)
    assert sam.get(looked.headers["location"]).status_code == 200
    assert 'href="?' not in refused.text


def test_a_page_offers_only_what_the_round_is_for(sam: TestClient, table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    begin(table, 1)
    reading = sam.get(f"/seat/{table.workshop_id}?column={table.themes['Online']}").text
    begin(table, 3)
    naming = sam.get(f"/seat/{table.workshop_id}?column={table.themes['Online']}").text

    assert "Round 1 of 5: read" in reading
    assert ("Name it" in reading, "Move to…" in reading) == (False, False)
    assert ("Name it" in naming, "Move to…" in naming) == (True, False)


def test_late_ones_are_told_that_the_workshop_has_closed(sam: TestClient, table: Table) -> None:
    page = sam.get(f"/seat/{table.workshop_id}/voice/{table.voices[7]}").text
    with table.record.writing() as session:
        close_doors(session, FACILITATOR, table.workshop_id)

    form = read_hidden(page, "move") | {"goal": str(table.themes["Online"])}
    answer = sam.post(f"/seat/{table.workshop_id}/moves", data=form)

    assert "has closed. Thank you for taking part" in answer.text
    assert (answer.status_code, table.look()["seq"]) == (403, 0)


def test_who_has_no_seat_sees_no_voices(client: TestClient, table: Table) -> None:
    for address in (f"/seat/{table.workshop_id}", f"/seat/{table.workshop_id}/voice/1", "/seat/614"):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "The 22 stops" not in answer.text
    assert client.get(f"/live/{table.workshop_id}/state").status_code == 401


def test_a_seat_that_was_left_or_taken_back_opens_nothing(sam: TestClient, table: Table) -> None:
    cookies = dict(sam.cookies)
    with table.record.writing() as session:
        take_back_seat(session, FACILITATOR, list_seats(session, FACILITATOR, table.workshop_id)[0].id)
    taken_back = sam.get(f"/seat/{table.workshop_id}").status_code
    sam.cookies.clear()
    sam.post(f"/join/{see_room(table).join_key}", data=SAM)
    cookies = dict(sam.cookies)
    sam.post(f"/seat/{table.workshop_id}/leave")
    sam.cookies.update(cookies)

    assert (taken_back, sam.get(f"/seat/{table.workshop_id}").status_code) == (403, 403)


@pytest.mark.parametrize("address", ["/join", "/join/KEY", "/seat/1/moves", "/seat/1/leave", "/seat/look"])
def test_posts_from_other_sites_are_refused(client: TestClient, table: Table, address: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "http://evil.example"}):
        assert client.post(address, data=SAM, headers=headers).status_code == 403


def test_a_seat_reads_and_moves_on_the_live_routes_by_its_cookie(sam: TestClient, table: Table) -> None:
    with LiveServer(table.record) as server:
        address, cookie = f"{server.url}/live/{table.workshop_id}", write_cookie(sam)
        phone = server.open_client()
        state = phone.get(f"{address}/state", headers=cookie).json()
        move = {
            "op": "a",
            "saw": 0,
            "kind": "move",
            "voices": [table.voices[7]],
            "to": table.themes["Online"],
        }
        answer = phone.post(f"{address}/moves", json=move, headers=cookie)
        from_afar = {**cookie, "Sec-Fetch-Site": "cross-site"}
        foreign = phone.post(f"{address}/moves", json=move, headers=from_afar)
        suggestions = phone.get(f"{address}/suggestions", headers=cookie)
        elsewhere = phone.get(f"{server.url}/live/{table.workshop_id + 1}/state", headers=cookie)

    assert state["workshop"]["you"] == "Sam (resident)"
    assert "Sam" not in str(state["room"])
    assert (answer.status_code, answer.json()["said"]) == (200, "Sam (resident) moved 1 voice to Online")
    refused = [each.status_code for each in (foreign, suggestions, elsewhere)]
    assert refused == [403, 403, 401]


def test_a_phone_is_told_when_the_round_changes_and_somebody_joins(sam: TestClient, table: Table) -> None:
    plan(table, USUAL_ROUNDS)
    with LiveServer(table.record) as server:
        address = f"{server.url}/live/{table.workshop_id}/events?after=0"
        with Watcher(server.open_client(), address, write_cookie(sam)) as watcher:
            watcher.wait(lambda: any(room["round"] is None for room in watcher.rooms))
            begin(table, 2)
            watcher.wait(lambda: any(room["seats_may"][:1] == ["move"] for room in watcher.rooms))
            join(table, "Jo", "VCSE")
            watcher.wait(lambda: watcher.rooms[-1]["attendance"]["thirds"]["vcse"] == 1)
            server.stop()

    assert watcher.rooms[-1]["attendance"]["joined"] == 2
    assert not any("Jo" in str(room) for room in watcher.rooms)


def test_signs_of_life_are_written_together(table: Table) -> None:
    open_seats = [join(table, name).seat_id for name in ("Sam", "Jo")]
    with table.record.writing() as session:
        long_ago = utc_now() - timedelta(minutes=10)
        session.execute(update(Seat).values(last_seen_at=long_ago))
    presence = Presence()
    for seat_id in open_seats:
        presence.note(seat_id)
    presence.keep(table.record)

    with table.record.reading() as session:
        assert [seat.is_here for seat in list_seats(session, FACILITATOR, table.workshop_id)] == [True, True]


def test_a_name_is_shown_as_words_and_never_as_markup(client: TestClient, table: Table) -> None:
    client.post(f"/join/{see_room(table).join_key}", data={"nickname": "<i>Jo</i>", "sector": "other"})

    assert "&lt;i&gt;Jo&lt;/i&gt; (other)" in client.get(f"/seat/{table.workshop_id}").text


def test_language_and_large_print_are_kept_in_the_browser(client: TestClient, table: Table) -> None:
    client.post("/seat/look", data={"language": "pl", "back": "/join"})
    answer = client.post("/seat/look", data={"print": "large", "back": "//evil.example"})
    page = client.get("/join").text

    assert answer.headers["location"] == "/join"
    assert '<html lang="pl" class="large">' in page
    assert "Nobody has checked this translation yet." in page


def test_a_print_that_we_do_not_have_is_the_usual_one(client: TestClient) -> None:
    answer = client.post("/seat/look", data={"print": "€", "back": "/join"})

    assert (answer.status_code, 'class="large"' in client.get("/join").text) == (303, False)


@pytest.mark.parametrize("key", ["a%00b", "%F0%9F%9A%8C", "x" * 3000])
def test_an_invitation_that_is_none_is_refused_in_words(client: TestClient, key: str) -> None:
    answer = client.get(f"/join/{key}")

    assert answer.status_code == 404
    assert "This invitation is no longer good" in answer.text


def test_a_table_is_asked_for_where_there_are_tables(client: TestClient, table: Table) -> None:
    choose(table, n_tables=3)
    key = see_room(table).join_key
    page = client.get(f"/join/{key}").text
    client.post(f"/join/{key}", data={**SAM, "table": "3"})

    assert "Which table are you at?" in page
    with table.record.reading() as session:
        assert list_seats(session, FACILITATOR, table.workshop_id)[0].table_number == 3
