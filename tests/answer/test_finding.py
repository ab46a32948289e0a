"""Finding voices by words, place, theme, state and consent, and saving a view."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.answer.finding import (
    Asked,
    find_voices,
    list_places,
    list_views,
    remove_view,
    save_view,
)
from engagement.engagements import start_engagement
from engagement.errors import ConflictError, EngagementError, NotAllowedError, NotFoundError
from engagement.listen.importing import import_files
from engagement.listen.searching import fold_words
from engagement.listen.voices import withdraw_voice
from engagement.workshop.boards import open_board
from engagement.workshop.moves import apply_move
from engagement.workshop.state import read_state
from models.database import Record
from models.sources import SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER

LUNCH = (
    "Host: Lunch club\nWard: Belgrave\n\nSiân’s café is a warm room\nThe bus is late\nਅਸੀਂ ਪਾਰਕ ਵਿੱਚ ਮਿਲਦੇ ਹਾਂ\n"
)
SHED = "Host: Men's shed\nWard: Abbey\n\nThe room is warm\nZażółć gęślą jaźń w Łodzi\n"


@pytest.fixture
def engagement_id(record: Record) -> int:
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives")
        files = [("lunch.txt", LUNCH.encode()), ("shed.txt", SHED.encode())]
        import_files(session, FACILITATOR, engagement_id, files, SourceKind.FOCUS_GROUP)
    return engagement_id


def find(record: Record, engagement_id: int, asked: Asked) -> list[str]:
    with record.reading() as session:
        found = find_voices(session, VIEWER, engagement_id, asked, limit=10)
    assert found.n_found == len(found.voices)
    return [voice.text for voice in found.voices]


@pytest.mark.parametrize(
    ("words", "n_found"),
    [
        ("sian", 1),
        ("SIÂN'S CAFÉ", 1),
        ("lodzi", 1),
        ("zazolc", 1),
        ("warm room", 2),
        ('"warm room"', 1),
        ("ਪਾਰਕ", 1),
        ("room bus", 0),
        ("%", 0),
    ],
)
def test_words_are_found_with_and_without_accents_and_phrases_as_they_are(
    record: Record, engagement_id: int, words: str, n_found: int
) -> None:
    assert len(find(record, engagement_id, Asked(words=words))) == n_found


def test_voices_are_found_by_area_host_and_consent(record: Record, engagement_id: int) -> None:
    with record.reading() as session:
        assert list_places(session, VIEWER, engagement_id) == (
            ["Abbey", "Belgrave"],
            ["Lunch club", "Men's shed"],
        )

    assert len(find(record, engagement_id, Asked(area="Abbey"))) == 2
    assert len(find(record, engagement_id, Asked(host="Lunch club", words="bus"))) == 1
    assert len(find(record, engagement_id, Asked(consent="quote"))) == 5
    assert find(record, engagement_id, Asked(consent="neither")) == []


def test_voices_are_found_by_theme_and_state_and_withdrawn_ones_only_by_theirs(
    record: Record, engagement_id: int
) -> None:
    with record.writing() as session:
        board = open_board(session, FACILITATOR, engagement_id, "Workshop 1")
        voices = [card["id"] for card in read_state(session, FACILITATOR, board)["cards"]]
        apply_move(session, FACILITATOR, board, {"op": "a", "saw": 0, "kind": "add_theme", "name": "Warmth"})
        (theme,) = read_state(session, FACILITATOR, board)["themes"]
        move = {"op": "b", "saw": 1, "kind": "move", "voices": voices[:1], "to": theme["id"]}
        apply_move(session, FACILITATOR, board, move)
        withdraw_voice(session, FACILITATOR, voices[1], "asked by phone")

    assert find(record, engagement_id, Asked(theme_id=theme["id"])) == ["Siân’s café is a warm room"]
    assert find(record, engagement_id, Asked(state="themed")) == ["Siân’s café is a warm room"]
    assert find(record, engagement_id, Asked(words="bus")) == []
    assert find(record, engagement_id, Asked(state="withdrawn")) == ["The bus is late"]
    assert len(find(record, engagement_id, Asked(state="not yet themed"))) == 3


def test_a_view_is_saved_for_everybody_and_removed(record: Record, engagement_id: int) -> None:
    asked = Asked(words="bus", area="Belgrave")
    with record.writing() as session:
        view_id = save_view(session, LEAD, engagement_id, "  Belgrave,  buses ", asked)
    with record.reading() as session:
        (view,) = list_views(session, VIEWER, engagement_id)
    assert (view.name, view.asked, view.saved_by) == ("Belgrave, buses", asked, LEAD.name)

    with record.writing() as session:
        remove_view(session, LEAD, view_id)
    with record.writing() as session, pytest.raises(NotFoundError):
        remove_view(session, LEAD, view_id)


def test_views_that_say_nothing_or_are_there_already_are_refused(record: Record, engagement_id: int) -> None:
    asked = Asked(words="bus")
    with record.writing() as session:
        save_view(session, LEAD, engagement_id, "Buses", asked)
    for name, wanted, refusal in (
        ("", asked, EngagementError),
        ("x" * 101, asked, EngagementError),
        ("All", Asked(), EngagementError),
        ("Buses", asked, ConflictError),
    ):
        with record.writing() as session, pytest.raises(refusal):
            save_view(session, LEAD, engagement_id, name, wanted)
    with record.writing() as session, pytest.raises(NotAllowedError):
        save_view(session, VIEWER, engagement_id, "Mine", asked)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold_words(fold_words(text)) == fold_words(text)
