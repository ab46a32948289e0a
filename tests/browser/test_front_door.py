"""The way in, in a real browser: first start, sign in, sign out."""

from __future__ import annotations

from playwright.sync_api import expect

from engagement.engagements import start_engagement
from engagement.people.permissions import COMMAND_LINE
from engagement.people.sign_in import sign_out
from engagement.web.doors import SIGN_IN_COOKIE
from models.database import Record
from tests.browser.conftest import EMAIL, PASSWORD, sign_in


def test_first_administrator_is_made_with_the_code_of_the_terminal(page, server):
    page.goto(server.url)

    expect(page.get_by_role("heading", name="Engagements", level=1)).to_be_visible()
    expect(page.get_by_text("Signed in as Ada Moss (administrator)")).to_be_visible()


def test_stranger_is_sent_to_sign_in_and_back_to_where_they_wanted_to_go(
    visitor, server, administrator_state
):
    page = visitor.new_page()
    page.goto(f"{server.url}/looking_after?x=1")

    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()

    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    page.wait_for_url("**/looking_after?x=1")


def test_signing_out_ends_the_sign_in_and_a_kept_cookie_opens_nothing(visitor, server, administrator_state):
    page = visitor.new_page()
    sign_in(page, server)
    kept = visitor.cookies()

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()
    visitor.add_cookies(kept)
    page.goto(server.url)

    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_strip_leads_from_step_to_step_by_keyboard_and_without_a_new_page_load(page, server):
    record = Record(f"sqlite:///{server.data_dir / 'common-thread.db'}")
    with record.writing() as session:
        engagement_id = start_engagement(session, COMMAND_LINE, "The way in")
    record.close()
    page.goto(f"{server.url}/sources?engagement={engagement_id}")
    way = page.get_by_role("navigation", name="The way of The way in")
    expect(way.get_by_role("link", name="Listen")).to_have_attribute("aria-current", "step")
    page.evaluate("window.loadedOnce = true")

    way.get_by_role("link", name="Choose").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Priorities", level=1)).to_be_visible()
    expect(way.get_by_role("link", name="Choose")).to_have_attribute("aria-current", "step")
    page.wait_for_url(f"**/priorities?engagement={engagement_id}")
    assert page.evaluate("window.loadedOnce") is True


def test_sign_in_that_was_ended_elsewhere_ends_the_open_page_too(visitor, server, administrator_state):
    page = visitor.new_page()
    sign_in(page, server)
    token = next(each["value"] for each in visitor.cookies() if each["name"] == SIGN_IN_COOKIE)
    record = Record(f"sqlite:///{server.data_dir / 'common-thread.db'}")
    with record.writing() as session:
        sign_out(session, token)
    record.close()

    page.get_by_text("Your account").click()

    page.wait_for_url("**/sign-in?next=*")
    expect(page.get_by_role("heading", name="Sign in", level=1)).to_be_visible()


def test_nothing_is_fetched_from_elsewhere(page, server):
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for screen, title in (("", "Engagements"), ("account", "Your account")):
        page.goto(f"{server.url}/{screen}")
        page.get_by_role("heading", name=title, level=1).wait_for()

    elsewhere = [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]
    assert elsewhere == []
