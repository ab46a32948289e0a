"""First start, signing in and signing out, as a browser asks for them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from engagement.people.accounts import change_role, close_account
from engagement.people.guessing import TRIES_FOR_A_NAME
from engagement.people.sign_in import find_person
from engagement.web.doors import SIGN_IN_COOKIE
from models.people import Account, Role
from tests.builders import LEAD, add_account
from tests.web.conftest import EMAIL, PASSWORD

PAGE = {"accept": "text/html"}


def sign_in(client, **fields):
    return client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD, **fields})


def ask_for_screen(client):
    return client.get("/voices?engagement=1", headers=PAGE)


def test_first_visitor_is_sent_to_the_first_start(client, setup_code):
    assert client.get("/", headers=PAGE).headers["location"] == "/first-start"
    assert client.get("/sign-in").headers["location"] == "/first-start"


def test_first_administrator_is_made_and_signed_in(client, setup_code, web_record):
    answer = client.post(
        "/first-start", data={"code": setup_code, "email": EMAIL, "name": "Ada", "password": PASSWORD}
    )

    assert answer.headers["location"] == "/"
    with web_record.reading() as session:
        assert find_person(session, client.cookies[SIGN_IN_COOKIE]).role == Role.ADMINISTRATOR


def test_wrong_code_makes_nobody_and_keeps_what_was_typed(client, setup_code, web_record):
    answer = client.post(
        "/first-start",
        data={"code": "AAAA-BBBB-CCCC", "email": EMAIL, "name": "<b>Ada</b>", "password": PASSWORD},
    )

    assert answer.status_code == 403
    assert "newest one in the terminal" in answer.text
    assert "&lt;b&gt;Ada" in answer.text
    assert PASSWORD not in answer.text
    with web_record.reading() as session:
        assert session.scalars(select(Account)).all() == []


def test_guessing_the_code_is_slowed_down_even_for_the_right_one(client, setup_code):
    fields = {"email": EMAIL, "name": "Eve", "password": PASSWORD}
    for _ in range(TRIES_FOR_A_NAME):
        assert client.post("/first-start", data={"code": "guess", **fields}).status_code == 403

    answer = client.post("/first-start", data={"code": setup_code, **fields})

    assert answer.status_code == 429
    assert "Wait 15 minutes" in answer.text


def test_first_start_is_closed_once_somebody_has_an_account(client, administrator, setup_code):
    fields = {"code": setup_code, "email": "eve@example.org", "name": "Eve", "password": PASSWORD}

    assert client.get("/first-start").headers["location"] == "/sign-in"
    assert client.post("/first-start", data=fields).status_code == 403


def test_stranger_is_sent_to_sign_in_and_the_page_remembers_where_they_wanted_to_go(client, administrator):
    answer = ask_for_screen(client)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sign-in?next=%2Fvoices%3Fengagement%3D1"
    assert 'value="/voices?engagement=1"' in client.get(answer.headers["location"]).text


def test_signed_in_browser_is_let_through(client, administrator):
    sign_in(client)

    assert ask_for_screen(client).status_code == 404  # Streamlit's screens are not part of this client


def test_sign_in_goes_on_to_where_the_person_wanted_to_go(client, administrator):
    assert sign_in(client, next="/voices?engagement=1").headers["location"] == "/voices?engagement=1"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
        "/%0d%0aSet-Cookie:x=1\r\nX: y",
        "/sign-out",
        "/sign-in?next=/sign-in",
        "",
    ],
)
def test_sign_in_never_leads_elsewhere(client, administrator, elsewhere):
    assert sign_in(client, next=elsewhere).headers["location"] == "/"


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(client, administrator):
    cookie = sign_in(client).headers["set-cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    assert "expires" not in cookie.lower()


def test_cookie_is_secure_behind_tls(client, administrator, monkeypatch):
    monkeypatch.setenv("ENGAGEMENT_SECURE_COOKIES", "yes")

    answer = sign_in(client)

    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


def test_wrong_password_sets_no_cookie_and_does_not_say_which_was_wrong(client, administrator):
    wrong_password = sign_in(client, password="guess guess guess")
    wrong_email = sign_in(client, email="nobody@example.org")

    assert wrong_password.status_code == wrong_email.status_code == 403
    assert wrong_password.text.replace(EMAIL, "") == wrong_email.text.replace("nobody@example.org", "")
    assert "set-cookie" not in wrong_password.headers


def test_guessing_is_slowed_down_even_for_the_right_password(client, administrator):
    for _ in range(TRIES_FOR_A_NAME):
        assert sign_in(client, password="guess guess guess").status_code == 403

    assert sign_in(client).status_code == 429


def test_token_planted_before_sign_in_is_worth_nothing_after(client, administrator, web_record):
    client.cookies.set(SIGN_IN_COOKIE, "planted", domain="thread.test", path="/")

    answer = sign_in(client)

    assert "planted" not in answer.headers["set-cookie"]
    with web_record.reading() as session:
        assert find_person(session, "planted") is None


def test_signing_in_again_ends_the_token_before(client, administrator, web_record):
    sign_in(client)
    before = client.cookies[SIGN_IN_COOKIE]

    sign_in(client)

    with web_record.reading() as session:
        assert find_person(session, before) is None
        assert find_person(session, client.cookies[SIGN_IN_COOKIE]) is not None


def test_sign_out_ends_the_token_and_takes_the_cookie_away(client, administrator, web_record):
    sign_in(client)
    kept = client.cookies[SIGN_IN_COOKIE]

    answer = client.post("/sign-out")

    assert answer.headers["location"] == "/sign-in"
    assert SIGN_IN_COOKIE not in client.cookies
    with web_record.reading() as session:
        assert find_person(session, kept) is None


def test_link_to_sign_out_only_asks(client, administrator):
    sign_in(client)

    answer = client.get("/sign-out")

    assert "You are signed in as Ada Moss" in answer.text
    assert ask_for_screen(client).status_code == 404


@pytest.mark.parametrize(
    "act",
    [close_account, lambda *who: change_role(*who, Role.VIEWER)],
    ids=["closed account", "changed role"],
)
def test_kept_cookie_is_refused_after(client, administrator, web_record, act):
    with web_record.writing() as session:
        add_account(session, LEAD)
        other = session.scalars(select(Account).where(Account.email != EMAIL)).one()
        other.role = Role.ADMINISTRATOR
        other_id = other.id
    sign_in(client)

    with web_record.writing() as session:
        act(session, administrator, administrator.account_id)

    assert other_id != administrator.account_id
    assert ask_for_screen(client).headers["location"].startswith("/sign-in")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://thread.test.evil.example"},
        {"origin": "null"},
        {"referer": "https://evil.example/page"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
    ids=str,
)
def test_post_from_another_site_is_refused(client, administrator, headers):
    sign_in(client)

    for path in ("/sign-in", "/sign-out", "/first-start"):
        answer = client.post(path, data={"email": EMAIL, "password": PASSWORD}, headers=headers)
        assert answer.status_code == 403
        assert "from another site" in answer.json()["error"]
    assert ask_for_screen(client).status_code == 404


@pytest.mark.parametrize(
    "headers", [{"origin": "http://thread.test"}, {"sec-fetch-site": "same-origin"}], ids=str
)
def test_post_from_our_own_page_is_taken(client, administrator, headers):
    answer = client.post("/sign-in", data={"email": EMAIL, "password": PASSWORD}, headers=headers)

    assert answer.status_code == 303


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"email=" + b"x" * 40_000, 413), (b"\xff\xfe=1", 400), (b"&".join([b"a=1"] * 100), 400)],
    ids=["too large", "no text", "too many fields"],
)
def test_form_that_no_browser_of_ours_sends_is_refused(client, administrator, content, status):
    assert client.post("/sign-in", content=content).status_code == status


@pytest.mark.parametrize("odd", ["a\x00b", "😀" * 200, "' OR 1=1 --"])
def test_odd_words_are_refused_and_nothing_breaks(client, administrator, odd):
    assert sign_in(client, email=odd, password=odd).status_code == 403


def test_pages_are_not_kept_by_browsers(client, administrator):
    assert client.get("/sign-in").headers["cache-control"] == "no-store"


def test_download_is_kept_from_whoever_is_not_signed_in(client, administrator):
    assert client.get("/media/abc.xlsx").status_code == 403

    sign_in(client)

    assert client.get("/media/abc.xlsx").status_code == 404  # Streamlit's files are not part of this client
