"""Later steps read where each voice stands, every voice once."""

from __future__ import annotations

from sqlalchemy.orm import Session

from engagement.workshop.homes import list_agreed_themes, select_homes, select_theme_roots
from models.voices import Withdrawal
from models.workshops import Placement, Theme, Workshop
from tests.workshop.conftest import Room


def add_board(session: Session, room: Room, *, counts: bool, name: str = "Workshop 1") -> list[Theme]:
    workshop = Workshop(engagement_id=room.engagement_id, name=name, counts=counts, made_by="Amina")
    session.add(workshop)
    session.flush()
    themes = [Theme(workshop_id=workshop.id, name=f"Theme {n}", position=n) for n in range(3)]
    session.add_all(themes)
    session.flush()
    themes[1].merged_into_id = themes[0].id
    themes[2].merged_into_id = themes[1].id
    for voice_id, theme in zip(room.voices, themes, strict=False):
        session.add(Placement(workshop_id=workshop.id, voice_id=voice_id, theme_id=theme.id))
    session.add(Placement(workshop_id=workshop.id, voice_id=room.voices[3], parked_reason="Not ours to do"))
    session.flush()
    return themes


def test_every_voice_has_one_home_row_and_merges_are_followed(room: Room) -> None:
    with room.record.writing() as session:
        root = add_board(session, room, counts=True)[0].id
        add_board(session, room, counts=False, name="Workshop 2")

    with room.record.reading() as session:
        rows = {row.voice_id: row for row in session.execute(select_homes(room.engagement_id))}
        n_rows = len(session.execute(select_homes(room.engagement_id)).all())

    assert n_rows == len(room.voices) == len(rows)
    assert [rows[voice].theme_id for voice in room.voices[:3]] == [root] * 3
    assert rows[room.voices[3]].parked_reason == "Not ours to do"
    assert rows[room.voices[4]].theme_id is None


def test_voices_without_a_board_are_listed_without_a_home(room: Room) -> None:
    with room.record.reading() as session:
        rows = session.execute(select_homes(room.engagement_id)).all()

    assert [(row.theme_id, row.parked_reason) for row in rows] == [(None, None)] * len(room.voices)


def test_agreed_themes_are_the_shown_ones_without_withdrawn_voices(room: Room) -> None:
    with room.record.writing() as session:
        add_board(session, room, counts=True)
        session.add(Withdrawal(voice_id=room.voices[1], withdrawn_by="Amina"))

    with room.record.reading() as session:
        [theme] = list_agreed_themes(session, room.engagement_id)

    assert (theme.name, theme.n_voices, theme.voice_ids) == (
        "Theme 0",
        2,
        (room.voices[0], room.voices[2]),
    )


def test_every_theme_of_the_board_that_counts_has_one_root(room: Room) -> None:
    with room.record.writing() as session:
        themes = [theme.id for theme in add_board(session, room, counts=True)]
        add_board(session, room, counts=False, name="Workshop 2")

    with room.record.reading() as session:
        roots = session.execute(select_theme_roots(room.engagement_id)).all()

    assert sorted(map(tuple, roots)) == [(theme, themes[0]) for theme in themes]
