"""Nobody is kept out: axe on the way in and on looking after it, light and dark, small and large."""

from __future__ import annotations

import pytest

from engagement.engagements import start_engagement
from engagement.people.permissions import COMMAND_LINE
from models.database import Record
from tests.browser.access import list_findings

SIZES = [(320, 700), (1440, 900)]
SCHEMES = ["light", "dark"]
SCREENS = ["", "looking_after", "account"]


@pytest.fixture(scope="module")
def engagement_id(server):
    """One engagement, so that the list shows its strip."""
    record = Record(f"sqlite:///{server.data_dir / 'common-thread.db'}")
    with record.writing() as session:
        engagement_id = start_engagement(
            session, COMMAND_LINE, "Leading *lives*", "To hear what people need."
        )
    record.close()
    return engagement_id


def show(page, scheme, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=scheme)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_plain_pages_keep_nobody_out(visitor, server, administrator_state, scheme, size):
    page = visitor.new_page()
    show(page, scheme, size)

    page.goto(f"{server.url}/sign-in")
    assert list_findings(page) == []

    page.get_by_label("E-mail address").fill("nobody@example.org")
    page.get_by_label("Password").fill("a wrong password")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("alert").wait_for()
    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("screen", SCREENS)
def test_screens_keep_nobody_out(page, server, engagement_id, screen, scheme, size):
    show(page, scheme, size)

    page.goto(f"{server.url}/{screen}")
    page.get_by_role("heading", level=1).wait_for()

    assert list_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
