"""A real browser before a real server."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.conftest import skip_or_fail
from tests.server import AppServer

NAME, EMAIL, PASSWORD = "Ada Moss", "ada@example.org", "three plain words"
PATIENCE_MS = 30_000
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each file of tests."""
    path = find_chromium()
    if path is None:
        skip_or_fail("Chromium is not installed: install Debian's package 'chromium-headless-shell'.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


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


@pytest.fixture
def page(browser: Browser, administrator_state: dict) -> Iterator[Page]:
    """A page of a browser that is signed in as the first administrator."""
    context = browser.new_context(storage_state=administrator_state, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def plain_phone(browser: Browser) -> Iterator[BrowserContext]:
    """A small phone that runs no scripts."""
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    context.set_default_timeout(30_000)
    yield context
    context.close()
