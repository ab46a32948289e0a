"""The table of contents: every screen, in the order of the way from listening to answering."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from engagement.people.permissions import Act

SCREENS = Path(__file__).parent


@dataclass(frozen=True)
class Screen:
    """One screen: its file in this folder, its heading in the menu, its step on the way."""

    file: str
    title: str
    icon: str
    step: str
    is_listed: bool = True
    act: Act = Act.READ

    @property
    def address(self) -> str:
        """Give the last part of the screen's web address."""
        return "" if self.file == FRONT else self.file.removesuffix(".py")

    def make_page(self, *, listed: bool | None = None) -> StreamlitPage:
        """Make Streamlit's page of this screen, for the run of a script that asks for it.

        A page holds whether its run may open it, so each run gets a copy of its own.
        """
        return copy(_make_page(self, self.is_listed if listed is None else listed and self.is_listed))


@cache
def _make_page(screen: Screen, is_listed: bool) -> StreamlitPage:
    """Make the page once in each process: to find its file takes longer than all else, and every run asks."""
    return st.Page(
        SCREENS / screen.file,
        title=screen.title,
        icon=screen.icon,
        default=screen.file == FRONT,
        url_path=screen.address or None,
        visibility="visible" if is_listed else "hidden",
    )


FRONT = "engagements.py"
LISTEN, THEME, CHOOSE, ACT, ANSWER, CARE = "Listen", "Theme", "Choose", "Act", "Answer", "Keep it safe"
STEPS = (LISTEN, THEME, CHOOSE, ACT, ANSWER)

CONTENTS = (
    Screen("engagements.py", "Engagements", ":material/home:", ""),
    Screen("sources.py", "Sources", ":material/upload_file:", LISTEN),
    Screen("check_words.py", "Check the words", ":material/fact_check:", LISTEN, is_listed=False),
    Screen("type_in.py", "Type in voices", ":material/keyboard:", LISTEN, act=Act.ADD_SOURCE),
    Screen("public_forms.py", "Public forms", ":material/public:", LISTEN, act=Act.ADD_SOURCE),
    Screen("voices.py", "Voices", ":material/record_voice_over:", LISTEN),
    Screen("characteristics.py", "Characteristics", ":material/diversity_3:", LISTEN, act=Act.ADD_SOURCE),
    Screen("alike.py", "Voices alike", ":material/content_copy:", LISTEN, act=Act.ADD_SOURCE),
    Screen("personal_data.py", "Personal data", ":material/visibility_off:", LISTEN, act=Act.ADD_SOURCE),
    Screen("candidate_themes.py", "Candidate themes", ":material/scatter_plot:", THEME),
    Screen("last_years_themes.py", "Last year's themes", ":material/history:", THEME),
    Screen("workshop.py", "Workshops", ":material/groups:", THEME),
    Screen("board.py", "Board", ":material/view_kanban:", THEME),
    Screen("history.py", "History", ":material/manage_history:", THEME, is_listed=False),
    Screen("paper.py", "On paper", ":material/print:", THEME, is_listed=False, act=Act.RUN_WORKSHOP),
    Screen("second_theming.py", "Theme a second time", ":material/repeat:", THEME, is_listed=False),
    Screen("method.py", "How this was made", ":material/info:", THEME, is_listed=False),
    Screen("priorities.py", "Priorities", ":material/flag:", CHOOSE),
    Screen("priority.py", "Priority", ":material/flag_circle:", CHOOSE, is_listed=False),
    Screen("my_work.py", "My work", ":material/task_alt:", ACT),
    Screen("referrals.py", "Referrals", ":material/forward_to_inbox:", ACT),
    Screen("ledger.py", "Ledger", ":material/balance:", ANSWER),
    Screen("thread.py", "Thread", ":material/timeline:", ANSWER),
    Screen("report.py", "Report", ":material/download:", ANSWER),
    Screen("account.py", "Your account", ":material/account_circle:", CARE),
    Screen(
        "looking_after.py",
        "Looking after it",
        ":material/shield_person:",
        CARE,
        act=Act.MANAGE_PEOPLE,
    ),
)


def find_screen(file: str) -> Screen:
    """Find a screen by its file name, with or without ``.py``."""
    name = file if file.endswith(".py") else f"{file}.py"
    for screen in CONTENTS:
        if screen.file == name:
            return screen
    raise ValueError(f"file == {file!r}, must be one of {[screen.file for screen in CONTENTS]}.")
