"""The public form: light, plain, slow to machines, and nothing that somebody typed is lost."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from html import unescape

import pytest

from engagement.engagements import list_prompts, start_engagement
from engagement.listen.typed.answers import AnswerView, list_answers
from engagement.listen.typed.forms import close_form, list_forms, open_form, rotate_link
from engagement.listen.voices import list_voices
from engagement.web import say
from engagement.web.rate_limits import WINDOW_S, RateLimit
from models.base import utc_now
from models.database import Record
from models.typed import AnswerState, PublicForm
from tests.builders import FACILITATOR
from tests.web.conftest import TestClient

PROMPT = "What works <well> for you?"
MOST_BYTES = 50_000
RTL = "میں اکیلی رہتی ہوں 🙂"


@pytest.fixture
def link(web_record: Record, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of an open form, with nobody counted yet."""
    monkeypatch.setattr(say, "LIMIT", RateLimit())
    with web_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=[PROMPT])
        (prompt,) = list_prompts(session, engagement_id)
        last_day = date.today() + timedelta(days=7)
        open_form(
            session, FACILITATOR, engagement_id, prompt.id, closes_on=last_day, read_by="Amina, 0116 496 0123"
        )
        return f"/say/{list_forms(session, FACILITATOR, engagement_id)[0].link_key}"


def read_token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def read_box(page: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])


def list_waiting(record: Record) -> tuple[AnswerView, ...]:
    with record.reading() as session:
        assert list_voices(session, FACILITATOR, 1) == ()
        return list_answers(session, FACILITATOR, 1, AnswerState.WAITING)


def test_anybody_with_the_link_answers_and_gets_a_number(
    client: TestClient, web_record: Record, link: str
) -> None:
    page = client.get(link)
    typed = {"words": f"  {RTL}\r\n<script>x</script>", "token": read_token(page.text), "may_quote": "1"}

    thanks = client.post(link, data=typed)

    (answer,) = list_waiting(web_record)
    assert answer.text == f"  {RTL}\n<script>x</script>"
    assert (answer.may_quote, answer.may_pass_on, answer.is_doubtful) == (True, False, False)
    assert (page.status_code, thanks.status_code) == (200, 200)
    assert answer.number in thanks.text
    assert not client.cookies


def test_the_page_says_who_reads_and_what_is_kept(client: TestClient, link: str) -> None:
    page = client.get(link).text

    for said in (
        "What works &lt;well&gt; for you?",
        "Amina, 0116 496 0123",
        "By sending this I agree",
        "We do not ask for your name",
        "Its address stays in memory for up to 15 minutes",
        f"open until {date.today() + timedelta(days=7):%d/%m/%Y}",
    ):
        assert said in page


def test_the_form_is_lighter_than_50_kb_with_all_it_loads(client: TestClient, link: str) -> None:
    page = client.get(link)
    loaded = set(re.findall(r'(?:href|src)="(/site-assets/[^"]+)"', page.text))

    weight = len(page.content) + sum(len(client.get(each).content) for each in loaded)

    assert loaded
    assert weight < MOST_BYTES


BAD: dict[str, tuple[str, str, str]] = {
    "empty": ("", "There are no words yet", ""),
    "blank": (" \n ", "There are no words yet", " \n "),
    "too long": (RTL * 300, "at most 5,000 are kept", RTL * 300),
    "unseen": ("The\x00 bus\x1b.", "hold unseen characters that cannot be kept (2 of them)", "The bus."),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_kept_is_told_and_stays_in_the_box(
    client: TestClient, web_record: Record, link: str, case: str
) -> None:
    words, sentence, left = BAD[case]

    page = client.post(link, data={"words": words, "token": "press", "may_pass_on": "1"})

    assert page.status_code == 422
    assert re.search(r'role="alert">.*<a href="#words">', page.text, re.DOTALL)
    assert sentence in page.text
    assert "<title>Error:" in page.text
    assert read_box(page.text) == left
    assert (read_token(page.text), 'name="may_pass_on" value="1" checked' in page.text) == ("press", True)
    assert list_waiting(web_record) == ()


def test_more_than_any_form_takes_is_refused_kindly(
    client: TestClient, web_record: Record, link: str
) -> None:
    page = client.post(link, data={"words": "a" * 600_000, "token": "press"})

    assert page.status_code == 413
    assert "Go back: your words are still there" in page.text
    assert list_waiting(web_record) == ()


def test_the_same_answer_sent_twice_is_kept_once(client: TestClient, web_record: Record, link: str) -> None:
    typed = {"words": "The bus.", "token": read_token(client.get(link).text)}

    first, second = (client.post(link, data=typed) for _time in range(2))

    (answer,) = list_waiting(web_record)
    assert answer.number in first.text
    assert answer.number in second.text


def close(record: Record) -> None:
    with record.writing() as session:
        close_form(session, FACILITATOR, 1)


def rotate(record: Record) -> None:
    with record.writing() as session:
        rotate_link(session, FACILITATOR, 1)


def let_it_end(record: Record) -> None:
    with record.writing() as session:
        session.get_one(PublicForm, 1).closes_on = utc_now().date() - timedelta(days=2)


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (close, "This form is closed and takes no more answers."),
        (let_it_end, "This form is closed and takes no more answers."),
        (rotate, "This link is not good any more."),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_a_form_that_has_ended_hands_words_back(
    client: TestClient, web_record: Record, link: str, end: Callable[[Record], None], sentence: str
) -> None:
    token = read_token(client.get(link).text)
    end(web_record)

    shown = client.get(link)
    posted = client.post(link, data={"words": "The <b>bus</b>.", "token": token})

    assert (shown.status_code, posted.status_code) == (410, 410)
    assert sentence in shown.text
    assert sentence in posted.text
    assert read_box(posted.text) == "The <b>bus</b>."
    assert list_waiting(web_record) == ()


def test_a_machine_is_slowed_down_and_its_words_are_still_there(
    client: TestClient, web_record: Record, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(say, "LIMIT", RateLimit(from_network=2))

    pages = [client.post(link, data={"words": f"Words {n}", "token": f"press {n}"}) for n in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 429]
    assert "Many answers come in just now" in pages[2].text
    assert read_box(pages[2].text) == "Words 2"
    assert len(list_waiting(web_record)) == 2


def test_what_fills_in_the_unseen_field_is_kept_and_marked(
    client: TestClient, web_record: Record, link: str
) -> None:
    page = client.post(link, data={"words": "Watches", "token": "press", say.TRAP: "http://example.org"})

    assert page.status_code == 200
    assert [each.is_doubtful for each in list_waiting(web_record)] == [True]


def test_another_language_keeps_what_was_typed(client: TestClient, web_record: Record, link: str) -> None:
    typed = {"words": "half a wo", "token": "press", "may_quote": "1", "language": "cy", "look": "1"}

    page = client.post(link, data=typed)

    assert 'lang="cy"' in page.text
    assert (read_box(page.text), read_token(page.text)) == ("half a wo", "press")
    assert 'name="may_quote" value="1" checked' in page.text
    assert 'lang="cy"' in client.get(link).text
    assert list_waiting(web_record) == ()


def test_another_site_cannot_answer(client: TestClient, web_record: Record, link: str) -> None:
    posted = client.post(link, data={"words": "x", "token": "y"}, headers={"Origin": "http://elsewhere.test"})

    assert posted.status_code == 403
    assert list_waiting(web_record) == ()


def test_nothing_is_there_to_answer_before_a_form_is_opened(client: TestClient, web_record: Record) -> None:
    for key in ("x", "1", "a" * 5_000, "%00", "%F0%9F%99%82"):
        page = client.get(f"/say/{key}")

        assert page.status_code == 410
        assert "This link is not good any more." in page.text


def test_tries_are_counted_by_place_and_network_and_forgotten_after_a_quarter_of_an_hour() -> None:
    limit = RateLimit(from_network=2, from_everywhere=3)

    let_in = [limit.let_in("form 1", network, 0.0) for network in ("a", "a", "a", "b", "c")]

    assert let_in == [True, True, False, True, False]
    assert limit.let_in("form 2", "a", 1.0)
    assert limit.let_in("form 1", "a", WINDOW_S)
    assert limit.count_networks() == 2
    limit.let_in("form 1", "d", 3 * WINDOW_S)
    assert limit.count_networks() == 1


def test_the_token_of_the_page_is_new_each_time(client: TestClient, link: str) -> None:
    tokens = {read_token(client.get(link).text) for _time in range(5)}

    assert len(json.dumps(sorted(tokens))) > 5 * 22
    assert len(tokens) == 5
