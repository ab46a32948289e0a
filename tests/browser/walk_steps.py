"""The way from sources to an answer, step by step, as somebody with a mouse and a keyboard walks it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Download, Locator, Page, expect

THEMING_PATIENCE_MS = 180_000
PASSED_ON_TO = "NHS primary care team"


@dataclass
class Walk:
    """Somebody's way through one engagement. ``page`` is signed in; ``url`` is the server's address."""

    page: Page
    url: str
    engagement_id: int = 0
    themes: list[str] = field(default_factory=list)

    def open(self, screen: str, heading: str) -> None:
        self.page.goto(f"{self.url}/{screen}?engagement={self.engagement_id}")
        self.page.get_by_role("heading", name=heading, level=1).wait_for()

    def load_example(self) -> None:
        self.page.goto(self.url)
        self.page.get_by_role("button", name="Load the example engagement").click()
        self.page.get_by_role("heading", name="Sources", level=1).wait_for()
        self._note_engagement()

    def start_engagement(self, name: str) -> None:
        self.page.goto(self.url)
        self.page.get_by_role("heading", name="Engagements", level=1).wait_for()
        form = self.page.get_by_role("group").filter(has_text="Start an engagement")
        form.get_by_text("Start an engagement").first.click()
        form.get_by_label("Name", exact=True).fill(name)
        form.get_by_role("button", name="Start").click()
        self.page.get_by_role("heading", name="Sources", level=1).wait_for()
        self._note_engagement()

    def add_file(self, path: Path) -> None:
        self.page.locator("input[type=file]").set_input_files(path)
        self.page.get_by_role("button", name="Read and check the words").click()
        self.page.get_by_role("heading", name="Check the words", level=1).wait_for()

    def save_voices(self, n_voices: int) -> None:
        self.page.get_by_role("button", name=f"Save {n_voices} voices").click()
        self.page.get_by_role("heading", name="Sources", level=1).wait_for()

    def propose_themes(self) -> None:
        self.open("candidate_themes", "Candidate themes")
        self.page.get_by_role("button", name="Propose candidate themes").click()
        self.page.get_by_role("slider", name="How many themes?").wait_for(timeout=THEMING_PATIENCE_MS)

    def move_slider(self, steps: int) -> int:
        """Press the slider's arrow key so many times (fewer themes) and give the number it then shows."""
        slider = self.page.get_by_role("slider", name="How many themes?")
        wanted = int(slider.input_value()) - steps
        for _step in range(steps):
            slider.press("ArrowLeft")
        expect(self.page.locator(".candidate")).to_have_count(wanted)
        return wanted

    def send_to_board(self, name: str) -> None:
        self.page.get_by_role("button", name="Send these to a board").click()
        self.page.get_by_label("Name of the workshop").fill(name)
        self.page.get_by_role("button", name="Make the board").click()
        self.page.locator(".column .card").first.wait_for()
        self.themes = self.list_columns()

    def list_columns(self) -> list[str]:
        """List the themes on the board, as they stand from left to right."""
        names = self.page.locator(".column h2").all_inner_texts()
        return [name.strip() for name in names if name.strip() not in ("Not yet placed", "Parked")]

    def column(self, name: str) -> Locator:
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.locator(".column").filter(has=heading)

    def drag_first_card(self, start: str, goal: str) -> str:
        """Drag the first card of one theme to another with the mouse; give its words."""
        card = self.column(start).locator(".card").first
        words = card.locator(".quote").first.inner_text()
        here, there = card.bounding_box(), self.column(goal).bounding_box()
        self.page.mouse.move(here["x"] + 30, here["y"] + 15)
        self.page.mouse.down()
        self.page.mouse.move(here["x"] + 50, here["y"] + 30)
        self.page.mouse.move(there["x"] + there["width"] / 2, there["y"] + 200, steps=5)
        self.page.mouse.up()
        expect(self.column(goal)).to_contain_text(words)
        return words

    def merge_themes(self, name: str, into: str) -> None:
        self._choose_act(name, "Merge into…", into)
        self.page.get_by_role("button", name="Merge", exact=True).click()
        expect(self.page.get_by_role("heading", name=name, exact=True)).to_have_count(0)

    def rename_theme(self, name: str, new_name: str) -> None:
        self.page.get_by_role("button", name=f"More to do with {name}", exact=True).click()
        self.page.get_by_role("button", name="Rename…").click()
        self.page.get_by_label("Name", exact=True).fill(new_name)
        self.page.get_by_role("button", name="Rename", exact=True).click()
        self.page.get_by_role("heading", name=new_name, exact=True).wait_for()

    def undo(self) -> None:
        self.page.get_by_role("button", name="Undo").click()

    def wait_until_saved(self) -> None:
        self.page.get_by_text("All saved").wait_for()

    def choose_priority(self, theme: str, title: str, lead: str, group: str) -> None:
        self.open("priorities", "Priorities")
        form = self.page.get_by_test_id("stForm")
        self._pick(form.get_by_role("combobox", name="Themes it is made from"), theme)
        form.get_by_label("Title").fill(title)
        self._pick(form.get_by_role("combobox", name="Lead"), lead)
        form.get_by_label("Group", exact=True).fill(group)
        form.get_by_role("button", name="Choose this priority").click()
        self.page.get_by_role("heading", name=title).wait_for()

    def add_action(self, priority: str, what: str, owner: str, due_on: str) -> None:
        """Add an action; ``due_on`` is typed as ddmmyyyy."""
        self.open("priorities", "Priorities")
        self.page.get_by_role("link", name=f"Open {priority}").click()
        self.page.get_by_role("heading", name="Priority", level=1, exact=True).wait_for()
        self.page.get_by_role("heading", name=priority, exact=True).wait_for()
        self.page.get_by_label("What will be done").fill(what)
        self._pick(self.page.get_by_role("combobox", name="Owner"), owner)
        self.page.get_by_role("spinbutton", name="day, Due on").last.click()
        self.page.keyboard.type(due_on)
        self.page.get_by_role("button", name="Add the action").click()
        expect(self.page.get_by_test_id("stMain")).to_contain_text(what)

    def pass_on(self, theme: str) -> None:
        self.open("referrals", "Referrals")
        self._pick(self.page.get_by_role("combobox", name="Theme"), theme)
        self.page.get_by_label("Organisation that can act").fill(PASSED_ON_TO)
        self.page.get_by_role("button", name="Pass it on").click()
        self.page.get_by_text(f"recorded as passed on to {PASSED_ON_TO}").wait_for()

    def download_spreadsheet(self) -> Download:
        self.open("report", "Report")
        with self.page.expect_download() as waiting:
            self.page.get_by_role("button", name="Download the spreadsheet").click()
        return waiting.value

    def _choose_act(self, theme: str, act: str, target: str) -> None:
        self.page.get_by_role("button", name=f"More to do with {theme}", exact=True).click()
        self.page.get_by_role("button", name=act).click()
        self.page.locator("dialog[open]").wait_for()
        self.page.keyboard.type(target)
        self.page.keyboard.press("Enter")

    def _pick(self, box: Locator, words: str) -> None:
        box.click()
        box.fill(words)
        self.page.get_by_role("option").filter(has_text=words).first.click()

    def _note_engagement(self) -> None:
        self.page.wait_for_url("**engagement=*")
        self.engagement_id = int(self.page.url.split("engagement=")[1].split("&")[0])
