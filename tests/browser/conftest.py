"""A real browser before a real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import skip_or_fail
from tests.server import AppServer

NAME, EMAIL, PASSWORD = "Ada Moss", "ada@example.org", "three plain words"
PATIENCE_MS = 30_000
# The tabs of one context share a process, and with it what Chromium has compiled; contexts never do.
FLAGS = ("--no-sandbox", "--process-per-site")
# The usual 5 s are enough for a browser alone; beside other tests a page may take longer to come.
expect.set_options(timeout=PATIENCE_MS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything in this folder: it drives a real Chromium."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def find_chromium() -> str | None:
    """Find the browser: the one named by ``CHROMIUM``, or Debian's.

    The headless shell is the same engine without windows, which cost four times the processor time of a page.
    """
    names = (os.environ.get("CHROMIUM", ""), "chromium-headless-shell", "chromium", "google-chrome")
    return next((found for name in names if name and (found := shutil.which(name))), None)


def make_first_account(page: Page, server: AppServer) -> None:
    """Make the first administrator, as a newcomer does; the page is signed in afterwards."""
    page.goto(server.url)
    page.get_by_label("Setup code").fill(server.setup_code)
    page.get_by_label("Your name").fill(NAME)
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.get_by_role("heading", name="Engagements", level=1).wait_for()


def sign_in(page: Page, server: AppServer, email: str = EMAIL, password: str = PASSWORD) -> None:
    """Sign a browser in by the sign-in page."""
    page.goto(f"{server.url}/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="Engagements", level=1).wait_for()


@pytest.fixture(scope="session")
def server() -> Iterator[AppServer]:
    """One server for all files of tests: starting another takes longer than most tests.

    Each test works in an engagement of its own; a file that needs the whole record to itself, or ends the
    server, has a ``server`` of its own.
    """
    with AppServer() as server:
        yield server


class KeptBrowser:
    """Chromium, started for the first test that asks and kept for all that follow it without a break."""

    def __init__(self) -> None:
        self._browser: Browser | None = None
        self._opened = ExitStack()

    def open(self) -> Browser:
        """Give the browser, which is started when it is not there."""
        path = find_chromium()
        if path is None:
            skip_or_fail("Chromium is not installed: install Debian's package 'chromium-headless-shell'.")
        if self._browser is None:
            playwright = self._opened.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
            self._opened.callback(self._browser.close)
        return self._browser

    def close(self) -> None:
        """End the browser, and with it Playwright's loop, beside which no other loop can run."""
        self._opened.close()
        self._browser = None


KEPT = KeptBrowser()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """End the browser before a file whose first test does not drive it: that may run a loop of its own."""
    is_last = nextitem is None or nextitem.path != item.path
    if is_last and "browser" not in getattr(nextitem, "fixturenames", ()):
        KEPT.close()


@pytest.fixture(scope="module")
def browser() -> Browser:
    """Chromium, started once for all files of tests that follow one another."""
    return KEPT.open()


@pytest.fixture(scope="session")
def kept_states() -> dict[str, dict]:
    """The cookies of the first administrator of each server, by its address."""
    return {}


@pytest.fixture(scope="module")
def administrator_state(browser: Browser, server: AppServer, kept_states: dict[str, dict]) -> dict:
    """The cookies of the first administrator, made in the browser with the setup code."""
    if server.url not in kept_states:
        context = browser.new_context()
        make_first_account(context.new_page(), server)
        kept_states[server.url] = context.storage_state()
        context.close()
    return kept_states[server.url]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A browser of its own that nobody has signed in with."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser, server: AppServer, administrator_state: dict) -> Iterator[BrowserContext]:
    """A browser that is signed in as the first administrator, for one tab after the other.

    Its first tab stays open: with the last tab Chromium forgets what it has made of Streamlit's scripts, and
    making that anew is half the work of opening a screen.
    """
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(PATIENCE_MS)
    context.new_page().goto(f"{server.url}/healthz")
    yield context
    context.close()


@pytest.fixture
def page(desk: BrowserContext, administrator_state: dict) -> Iterator[Page]:
    """A tab of this test's own, signed in as the first administrator; nothing is kept from test to test."""
    desk.clear_cookies()
    desk.add_cookies(administrator_state["cookies"])
    desk.pages[0].evaluate("localStorage.clear()")
    yield desk.new_page()
    desk.set_offline(False)
    desk.unroute_all()
    for tab in desk.pages[1:]:
        tab.close()


@pytest.fixture
def plain_phone(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone that runs no scripts."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield context
    context.close()
