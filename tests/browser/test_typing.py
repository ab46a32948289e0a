"""Typing in and public forms in a real browser: by keys, without scripts, offline, light and dark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select

from engagement.checks import check_record
from engagement.engagements import list_prompts, start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.typed.answers import SentAnswer, list_answers, receive_answer, set_aside
from engagement.listen.typed.forms import list_forms, open_form
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import add_photos
from engagement.listen.typed.typing import begin_occasion
from engagement.listen.voices import list_voices
from engagement.people.permissions import COMMAND_LINE
from models.engagements import Engagement
from models.sources import SourceKind
from models.typed import AnswerState
from tests.browser.access import list_findings
from tests.browser.board_states import open_server_record
from tests.browser.test_consent_and_erasing import look_at_it
from tests.listen.test_photos import draw_photo
from tests.server import AppServer

STANDS_STILL = "[data-testid=stApp][data-test-script-state=notRunning]"


@pytest.fixture(scope="module")
def server() -> Iterator[AppServer]:
    """A server with a record of this file's own, which its tests look over as a whole."""
    with AppServer() as server:
        yield server


@pytest.fixture
def address(server: AppServer, request: pytest.FixtureRequest) -> str:
    """The page of a drop-in of this test alone."""
    record = open_server_record(server)
    with record.writing() as session:
        prompts = ["What works well for you here?", "What would you like to see?"]
        name = request.node.name
        engagement_id = start_engagement(session, COMMAND_LINE, name, prompts=prompts)
        details = SourceDetails(name, SourceKind.DROP_IN, date(2026, 11, 26), area="Belgrave")
        occasion_id = begin_occasion(session, COMMAND_LINE, engagement_id, details)
    record.close()
    return f"{server.url}/type/{occasion_id}"


@pytest.fixture
def plain_typist(browser: Browser, administrator_state: dict) -> Iterator[Page]:
    """A small screen without scripts, signed in."""
    context = browser.new_context(
        storage_state=administrator_state, viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def read_texts(server: AppServer, name: str) -> list[str]:
    """Read what is in the record of an engagement, which must hold together."""
    record = open_server_record(server)
    with record.reading() as session:
        found = session.scalars(select(Engagement.id).where(Engagement.name == name)).one()
        texts = [each.text for each in list_voices(session, COMMAND_LINE, found)]
    assert check_record(record) == ()
    record.close()
    return texts


def keep(page: Page, words: str) -> None:
    """Type words into the box, which has the focus, and keep them by keys alone."""
    page.keyboard.type(words)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("list", name="Typed in last").get_by_text(words, exact=True)).to_be_visible()
    expect(page.get_by_label("One voice")).to_have_value("")
    expect(page.get_by_label("One voice")).to_be_focused()


def test_words_that_are_there_already_are_hinted_at_while_typing_and_kept_all_the_same(
    page: Page, server, address: str, request
) -> None:
    words = "My neighbour knocks every morning."
    page.goto(address)
    keep(page, words)
    expect(page.locator("#alike")).to_have_text("")

    page.keyboard.type("my neighbor knocks every morning")
    expect(page.locator("#alike")).to_contain_text("Nearly the same words stand in row 3 already.")
    assert list_findings(page) == []
    page.keyboard.press("Control+Enter")

    expect(page.locator("#said")).to_have_text("Kept as row 4.")
    expect(page.locator("#alike")).to_have_text("")
    assert read_texts(server, request.node.name) == [words, "my neighbor knocks every morning"]


def test_voices_are_typed_one_after_the_other_by_keys_alone(
    page: Page, server, address: str, request
) -> None:
    page.goto(address)
    expect(page.get_by_label("One voice")).to_be_focused()
    page.get_by_label("Number of the speaker").fill("3")
    page.get_by_label("One voice").focus()

    said = ["The soup.", "My neighbour knocks.", "The 22 :smile: *bus*"]
    for words in said:
        keep(page, words)

    expect(page.locator("#said")).to_have_text("Kept as row 5.")
    expect(page.get_by_label("Number of the speaker")).to_have_value("3")
    assert read_texts(server, request.node.name) == [
        "The soup.",
        "My neighbour knocks.",
        "The 22 :smile: *bus*",
    ]

    page.keyboard.type("half a wo")
    last = page.get_by_role("list", name="Typed in last").get_by_role("listitem").first
    last.get_by_role("button", name="Take back").focus()
    page.keyboard.press("Enter")
    expect(last.get_by_role("button", name="Bring it back")).to_be_visible()
    expect(page.get_by_label("One voice")).to_have_value("half a wo")
    expect(page.get_by_label("One voice")).to_be_focused()


def test_offline_the_words_stay_in_the_box_and_are_kept_once_when_the_line_is_back(
    page: Page, server, address: str, request
) -> None:
    page.goto(address)
    page.context.set_offline(True)
    page.get_by_label("One voice").fill("The bus is late.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Not kept: this computer is not connected")
    expect(page.get_by_label("One voice")).to_have_value("The bus is late.")
    page.context.set_offline(False)

    page.keyboard.press("Control+Enter")

    expect(page.locator("#said")).to_have_text("Kept as row 3.")
    assert read_texts(server, request.node.name) == ["The bus is late."]


def test_an_answer_that_was_lost_on_the_way_is_asked_for_again_and_kept_once(
    page: Page, server, address: str, request
) -> None:
    page.goto(address)

    def lose(route) -> None:
        route.fetch()
        route.abort()

    page.route(address, lose, times=1)
    page.get_by_label("One voice").fill("The bus is late.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#said")).to_contain_text("Not kept")
    page.keyboard.press("Control+Enter")

    expect(page.locator("#said")).to_have_text("Kept already, as row 3.")
    assert read_texts(server, request.node.name) == ["The bus is late."]


def test_the_page_works_without_scripts(plain_typist: Page, server, address: str, request) -> None:
    page = plain_typist
    page.goto(address)
    page.get_by_label("One voice").fill("A bench by the shops.")
    page.get_by_role("button", name="Keep it").click()

    expect(page.locator("#said")).to_have_text("Kept as row 3.")
    assert read_texts(server, request.node.name) == ["A bench by the shops."]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_typing_keeps_nobody_out(page: Page, address: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(address)
    keep(page, "The soup.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("There are no words yet")

    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert list_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_voices_are_typed_beside_the_photo_that_was_chosen_by_keys(page: Page, server, address: str) -> None:
    record = open_server_record(server)
    with record.writing() as session:
        photos = [check_photo(f"{size}.jpg", draw_photo(size=(size, 600))) for size in (800, 900)]
        add_photos(session, COMMAND_LINE, int(address.rsplit("/", 1)[1]), photos)
    record.close()
    page.goto(address)
    page.get_by_role("radio", name="Photo 1").focus()
    page.keyboard.press("ArrowDown")
    page.get_by_label("One voice").focus()
    keep(page, "The soup.")

    expect(page.get_by_role("radio", name="Photo 2")).to_be_checked()
    picture = page.get_by_role("img", name="Photo 2 of")
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") == 900
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert list_findings(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@dataclass(frozen=True)
class Form:
    """A public form of one test on the running server."""

    engagement_id: int
    link: str


@pytest.fixture
def form(server: AppServer, request: pytest.FixtureRequest) -> Form:
    """An open form of this test alone."""
    record = open_server_record(server)
    with record.writing() as session:
        name = request.node.name
        engagement_id = start_engagement(session, COMMAND_LINE, name, prompts=["What works well here?"])
        (prompt,) = list_prompts(session, engagement_id)
        last_day = date.today() + timedelta(days=7)
        open_form(
            session,
            COMMAND_LINE,
            engagement_id,
            prompt.id,
            closes_on=last_day,
            read_by="Amina, 0116 496 0123",
        )
        (opened,) = list_forms(session, COMMAND_LINE, engagement_id)
    record.close()
    return Form(engagement_id, f"{server.url}/say/{opened.link_key}")


def test_a_phone_without_scripts_answers_a_form(plain_phone: BrowserContext, form: Form) -> None:
    page = plain_phone.new_page()
    page.goto(form.link)
    page.get_by_label("Language").select_option("en")
    page.get_by_label("Your answer").fill("The lunch club.\nAnd the bus.")
    page.get_by_label("My words may be quoted").check()
    page.get_by_role("button", name="Use this language").click()
    expect(page.get_by_label("Your answer")).to_have_value("The lunch club.\nAnd the bus.")
    expect(page.get_by_label("My words may be quoted")).to_be_checked()
    page.get_by_role("button", name="Send").click()

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.get_by_role("link", name="Say something else").click()
    expect(page.get_by_label("Your answer")).to_have_value("")


def test_a_form_is_filled_in_by_keys_alone(visitor: BrowserContext, form: Form) -> None:
    page = visitor.new_page()
    page.goto(form.link)
    names = []
    for _step in range(6):
        page.keyboard.press("Tab")
        names.append(page.evaluate("document.activeElement.name || document.activeElement.innerText"))
        if names[-1] == "words":
            page.keyboard.type("The lunch club.")
        if names[-1] == "may_quote":
            page.keyboard.press("Space")
    assert names == ["words", "may_quote", "may_pass_on", "Send", "language", "look"]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_form_keeps_nobody_out_at_any_step(
    visitor: BrowserContext, server: AppServer, form: Form, scheme: str
) -> None:
    page = visitor.new_page()
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 700})

    def look() -> None:
        for width in (320, 1440):
            page.set_viewport_size({"width": width, "height": 800})
            assert list_findings(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.goto(form.link)
    look()
    page.get_by_label("Your answer").fill("a" * 5001)
    page.get_by_role("button", name="Send").click()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Your answer")).to_be_focused()
    look()
    page.get_by_label("Your answer").fill("The bus.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("heading", name="Thank you").wait_for()
    look()
    page.goto(f"{server.url}/say/no-such-link")
    look()


def press_key(page: Page, key: str) -> None:
    """Press a key once the button that it stands for is there and the screen moves no more."""
    page.get_by_role("button", name=f"Shortcut {key.upper()}").wait_for()
    page.locator(STANDS_STILL).wait_for()
    page.keyboard.press(key)


def test_answers_are_let_in_and_set_aside_by_keys(page: Page, server: AppServer, form: Form) -> None:
    record = open_server_record(server)
    with record.writing() as session:
        link = list_forms(session, COMMAND_LINE, form.engagement_id)[0].link_key
        for words in ("The lunch club.", "Ask at number 12.", "Watches!"):
            receive_answer(session, link, SentAnswer(words, words, may_quote=True))
    page.goto(f"{server.url}/public_forms?engagement={form.engagement_id}")

    for words, key, left in (
        ("The lunch club.", "k", "2 answers wait for you"),
        ("Ask at number 12.", "q", "1 answer waits for you"),
    ):
        expect(page.get_by_text(words, exact=True)).to_be_visible()
        press_key(page, key)
        # The first one waits until what hints at personal data is loaded.
        expect(page.get_by_role("heading", name=left)).to_be_visible(timeout=90_000)
    expect(page.get_by_text("Watches!", exact=True)).to_be_visible()
    press_key(page, "s")
    expect(page.get_by_text("Set aside (1)")).to_be_visible()
    press_key(page, "u")
    expect(page.get_by_role("heading", name="1 answer waits for you")).to_be_visible()

    with record.reading() as session:
        voices = list_voices(session, COMMAND_LINE, form.engagement_id)
    assert [(each.text, each.may_quote) for each in voices] == [
        ("The lunch club.", True),
        ("Ask at number 12.", False),
    ]
    assert check_record(record) == ()
    record.close()


def test_a_photo_is_removed_and_an_answer_that_was_set_aside_is_erased_by_keys_under_sources(
    page: Page, server: AppServer, form: Form
) -> None:
    record = open_server_record(server)
    with record.writing() as session:
        details = SourceDetails("The wall", SourceKind.DROP_IN, date(2026, 11, 26))
        wall = begin_occasion(session, COMMAND_LINE, form.engagement_id, details)
        add_photos(session, COMMAND_LINE, wall, [check_photo("wall.jpg", draw_photo(size=(800, 600)))])
        receive_answer(session, form.link.rsplit("/", 1)[1], SentAnswer("My brother drinks", "press"))
        (answer,) = list_answers(session, COMMAND_LINE, form.engagement_id, AnswerState.WAITING)
        set_aside(session, COMMAND_LINE, answer.id, "about one person who can be told")
    record.close()
    page.goto(f"{server.url}/sources?engagement={form.engagement_id}")
    for number in (0, 1):
        page.get_by_role("switch", name="Details and receipt").nth(number).press("Space")
    page.get_by_role("img", name="Photo 1 of The wall").wait_for()
    page.locator("summary", has_text="Answers to the public form that were set aside: 1").press("Enter")
    expect(page.get_by_text("My brother drinks")).to_be_visible()
    look_at_it(page, "light", 390)

    page.get_by_role("button", name="Remove photo 1").press("Enter")
    removal = page.get_by_role("button", name="Remove photo 1 for good")
    removal.wait_for()
    look_at_it(page, "dark", 1440)
    removal.press("Enter")
    page.get_by_text("Photo 1 is removed for good.").wait_for()

    page.get_by_role("button", name="Erase for good").first.press("Enter")
    word = page.get_by_label("Type “erase” to confirm")
    word.wait_for()
    look_at_it(page, "light", 1440)
    word.focus()
    page.keyboard.type("erase")
    page.get_by_role("button", name="Erase for good").last.press("Enter")

    page.get_by_text("The words of 1 answer were erased for good.").wait_for()
    expect(page.get_by_text("My brother drinks")).to_have_count(0)
