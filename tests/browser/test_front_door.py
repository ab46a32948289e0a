"""The way in, in a real browser: first start, sign in, sign out."""

from __future__ import annotations

from playwright.sync_api import expect

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
