"""Voices that say several things: further themes are kept with the run, and offered on the board."""

from __future__ import annotations

import uuid

import pytest
from sqlalchemy import select

from engagement import jobs
from engagement.errors import NotFoundError
from engagement.listen.voices import withdraw_voice
from engagement.theming_runs import asking
from engagement.theming_runs.clauses import list_echoes
from engagement.theming_runs.dealing import send_to_board
from engagement.theming_runs.echo_suggestions import EchoSuggestion, suggest_echoes
from engagement.theming_runs.keeping import find_newest_run, load_run
from engagement.theming_runs.suggestions import TOO_EARLY
from engagement.theming_runs.tray import suggest_for_trays
from engagement.theming_runs.views import LoadedRun
from engagement.workshop.boards import open_board
from engagement.workshop.moves import apply_move
from engagement.workshop.state import read_state
from models.database import Record
from models.theming_runs import RunClauses
from models.voices import Voice
from models.workshops import Echo
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import TEXTS
from theming.clauses.read import read_clauses
from theming.clauses.reading import ClauseReading
from theming.engine import find_themes
from theming.results import ThemingResult

DOUBLE = (
    "The bus stop has lost its bus shelter, and getting a GP appointment at the doctor is like a lottery."
)
N_THEMES = 8


@pytest.fixture(scope="module")
def found() -> tuple[ThemingResult, ClauseReading]:
    """What the machine finds in the texts, worked out once for all tests of this file."""
    texts = [*TEXTS, DOUBLE]
    result = find_themes(texts)
    return result, read_clauses(texts, result)


@pytest.fixture
def engagement_id(
    record: Record, found: tuple[ThemingResult, ClauseReading], monkeypatch: pytest.MonkeyPatch
) -> int:
    """An engagement whose voices were themed; one of them speaks of buses and of doctors."""
    monkeypatch.setattr(asking, "propose_themes", lambda *_, **__: found[0])
    monkeypatch.setattr(asking, "read_run_clauses", lambda *_, **__: found[1])
    with record.writing() as session:
        engagement_id = add_voices(session, [*TEXTS, DOUBLE]).id
        asking.ask_for_themes(session, FACILITATOR, engagement_id)
        job = jobs.claim_job(session)
    assert job is not None
    asking.run_theming_job(record, job)
    return engagement_id


def load_newest(record: Record, engagement_id: int) -> LoadedRun:
    with record.reading() as session:
        newest = find_newest_run(session, VIEWER, engagement_id)
        assert newest is not None
        return load_run(session, VIEWER, newest.id)


def deal(record: Record, engagement_id: int) -> int:
    run = load_newest(record, engagement_id)
    with record.writing() as session:
        return send_to_board(session, FACILITATOR, run.view.id, N_THEMES, "Workshop 1")


def find_double(record: Record) -> int:
    with record.reading() as session:
        return session.scalars(select(Voice.id).where(Voice.text == DOUBLE)).one()


def suggest(record: Record, workshop_id: int, voice_id: int) -> list[EchoSuggestion]:
    with record.reading() as session:
        return [e for e in suggest_echoes(session, VIEWER, workshop_id) if e.voice_id == voice_id]


def move(record: Record, workshop_id: int, **asked: object) -> None:
    with record.writing() as session:
        state = read_state(session, FACILITATOR, workshop_id)
        request = {"op": uuid.uuid4().hex, "saw": state["seq"], **asked}
        apply_move(session, FACILITATOR, workshop_id, request)


def test_a_run_shows_further_themes_at_any_number_of_themes(record: Record, engagement_id: int) -> None:
    run = load_newest(record, engagement_id)
    double = find_double(record)

    found = [echo for echo in list_echoes(run, N_THEMES) if echo.voice_id == double]

    assert len(found) == 1
    assert DOUBLE[found[0].start : found[0].end] in (
        "The bus stop has lost its bus shelter",
        "getting a GP appointment at the doctor is like a lottery.",
    )
    for n_themes in (2, run.most_themes):
        labels = {run.result.nodes[echo.node].label for echo in list_echoes(run, n_themes)}
        assert labels <= {theme.label for theme in run.result.cut(n_themes).themes}


def test_a_board_offers_echoes_and_makes_none_by_itself(record: Record, engagement_id: int) -> None:
    workshop_id = deal(record, engagement_id)

    [offered] = suggest(record, workshop_id, find_double(record))

    assert offered.words in DOUBLE
    assert offered.clearness >= 1
    with record.reading() as session:
        assert session.scalars(select(Echo)).all() == []


def test_an_echo_that_was_made_or_became_the_home_is_offered_no_longer(
    record: Record, engagement_id: int
) -> None:
    workshop_id = deal(record, engagement_id)
    double = find_double(record)
    [offered] = suggest(record, workshop_id, double)

    move(record, workshop_id, kind="echo", voices=[double], theme=offered.theme_id, on=True)
    after_echo = suggest(record, workshop_id, double)
    move(record, workshop_id, kind="echo", voices=[double], theme=offered.theme_id, on=False)
    move(record, workshop_id, kind="move", voices=[double], to=offered.theme_id)
    after_move = suggest(record, workshop_id, double)

    assert after_echo == []
    assert offered.theme_id not in {each.theme_id for each in after_move}


def test_a_voice_that_is_parked_or_withdrawn_is_offered_nothing(record: Record, engagement_id: int) -> None:
    workshop_id = deal(record, engagement_id)
    double = find_double(record)

    move(record, workshop_id, kind="move", voices=[double], to=None)
    unplaced = suggest(record, workshop_id, double)
    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, double, "asked to")

    assert unplaced == []
    assert suggest(record, workshop_id, double) == []


def test_a_merge_leaves_no_echo_inside_one_theme(record: Record, engagement_id: int) -> None:
    workshop_id = deal(record, engagement_id)
    double = find_double(record)
    [offered] = suggest(record, workshop_id, double)
    with record.reading() as session:
        cards = read_state(session, FACILITATOR, workshop_id)["cards"]
    home = next(card["home"] for card in cards if card["id"] == double)

    move(record, workshop_id, kind="merge", theme=home, into=offered.theme_id)

    assert suggest(record, workshop_id, double) == []


def test_boards_without_a_run_and_old_runs_offer_nothing(record: Record, engagement_id: int) -> None:
    with record.writing() as session:
        unsorted = open_board(session, FACILITATOR, engagement_id, "By hand")
    workshop_id = deal(record, engagement_id)
    with record.writing() as session:
        session.delete(session.get_one(RunClauses, load_newest(record, engagement_id).view.id))

    with record.reading() as session:
        assert suggest_echoes(session, VIEWER, unsorted) == ()
        assert suggest_echoes(session, VIEWER, workshop_id) == ()
        with pytest.raises(NotFoundError):
            suggest_echoes(session, VIEWER, workshop_id + 100)


def test_an_echo_that_people_refused_is_offered_no_longer(record: Record, engagement_id: int) -> None:
    workshop_id = deal(record, engagement_id)
    double = find_double(record)
    [offered] = suggest(record, workshop_id, double)

    move(record, workshop_id, kind="refuse_suggestion", voices=[double], theme=offered.theme_id)

    assert suggest(record, workshop_id, double) == []


def test_the_trays_offer_echoes_before_people_have_placed_anything(
    record: Record, engagement_id: int
) -> None:
    workshop_id = deal(record, engagement_id)
    double = find_double(record)
    [offered] = suggest(record, workshop_id, double)

    with record.reading() as session:
        trays = suggest_for_trays(session, VIEWER, workshop_id)

    tray = next(theme for theme in trays.themes if theme.theme_id == offered.theme_id)
    assert [voice.also for voice in tray.voices if voice.voice_id == double] == [offered.words]
    assert trays.note == TOO_EARLY
