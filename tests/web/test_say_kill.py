"""Pulling the plug while people answer and type: what was acknowledged is there afterwards, once."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import httpx
import pytest

from engagement.checks import check_record
from engagement.engagements import list_prompts, start_engagement
from engagement.listen.details import SourceDetails
from engagement.listen.typed.answers import SentAnswer, list_answers, receive_answer
from engagement.listen.typed.forms import list_forms, open_form
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, type_voice
from engagement.listen.voices import list_voices
from engagement.people.permissions import COMMAND_LINE
from engagement.people.sign_in import start_sign_in
from engagement.web.doors import SIGN_IN_COOKIE
from models.database import Record
from models.typed import AnswerState
from tests.builders import FACILITATOR, add_account
from tests.server import AppServer

N_BEFORE = 12
PATIENCE_S = 30


class Poster:
    """Somebody who posts one text after the other to one page, and notes what was acknowledged."""

    def __init__(self, page: str, place: str, sign_in: str) -> None:
        self.place, self.address, self.cookies = place, f"/{page}/{place}", {SIGN_IN_COOKIE: sign_in}
        self.acknowledged: set[str] = set()
        self.has_enough = threading.Event()

    def post(self, server: AppServer, words: str) -> bool:
        """Post words with a mark of their own; tell whether the server says that they are kept."""
        fields = {"words": words, "token": f"press {words}"}
        address = f"{server.url}{self.address}"
        return httpx.post(address, data=fields, cookies=self.cookies, timeout=PATIENCE_S).status_code == 200

    def go_on(self, server: AppServer) -> None:
        """Post until the server is gone."""
        for number in range(500):
            try:
                if self.post(server, f"Words {number}"):
                    self.acknowledged.add(f"Words {number}")
            except httpx.TransportError:
                return
            if len(self.acknowledged) >= N_BEFORE:
                self.has_enough.set()


@pytest.fixture
def posters(sqlite_record: Record) -> tuple[Poster, Poster]:
    """Somebody who answers a public form, and somebody who types in."""
    with sqlite_record.writing() as session:
        engagement_id = start_engagement(session, COMMAND_LINE, "Leading lives", prompts=["What works?"])
        (prompt,) = list_prompts(session, engagement_id)
        day = date.today() + timedelta(days=1)
        open_form(session, COMMAND_LINE, engagement_id, prompt.id, closes_on=day, read_by="Amina")
        link = list_forms(session, COMMAND_LINE, engagement_id)[0].link_key
        occasion_id = begin_occasion(session, COMMAND_LINE, engagement_id, SourceDetails("Library"))
        sign_in = start_sign_in(session, add_account(session, FACILITATOR).account_id)
    return Poster("say", link, sign_in), Poster("type", str(occasion_id), sign_in)


def test_what_was_acknowledged_before_a_kill_is_kept_once_and_can_be_sent_again(
    sqlite_record: Record, sqlite_url: str, posters: tuple[Poster, Poster]
) -> None:
    with AppServer(settings={"ENGAGEMENT_DATABASE_URL": sqlite_url}) as server:
        threads = [threading.Thread(target=each.go_on, args=(server,)) for each in posters]
        for thread in threads:
            thread.start()
        assert all(each.has_enough.wait(PATIENCE_S) for each in posters)
        server.kill()
        for thread in threads:
            thread.join(PATIENCE_S)

    assert check_record(sqlite_record) == ()
    kept = read_kept(sqlite_record)
    for poster, words in zip(posters, kept, strict=True):
        assert poster.acknowledged <= set(words)
        assert len(words) == len(set(words))

    form, typist = posters
    with sqlite_record.writing() as session:
        for words in kept[0][:3]:
            receive_answer(session, form.place, SentAnswer(words, f"press {words}"))
        for words in kept[1][:3]:
            again = TypedVoiceRequest(words, f"press {words}")
            assert type_voice(session, FACILITATOR, int(typist.place), again).is_repeat
    assert read_kept(sqlite_record) == kept


def read_kept(record: Record) -> tuple[list[str], list[str]]:
    """Read the answers that wait and the voices that were typed in."""
    with record.reading() as session:
        answers = list_answers(session, COMMAND_LINE, 1, AnswerState.WAITING)
        voices = list_voices(session, COMMAND_LINE, 1)
    return [each.text for each in answers], [each.text for each in voices]
