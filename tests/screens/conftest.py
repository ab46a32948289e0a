"""Screens are opened through the front door: ``main.py``, signed in by a real sign-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from engagement.people.permissions import Person
from engagement.people.sign_in import start_sign_in
from engagement.record import open_record
from engagement.screens import visit
from models.database import Record
from tests.builders import add_account

MAIN = Path(visit.__file__).with_name("main.py")
OpenApp = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def _installed_packages_read_once() -> Iterator[None]:
    """Look for Streamlit components of installed packages once, as a server does at its start.

    Each `AppTest` does it anew and reads what hundreds of packages say of themselves: half a second.
    """
    patch = pytest.MonkeyPatch()
    patch.setattr(
        manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests)
    )
    yield
    patch.undo()


@pytest.fixture
def screen_record(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Record:
    """An empty record that the screens look at."""
    monkeypatch.setenv("ENGAGEMENT_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("ENGAGEMENT_DATA_DIR", str(tmp_path))
    yield open_record(sqlite_url)
    open_record(sqlite_url).close()


@pytest.fixture
def signed_in_app(screen_record: Record, monkeypatch: pytest.MonkeyPatch) -> OpenApp:
    """Open a screen as a person: ``signed_in_app(LEAD, "voices.py", engagement_id=1)``.

    The person gets an account and a sign-in of their own; only the reading of the cookie is replaced,
    because there is no browser here.
    """

    def open_app(person: Person, screen: str | None = None, engagement_id: int | None = None) -> AppTest:
        with screen_record.writing() as session:
            account_id = person.account_id or add_account(session, person).account_id
            token = start_sign_in(session, account_id)
        monkeypatch.setattr(visit, "read_sign_in_cookie", lambda: token)
        app = AppTest.from_file(str(MAIN), default_timeout=30)
        if engagement_id is not None:
            app.query_params["engagement"] = str(engagement_id)
        app.run()
        if screen is not None:
            app.switch_page(screen).run()
        return app

    return open_app
