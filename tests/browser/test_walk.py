"""The whole way in a real browser: from sources to a plan, an answer and a spreadsheet that adds up."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.browser.walk_steps import PASSED_ON_TO, Walk
from tests.server import HOUSE, AppServer

BOWLING_GREEN = HOUSE.parent / "shared" / "data" / "bowling_green.csv"
LEADS = ("Priya Shah", "Jo Mensah", "Sam Okoro", "Amina Yusuf")
ACTION = "Knock on every door in two streets"


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    """A server with a record of this file's own: who walks in finds it empty."""
    with AppServer() as server:
        yield server


def run_command(server: AppServer, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "ENGAGEMENT_DATA_DIR": str(server.data_dir)}
    command = [sys.executable, "-m", "engagement", *words]
    return subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)


def theme_together(walk: Walk) -> None:
    """Propose, look at fewer themes, send them to a board, and change the board in every usual way."""
    walk.propose_themes()
    n_themes = walk.move_slider(steps=4)
    walk.send_to_board("Workshop 1")
    assert len(walk.themes) == n_themes
    first, second, third = walk.themes[:3]
    moved = walk.drag_first_card(first, second)
    walk.merge_themes(third, into=first)
    walk.rename_theme(second, "Agreed by the room")
    walk.undo()
    walk.page.get_by_role("heading", name=second, exact=True).wait_for()
    walk.wait_until_saved()
    expect(walk.column(second)).to_contain_text(moved)
    walk.themes = walk.list_columns()


def plan_together(walk: Walk) -> None:
    """Choose four priorities with a lead and a group, add an action to each, pass one theme on."""
    for number, lead in enumerate(LEADS):
        title = f"Priority {number + 1}"
        walk.choose_priority(walk.themes[number], title, lead, f"Group {number + 1}")
        walk.add_action(title, ACTION, lead, "01102030")
    walk.pass_on(walk.themes[4])


def check_answer(walk: Walk, server: AppServer, n_voices: int) -> None:
    """See the ledger add up, download everything, and have the whole record looked over."""
    walk.open("ledger", "Ledger")
    expect(walk.page.get_by_text(f"each of the {n_voices} voices is in exactly one state")).to_be_visible()
    book = openpyxl.load_workbook(io.BytesIO(Path(walk.download_spreadsheet().path()).read_bytes()))
    assert book["Voices"].max_row == n_voices + 1
    assert book["Priorities"].max_row == len(LEADS) + 1
    assert book["Actions"].max_row == len(LEADS) + 1
    assert PASSED_ON_TO in {cell.value for row in book["Referrals"].iter_rows() for cell in row}
    checked = run_command(server, "check")
    assert (checked.returncode, checked.stdout) == (0, "All is well.\n"), checked.stdout + checked.stderr


def test_the_example_is_walked_from_the_first_screen_to_the_last(page: Page, server: AppServer) -> None:
    walk = Walk(page, server.url)

    walk.load_example()
    expect(page.get_by_text("15 sources, 614 voices")).to_be_visible()
    theme_together(walk)
    plan_together(walk)

    check_answer(walk, server, n_voices=614)


def test_real_words_are_walked_from_an_uploaded_file_to_the_last_screen(
    page: Page, server: AppServer
) -> None:
    if not BOWLING_GREEN.exists():
        pytest.skip("The shared data is not beside the project: bowling_green.csv is missing.")
    walk = Walk(page, server.url)

    walk.start_engagement("Bowling Green 2018")
    walk.add_file(BOWLING_GREEN)
    walk.save_voices(607)
    theme_together(walk)
    plan_together(walk)

    check_answer(walk, server, n_voices=607)
