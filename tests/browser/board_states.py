"""A board with voices on it, in the record of a running server, and short ways to look at it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from engagement.people.accounts import add_account
from engagement.people.permissions import COMMAND_LINE
from engagement.workshop.boards import ProposedTheme, open_board
from engagement.workshop.state import read_state
from models.database import Record
from models.people import Role
from models.voices import Voice
from tests.builders import add_voices
from tests.server import AppServer

SAM, SAM_EMAIL, SAM_PASSWORD = "Sam Okoro", "sam@example.org", "four quiet green hills"
TRICKY = (
    "<img src=x onerror=\"document.title='read as markup'\"> is what I typed",
    "I like it here :smile: very much",
    "1) first, 2) *second* and [third](http://example.org)",
)
SAID = (
    "The 22 stops at six so I do not go out after tea.",
    "Dropped kerbs, that is all I ask.",
    "They ask and then nothing happens.",
    "Nobody told us the day centre was moving.",
    "I only see my carer.",
    "The form was only online.",
    "My grandson set up the tablet for me.",
    "We need somewhere warm to sit in February.",
    *TRICKY,
)
DEALT = {"Getting about": (0, 1), "Nobody listens": (2, 3), "Online": (5, 6)}


@dataclass(frozen=True)
class LiveBoard:
    """A board on a running server."""

    server: AppServer
    engagement_id: int
    workshop_id: int
    voices: dict[str, int]

    @property
    def address(self) -> str:
        return f"{self.server.url}/board?engagement={self.engagement_id}&workshop={self.workshop_id}"

    def read(self) -> dict:
        """Read the board from the record itself."""
        record = open_server_record(self.server)
        with record.reading() as session:
            state = read_state(session, COMMAND_LINE, self.workshop_id)
        record.close()
        return state

    def find_home(self, words: str) -> str | None:
        """Tell the name of the theme that a voice is kept in."""
        state = self.read()
        names = {theme["id"]: theme["name"] for theme in state["themes"]}
        home = next(card["home"] for card in state["cards"] if card["id"] == self.voices[words])
        return names.get(home)


def open_server_record(server: AppServer) -> Record:
    """Open the record of a running server beside it."""
    return Record(f"sqlite:///{server.data_dir / 'common-thread.db'}")


def deal_board(server: AppServer, name: str, texts: tuple[str, ...] = SAID) -> LiveBoard:
    """Put an engagement with a board of its own into the server's record."""
    record = open_server_record(server)
    with record.writing() as session:
        engagement = add_voices(session, texts, engagement=name)
        found = session.execute(select(Voice.text, Voice.id).where(Voice.engagement_id == engagement.id))
        voices = {text: voice_id for text, voice_id in found}
        proposed = [
            ProposedTheme(None, theme, tuple(voices[texts[i]] for i in places))
            for theme, places in DEALT.items()
        ]
        workshop_id = open_board(session, COMMAND_LINE, engagement.id, name, proposed)
        board = LiveBoard(server, engagement.id, workshop_id, voices)
    record.close()
    return board


def add_sam(server: AppServer) -> None:
    """Give Sam, a facilitator, an account."""
    record = open_server_record(server)
    with record.writing() as session:
        add_account(
            session, COMMAND_LINE, name=SAM, email=SAM_EMAIL, role=Role.FACILITATOR, password=SAM_PASSWORD
        )
    record.close()


def open_page(page: Page, board: LiveBoard) -> Page:
    """Open a board and wait until its cards are there and the screen around them moves no more."""
    page.goto(board.address)
    page.locator(".board .card").first.wait_for()
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    return page


def card(page: Page, words: str) -> Locator:
    """Find a voice's card where it is at home."""
    return page.locator(".slot:not(.echo) > .card").filter(has_text=words)


def column(page: Page, name: str) -> Locator:
    """Find the column of a theme."""
    return page.locator(".column").filter(has=page.get_by_role("heading", name=name, exact=True))


def expect_home(page: Page, words: str, theme: str) -> None:
    """Wait until the page shows a voice in a theme, saved."""
    expect(column(page, theme).locator(".slot:not(.echo) > .card").filter(has_text=words)).to_have_count(1)
    expect(page.locator(".saved")).to_have_text("All saved")
