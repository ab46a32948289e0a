"""The page for typing in: kept by a plain post, nothing typed is lost, and nobody else gets in."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest

from engagement.engagements import start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.typed.photo_files import check_photo
from engagement.listen.typed.photos import add_photos, list_photos
from engagement.listen.typed.typing import begin_occasion
from engagement.listen.voices import list_voices
from engagement.people.sign_in import start_sign_in
from engagement.web.doors import SIGN_IN_COOKIE
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, VIEWER, add_account
from tests.listen.test_photos import draw_photo
from tests.web.conftest import TestClient


@pytest.fixture
def occasion_id(web_record: Record) -> int:
    """A drop-in that voices can be typed into."""
    with web_record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])
        details = SourceDetails("Library <drop-in>", SourceKind.DROP_IN, date(2026, 11, 26))
        return begin_occasion(session, FACILITATOR, engagement_id, details)


def sign_in(client: TestClient, record: Record, person=FACILITATOR) -> TestClient:
    with record.writing() as session:
        token = start_sign_in(session, add_account(session, person).account_id)
    client.cookies.set(SIGN_IN_COOKIE, token)
    return client


@pytest.fixture
def typist(client: TestClient, web_record: Record) -> TestClient:
    """The browser of a facilitator."""
    return sign_in(client, web_record)


def read_token(page: str) -> str:
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def read_box(page: str) -> str:
    return unescape(re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1])


def list_texts(record: Record) -> list[str]:
    with record.reading() as session:
        return [each.text for each in list_voices(session, FACILITATOR, 1)]


def test_a_voice_is_kept_and_the_box_is_empty_for_the_next_one(
    typist: TestClient, web_record: Record, occasion_id: int
) -> None:
    address = f"/type/{occasion_id}"
    token = read_token(typist.get(address).text)
    typed = {"words": "The <b>22</b>\r\nstops at six.", "token": token, "speaker": "4", "area": "Abbey"}

    page = typist.post(address, data=typed | {"not_quoted": "1"})

    assert (page.status_code, read_box(page.text)) == (200, "")
    assert "Kept as row 3." in page.text
    assert "The &lt;b&gt;22&lt;/b&gt;\nstops at six." in page.text
    assert re.search(r'name="speaker" value="4"', page.text)
    assert re.search(r'name="not_quoted" value="1" checked', page.text)
    assert read_token(page.text) != token
    assert list_texts(web_record) == ["The <b>22</b>\nstops at six."]


def test_the_same_page_sent_twice_keeps_one_voice(
    typist: TestClient, web_record: Record, occasion_id: int
) -> None:
    typed = {"words": "The bus.", "token": read_token(typist.get(f"/type/{occasion_id}").text)}

    first, second = (typist.post(f"/type/{occasion_id}", data=typed) for _time in range(2))

    assert "Kept as row 3." in first.text
    assert "Kept already, as row 3." in second.text
    assert list_texts(web_record) == ["The bus."]


def test_what_is_refused_stays_in_the_box(typist: TestClient, web_record: Record, occasion_id: int) -> None:
    for words, sentence, left in (
        ("a" * 5_001, "That is 5,001 characters; at most 5,000", "a" * 5_001),
        ("The\x00 bus", "unseen characters that cannot be kept", "The bus"),
    ):
        page = typist.post(f"/type/{occasion_id}", data={"words": words, "token": "press"})

        assert page.status_code == 422
        assert sentence in page.text
        assert read_box(page.text) == left
    assert list_texts(web_record) == []


def test_taking_back_leaves_what_is_half_typed_in_the_box(
    typist: TestClient, web_record: Record, occasion_id: int
) -> None:
    address = f"/type/{occasion_id}"
    kept = typist.post(address, data={"words": "The bsu.", "token": "press"}).text
    voice_id = re.search(r'name="take_back" value="(\d+)"', kept)[1]

    gone = typist.post(address, data={"words": "half a wo", "token": "next", "take_back": voice_id})
    with web_record.reading() as session:
        (voice,) = list_voices(session, FACILITATOR, 1)
    back = typist.post(address, data={"words": "half a word", "token": "next", "put_back": voice_id})

    assert (read_box(gone.text), read_token(gone.text)) == ("half a wo", "next")
    assert voice.is_withdrawn
    assert "It is back." in back.text
    assert list_texts(web_record) == ["The bsu."]


def test_signed_out_the_page_sends_to_sign_in_and_hands_words_back(
    client: TestClient, web_record: Record, occasion_id: int
) -> None:
    asked = client.get(f"/type/{occasion_id}", headers={"Accept": "text/html"})
    posted = client.post(f"/type/{occasion_id}", data={"words": "The bus.", "token": "press"})

    assert asked.status_code == 303
    assert asked.headers["location"].startswith(("/first-start", "/sign-in?next="))
    assert (posted.status_code, read_box(posted.text)) == (403, "The bus.")
    assert list_texts(web_record) == []


def test_a_viewer_may_not_type_and_gets_their_words_back(
    client: TestClient, web_record: Record, occasion_id: int
) -> None:
    viewer = sign_in(client, web_record, VIEWER)

    assert viewer.get(f"/type/{occasion_id}").status_code == 403
    posted = viewer.post(f"/type/{occasion_id}", data={"words": "The bus.", "token": "press"})
    assert (posted.status_code, read_box(posted.text)) == (403, "The bus.")
    assert viewer.get("/type/99").status_code == 403


def test_another_site_cannot_type(typist: TestClient, web_record: Record, occasion_id: int) -> None:
    typed = {"words": "The bus.", "token": "press"}

    refused = typist.post(f"/type/{occasion_id}", data=typed, headers={"Sec-Fetch-Site": "cross-site"})

    assert refused.status_code == 403
    assert list_texts(web_record) == []


def test_a_photo_is_sent_as_it_came_to_whoever_is_signed_in_and_to_nobody_else(
    client: TestClient, web_record: Record, occasion_id: int
) -> None:
    content = draw_photo()
    with web_record.writing() as session:
        add_photos(session, FACILITATOR, occasion_id, [check_photo("wall.jpg", content)])
        (photo,) = list_photos(session, FACILITATOR, occasion_id)
    assert client.get(photo.path).status_code == 403

    answer = sign_in(client, web_record, VIEWER).get(photo.path)

    assert (answer.status_code, answer.content) == (200, content)
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    assert client.get(f"/type/{occasion_id}/photo/99").status_code == 404


SAID = "My neighbour knocks every morning and that is enough for me."


@pytest.mark.parametrize(
    ("typed", "is_told"),
    [
        (SAID, True),
        ("my neighbor knocks every morning, and that is enough", True),
        ("My neighbour never knocks and nobody rings me in the evening", False),
        ("My neighbour", False),
        ("", False),
    ],
)
def test_nearly_the_same_words_are_hinted_at_and_nothing_is_kept_by_that(
    typist: TestClient, web_record: Record, occasion_id: int, typed: str, is_told: bool
) -> None:
    token = read_token(typist.get(f"/type/{occasion_id}").text)
    typist.post(f"/type/{occasion_id}", data={"words": SAID, "token": token})

    answer = typist.post(f"/type/{occasion_id}/alike", data={"words": typed})

    assert answer.status_code == 200
    assert answer.text.startswith("Nearly the same words stand in row 3 already.") == is_told
    assert bool(answer.text) == is_told
    assert list_texts(web_record) == [SAID]


def test_words_that_were_taken_back_are_no_reason_for_a_hint(
    typist: TestClient, web_record: Record, occasion_id: int
) -> None:
    token = read_token(typist.get(f"/type/{occasion_id}").text)
    typist.post(f"/type/{occasion_id}", data={"words": SAID, "token": token})
    typist.post(f"/type/{occasion_id}", data={"take_back": "1", "token": token})

    assert typist.post(f"/type/{occasion_id}/alike", data={"words": SAID}).text == ""


def test_who_may_not_type_gets_no_hint(client: TestClient, web_record: Record, occasion_id: int) -> None:
    assert client.post(f"/type/{occasion_id}/alike", data={"words": SAID}).status_code == 403
    viewer = sign_in(client, web_record, VIEWER)
    assert viewer.post(f"/type/{occasion_id}/alike", data={"words": SAID}).status_code == 403
    assert viewer.post("/type/999/alike", data={"words": SAID}).status_code == 403
