"""Every screen, full of real work: nobody is kept out, nothing runs off the side."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from engagement.screens.contents import CONTENTS
from tests.browser.access import change_look, list_findings
from tests.browser.example_state import ExampleState, build_example, find_record_url
from tests.server import AppServer

# The board has tests of its own (test_board_access.py): axe takes minutes over 614 cards.
SCREENS = [screen for screen in CONTENTS if screen.address != "board"]
LOOKS = (("light", (320, 1440)), ("dark", (768,)))


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    """A server with a record of this file's own, so that its screens show the example alone."""
    with AppServer() as server:
        yield server


@pytest.fixture(scope="module")
def example(server: AppServer) -> ExampleState:
    return build_example(find_record_url(server.data_dir))


def find_address(server: AppServer, example: ExampleState, address: str) -> str:
    about = {
        "priority": f"&priority={example.priority_ids[0]}",
        "thread": f"&action={example.action_id}",
    }
    return f"{server.url}/{address}?engagement={example.engagement_id}{about.get(address, '')}"


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.file.removesuffix(".py"))
def test_a_screen_keeps_nobody_out_and_shows_no_mistake_of_the_software(
    page: Page, server: AppServer, example: ExampleState, screen
) -> None:
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.goto(find_address(server, example, screen.address))
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.get_by_test_id("stException").all_inner_texts() == []
    for scheme, widths in LOOKS:
        change_look(page, scheme)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 900})
            assert list_findings(page) == [], f"{width} px, {scheme}"
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert mistakes == []
