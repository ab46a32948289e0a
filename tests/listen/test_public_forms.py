"""Public forms: opened for one prompt until a day, answered by anybody, let in by a person, taken back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from engagement.answer.ledger import count_ledger
from engagement.checks import check_record
from engagement.engagements import list_prompts, start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.listen.details import SourceDetails
from engagement.listen.erasing.cleaning import finish_erasures
from engagement.listen.erasing.confirming import CONFIRMATION
from engagement.listen.erasing.erase import erase_voices
from engagement.listen.sources import get_source_or_raise, list_sources
from engagement.listen.typed import answers
from engagement.listen.typed.answers import (
    AnswerView,
    SentAnswer,
    count_waiting,
    keep_answer,
    list_answers,
    put_back,
    receive_answer,
    set_aside,
)
from engagement.listen.typed.forms import (
    FormClosedError,
    FormView,
    change_last_day,
    close_form,
    find_open_form,
    list_forms,
    open_form,
    rotate_link,
)
from engagement.listen.typed.typing import TypedVoiceRequest, begin_occasion, list_occasions, type_voice
from engagement.listen.verify import verify_voices
from engagement.listen.voices import VoiceView, list_texts, list_voices, withdraw_voice
from engagement.people.permissions import Person
from models.consent import KeptFile
from models.database import Record
from models.decisions import Decision
from models.sources import SourceKind
from models.typed import AnswerState
from tests.builders import FACILITATOR, LEAD, VIEWER

TODAY = date(2026, 11, 26)
LAST_DAY = TODAY + timedelta(days=14)
WORDING = "I agree that my words are used.\nNobody will know it was me."


def make_form(record: Record, **changed: object) -> FormView:
    """Open a form in an engagement of its own."""
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])
        (prompt,) = list_prompts(session, engagement_id)
        asked = {"closes_on": LAST_DAY, "read_by": "Amina, 0116 496 0123", "consent_wording": WORDING}
        open_form(session, FACILITATOR, engagement_id, prompt.id, **(asked | changed), today=TODAY)
    return see(record)


def see(record: Record, today: date = TODAY) -> FormView:
    with record.reading() as session:
        return list_forms(session, FACILITATOR, 1, today)[0]


def send(record: Record, words: str, token: str = "press", **more: bool) -> str:
    form = see(record)
    with record.writing() as session:
        return receive_answer(session, form.link_key, SentAnswer(words, token, **more), TODAY)


def act(record: Record, do: Callable[..., object], *about: object, **more: object) -> None:
    with record.writing() as session:
        do(session, FACILITATOR, *about, **more)


def read(record: Record, state: AnswerState) -> list[AnswerView]:
    with record.reading() as session:
        return list(list_answers(session, FACILITATOR, 1, state))


def read_voices(record: Record) -> list[VoiceView]:
    assert check_record(record) == ()
    with record.reading() as session:
        return list(list_voices(session, FACILITATOR, 1))


def test_an_answer_waits_until_a_person_lets_it_in(record: Record) -> None:
    make_form(record)
    number = send(record, " The buses,\nmostly. ", may_quote=True)
    assert read_voices(record) == []
    (waiting,) = read(record, AnswerState.WAITING)
    assert (waiting.text, waiting.number) == (" The buses,\nmostly. ", number)

    act(record, keep_answer, waiting.id)

    (voice,) = read_voices(record)
    assert (voice.text, voice.prompt, voice.respondent) == (
        "The buses,\nmostly.",
        "What works well?",
        f"Answer {number}",
    )
    assert (voice.may_quote, voice.may_pass_on) == (True, False)
    with record.reading() as session:
        assert [each.text for each in list_texts(session, 1)] == [voice.text]
        assert count_ledger(session, 1).total == 1
        assert count_waiting(session, VIEWER, 1) == 0
        (kept,) = list_answers(session, FACILITATOR, 1, AnswerState.KEPT)
        assert (kept.text, kept.decided_by, kept.voice_id) == (voice.text, FACILITATOR.name, voice.id)


def test_answers_are_let_in_also_after_the_form_lost_its_sheet_to_an_erasure(
    record: Record,
) -> None:
    make_form(record)
    for number, words in enumerate(("The buses.", "The park.")):
        send(record, words, f"press {number}")
    first, second = read(record, AnswerState.WAITING)
    act(record, keep_answer, first.id)
    (voice,) = read_voices(record)
    act(record, withdraw_voice, voice.id, "asked by phone")
    with record.writing() as session:
        kept = {"typed": CONFIRMATION, "kept": KeptFile.NOTHING, "today": TODAY}
        erase_voices(session, LEAD, [voice.id], **kept)
    assert finish_erasures(record)

    act(record, keep_answer, second.id)

    assert [each.text for each in read_voices(record)] == ["", "The park."]
    with record.reading() as session:
        assert verify_voices(session) == ()
        assert [each.needs for each in list_sources(session, VIEWER, 1)] == [(), ()]


def test_nobody_is_asked_who_hosted_a_public_form_or_how_many_came_to_it(record: Record) -> None:
    make_form(record)
    with record.writing() as session:
        begin_occasion(session, FACILITATOR, 1, SourceDetails("The wall", SourceKind.DROP_IN, LAST_DAY))

    with record.reading() as session:
        form, wall = list_sources(session, VIEWER, 1)
        assert form.needs == get_source_or_raise(session, VIEWER, form.id).needs == ()
        assert wall.needs == ("how consent was given", "who hosted it", "how many came")


def test_an_answer_can_be_kept_with_limited_consent(record: Record) -> None:
    make_form(record)
    send(record, "Ask at number 12.", may_quote=True, may_pass_on=True)
    (waiting,) = read(record, AnswerState.WAITING)

    act(record, keep_answer, waiting.id, limited=True)

    (voice,) = read_voices(record)
    assert (voice.may_quote, voice.may_pass_on) == (False, False)


def test_an_answer_set_aside_becomes_no_voice_and_can_be_put_back(record: Record) -> None:
    make_form(record)
    send(record, "Buy cheap watches")
    (waiting,) = read(record, AnswerState.WAITING)

    act(record, set_aside, waiting.id, "sent by a machine")
    (aside,) = read(record, AnswerState.ASIDE)
    assert (aside.reason, read_voices(record)) == ("sent by a machine", [])
    act(record, put_back, waiting.id)

    assert [each.id for each in read(record, AnswerState.WAITING)] == [waiting.id]


def test_letting_in_is_taken_back_and_done_again_with_one_voice(record: Record) -> None:
    make_form(record)
    send(record, "The buses.")
    (waiting,) = read(record, AnswerState.WAITING)
    act(record, keep_answer, waiting.id)

    act(record, put_back, waiting.id)
    (voice,) = read_voices(record)
    (again,) = read(record, AnswerState.WAITING)
    assert (voice.is_withdrawn, again.text) == (True, "The buses.")
    act(record, keep_answer, waiting.id)

    (voice,) = read_voices(record)
    assert not voice.is_withdrawn
    with record.reading() as session:
        of_answer = select(Decision.kind).where(Decision.subject == "form_answer").order_by(Decision.seq)
        assert list(session.scalars(of_answer)) == ["let answer in", "put answer back", "let answer in"]
        assert "buses" not in str(session.scalars(select(Decision.details)).all())


def test_an_answer_sent_twice_is_kept_once(record: Record) -> None:
    make_form(record)

    with ThreadPoolExecutor(4) as pool:
        numbers = set(pool.map(lambda _time: send(record, "The buses."), range(8)))
    other = send(record, "The buses, and the trams.")

    assert len(numbers) == 1
    assert other not in numbers
    assert [each.text for each in read(record, AnswerState.WAITING)] == [
        "The buses.",
        "The buses, and the trams.",
    ]


def test_two_people_who_decide_at_once_decide_once(record: Record) -> None:
    make_form(record)
    send(record, "The buses.")
    (waiting,) = read(record, AnswerState.WAITING)
    act(record, keep_answer, waiting.id)

    with pytest.raises(ConflictError, match="Amina Facilitator decided about this answer before: it is kept"):
        act(record, set_aside, waiting.id, "twice")


def test_a_form_ends_with_its_last_day_is_closed_and_opened_again(record: Record) -> None:
    form = make_form(record)

    with record.writing() as session:
        assert find_open_form(session, form.link_key, LAST_DAY).consent_wording == WORDING
        with pytest.raises(FormClosedError, match="closed"):
            find_open_form(session, form.link_key, LAST_DAY + timedelta(days=1))
        close_form(session, FACILITATOR, form.id)
        with pytest.raises(FormClosedError, match="closed"):
            receive_answer(session, form.link_key, SentAnswer("The buses.", "press"), TODAY)
        change_last_day(session, FACILITATOR, form.id, TODAY, TODAY)
        assert find_open_form(session, form.link_key, TODAY).prompt == "What works well?"


def test_another_link_makes_the_old_one_no_good(record: Record) -> None:
    old = make_form(record)
    act(record, rotate_link, old.id)
    new = see(record)

    with record.reading() as session:
        assert find_open_form(session, new.link_key, TODAY).id == old.id
        for link in (old.link_key, "", "é", "' OR 1=1"):
            with pytest.raises(FormClosedError, match="not good any more"):
                find_open_form(session, link, TODAY)


def test_no_form_is_open_before_somebody_opens_one_and_no_answer_says_who_sent_it(record: Record) -> None:
    make_form(record)
    send(record, "The buses.")

    with record.reading() as session:
        columns = session.execute(text("SELECT * FROM form_answer")).keys()
        assert set(columns) == {
            *("id", "form_id", "key", "number", "text", "may_quote", "may_pass_on", "is_doubtful"),
            *("received_at", "state", "reason", "decided_by", "decided_at", "voice_id"),
        }
        kinds = session.scalars(select(Decision.kind).where(Decision.subject == "public_form"))
        assert list(kinds) == ["opened public form"]


WRONG = {
    "yesterday": ({"closes_on": TODAY - timedelta(days=1)}, "25/11/2026 cannot be the last day"),
    "in two years": ({"closes_on": TODAY + timedelta(days=700)}, "cannot be the last day"),
    "nobody reads": ({"read_by": "  "}, "Write who reads the answers in 1 to 300 characters"),
    "no consent": ({"consent_wording": ""}, "Write the words of consent in 1 to 2,000 characters"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_form_that_lacks_something_is_not_opened(sqlite_record: Record, case: str) -> None:
    changed, sentence = WRONG[case]

    with pytest.raises(EngagementError, match=sentence):
        make_form(sqlite_record, **changed)


def test_one_form_for_one_prompt_at_a_time(sqlite_record: Record) -> None:
    form = make_form(sqlite_record)
    again = {"closes_on": LAST_DAY, "read_by": "Amina", "today": TODAY}

    with pytest.raises(ConflictError, match="open already"):
        act(sqlite_record, open_form, 1, 1, **again)
    with pytest.raises(NotFoundError, match="not asked in this engagement"):
        act(sqlite_record, open_form, 1, 99, **again)
    act(sqlite_record, close_form, form.id)
    act(sqlite_record, open_form, 1, 1, **again)

    with sqlite_record.reading() as session:
        assert [each.is_open for each in list_forms(session, FACILITATOR, 1, TODAY)] == [True, False]


def test_a_full_form_says_so(sqlite_record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "MOST_ROWS", 2)
    make_form(sqlite_record)
    first = send(sqlite_record, "one")
    send(sqlite_record, "two")

    with pytest.raises(EngagementError, match="This form is full"):
        send(sqlite_record, "three")
    assert send(sqlite_record, "one") == first


def test_what_came_by_a_form_is_not_typed_into_by_hand(sqlite_record: Record) -> None:
    make_form(sqlite_record)

    with sqlite_record.writing() as session:
        assert list_occasions(session, FACILITATOR, 1) == ()
        with pytest.raises(NotFoundError, match="Public forms"):
            type_voice(session, FACILITATOR, 1, TypedVoiceRequest("The bus.", "press"))


ACTS: dict[str, Callable[[Session, Person], object]] = {
    "open": lambda session, person: open_form(
        session, person, 1, 1, closes_on=LAST_DAY, read_by="Amina", today=TODAY
    ),
    "list": lambda session, person: list_forms(session, person, 1),
    "close": lambda session, person: close_form(session, person, 1),
    "change day": lambda session, person: change_last_day(session, person, 1, LAST_DAY, TODAY),
    "rotate": lambda session, person: rotate_link(session, person, 1),
    "read answers": lambda session, person: list_answers(session, person, 1, AnswerState.WAITING),
    "keep": lambda session, person: keep_answer(session, person, 1),
    "set aside": lambda session, person: set_aside(session, person, 1, "not about this"),
    "put back": lambda session, person: put_back(session, person, 1),
}


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("person", [VIEWER, LEAD], ids=lambda person: person.role.name)
def test_only_facilitators_look_after_forms_and_read_answers(
    sqlite_record: Record, person: Person, name: str
) -> None:
    make_form(sqlite_record)
    send(sqlite_record, "The buses.")

    with pytest.raises(NotAllowedError), sqlite_record.writing() as session:
        ACTS[name](session, person)


def test_an_answer_is_said_on_the_day_it_came(sqlite_record: Record) -> None:
    make_form(sqlite_record)
    send(sqlite_record, "The buses.")
    (waiting,) = read(sqlite_record, AnswerState.WAITING)

    act(sqlite_record, keep_answer, waiting.id)

    (voice,) = read_voices(sqlite_record)
    assert voice.said_on == waiting.received_at.date()
    assert waiting.received_at <= datetime.now(UTC)
