"""Nobody is kept out on the way in: axe on the plain pages, light and dark, small and large."""

from __future__ import annotations

import pytest

from tests.browser.access import list_findings


@pytest.mark.parametrize("width", [320, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_plain_pages_keep_nobody_out(visitor, server, administrator_state, scheme, width):
    page = visitor.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)

    page.goto(f"{server.url}/sign-in")
    assert list_findings(page) == []

    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
