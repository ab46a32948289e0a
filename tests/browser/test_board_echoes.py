"""A voice that says two things, in the trays of a real board: one key lets it speak in a second theme."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from engagement import jobs
from engagement.people.permissions import COMMAND_LINE
from engagement.theming_runs.asking import ask_for_themes, run_theming_job
from engagement.theming_runs.dealing import send_to_board
from engagement.theming_runs.echo_suggestions import suggest_echoes
from engagement.workshop.state import read_state
from tests.browser.board_states import column, expect_home, open_server_record
from tests.builders import add_voices
from tests.server import AppServer
from tests.theming.made_up_texts import TEXTS

DOUBLE = (
    "The bus stop has lost its bus shelter, and getting a GP appointment at the doctor is like a lottery."
)


def theme_and_deal(server: AppServer) -> tuple[str, str, str]:
    """Theme voices and deal a board; give its address, and the double one's home and suggested echo."""
    record = open_server_record(server)
    with record.writing() as session:
        engagement_id = add_voices(session, [*TEXTS, DOUBLE], engagement="Two things at once").id
        ask_for_themes(session, COMMAND_LINE, engagement_id)
        job = jobs.claim_job(session)
    run_theming_job(record, job)
    with record.writing() as session:
        run_id = jobs.get_job_or_raise(session, job.id).result["run_id"]
        workshop_id = send_to_board(session, COMMAND_LINE, run_id, 8, "Workshop 1")
    with record.reading() as session:
        [echo] = [e for e in suggest_echoes(session, COMMAND_LINE, workshop_id) if e.words in DOUBLE]
        state = read_state(session, COMMAND_LINE, workshop_id)
    record.close()
    names = {theme["id"]: theme["name"] for theme in state["themes"]}
    home = next(names[card["home"]] for card in state["cards"] if card["text"] == DOUBLE)
    address = f"{server.url}/board?engagement={engagement_id}&workshop={workshop_id}"
    return address, home, names[echo.theme_id]


def test_one_key_lets_a_voice_also_speak_where_it_was_suggested(page: Page, server: AppServer) -> None:
    address, home, theme = theme_and_deal(server)
    page.goto(address)
    page.locator(".board .card").first.wait_for()
    offer = column(page, theme).locator(".offer").filter(has_text=DOUBLE)
    expect(offer).to_contain_text("Also speaks of this: “", timeout=60_000)

    offer.focus()
    page.keyboard.press("a")

    expect(column(page, theme).locator(".slot.echo > .card").filter(has_text=DOUBLE)).to_have_count(1)
    expect_home(page, DOUBLE, home)
    expect(offer).to_have_count(0)
