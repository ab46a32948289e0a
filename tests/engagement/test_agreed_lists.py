"""Last year's themes: brought in, tried on new voices without deciding anything, and dealt to a board."""

from __future__ import annotations

import io

import pytest
from openpyxl import Workbook
from sqlalchemy import func, select

from engagement import jobs
from engagement.errors import EngagementError, NotAllowedError, UnreadableFileError
from engagement.listen.voices import withdraw_voice
from engagement.theming_runs.agreed_lists import (
    bring_in_board,
    bring_in_file,
    find_newest_list,
    list_boards_to_bring,
    list_list_themes,
)
from engagement.theming_runs.home_dealing import make_board_from_finding
from engagement.theming_runs.home_findings import (
    HomeFindingView,
    ask_for_homes,
    describe_sureness,
    find_newest_finding,
    run_homes_job,
)
from engagement.theming_runs.list_files import MOST_THEMES, read_list_file
from engagement.workshop.boards import ProposedTheme, list_workshops, open_board
from engagement.workshop.homes import list_agreed_themes
from models.agreed_lists import ThemeOrigin
from models.database import Record
from models.decisions import Decision
from models.voices import Voice
from models.workshops import Placement, Theme
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import BUSES, DOCTORS, HOUSING, LONELINESS, PARKS

LIST = b"""Theme,Description,Example
Buses,Getting about by bus,The 22 bus is never on time
Buses,,Bus fares have gone up again
Loneliness,,I wish there was somewhere warm to sit and have a chat
,,Since my husband died I can go four days without talking to anybody
"""


def lines(block: str) -> list[str]:
    return block.strip().splitlines()


def add_last_year(record: Record) -> int:
    """An engagement of last year whose board has two themes with half of the texts on each."""
    with record.writing() as session:
        engagement_id = add_voices(session, [*lines(BUSES)[:8], *lines(LONELINESS)[:8]], engagement="2025").id
        ids = session.scalars(select(Voice.id).where(Voice.engagement_id == engagement_id)).all()
        themes = [
            ProposedTheme(None, "Getting about", tuple(ids[:8])),
            ProposedTheme(None, "Being alone", tuple(ids[8:])),
        ]
        open_board(session, FACILITATOR, engagement_id, "Workshop 2025", themes)
    return engagement_id


def add_this_year(record: Record, texts: list[str]) -> int:
    with record.writing() as session:
        return add_voices(session, texts, engagement="2026").id


def dry_run(record: Record, list_id: int) -> HomeFindingView:
    with record.writing() as session:
        ask_for_homes(session, FACILITATOR, list_id)
        job = jobs.claim_job(session)
    assert job is not None
    run_homes_job(record, job)
    with record.reading() as session:
        found = find_newest_finding(session, VIEWER, job.engagement_id)
    assert found is not None
    return found


def read_names(record: Record, voice_ids: list[int]) -> set[str]:
    with record.reading() as session:
        return set(session.scalars(select(Voice.text).where(Voice.id.in_(voice_ids))))


def write_xlsx(rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def test_a_csv_gives_themes_with_description_and_examples() -> None:
    found = read_list_file("themes 2025.csv", LIST)

    assert [theme.name for theme in found.themes] == ["Buses", "Loneliness"]
    assert found.themes[0].description == "Getting about by bus"
    assert [len(theme.examples) for theme in found.themes] == [2, 2]
    assert found.n_examples == 4


def test_an_xlsx_with_names_alone_and_a_line_above_the_header_is_read() -> None:
    content = write_xlsx(
        [["Agreed in July 2025", ""], ["Theme name", "Voices"], ["Buses", "71"], ["Damp", ""]]
    )

    found = read_list_file("themes.xlsx", content)

    assert [theme.name for theme in found.themes] == ["Buses", "Damp"]


@pytest.mark.parametrize(
    ("file_name", "content", "sentence"),
    [
        ("themes.csv", b"", "is empty"),
        ("themes.txt", b"Buses and loneliness\nDamp", "is no table"),
        ("themes.csv", b"Name of it,Count\nBuses,3\nDamp,4\n", "no column called Theme.*“Name of it”"),
        ("themes.csv", b"Theme,Example\nBuses,late\n", "holds 1 theme;"),
        ("themes.csv", b"Theme,Example\n,late\n,again\n", "holds 0 themes;"),
        ("themes.csv", b"Theme,Example\nBuses,late\n" + b"x" * 121 + b",late\n", "row 3: .* 121 characters"),
        (
            "themes.csv",
            "Theme,n\n{}".format("".join(f"T{n},1\n" for n in range(61))).encode(),
            "holds 61 themes",
        ),
        ("themes.xlsx", b"PK\x03\x04 broken", "“themes.xlsx”"),
    ],
)
def test_a_bad_list_is_refused_by_one_clear_sentence(file_name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFileError, match=sentence):
        read_list_file(file_name, content)


def test_a_list_keeps_where_it_came_from(record: Record) -> None:
    engagement_id = add_this_year(record, lines(BUSES))
    found = read_list_file("themes 2025.csv", LIST)

    with record.writing() as session:
        list_id = bring_in_file(session, FACILITATOR, engagement_id, found)

    with record.reading() as session:
        kept = find_newest_list(session, VIEWER, engagement_id)
        themes = list_list_themes(session, VIEWER, list_id)
        details = session.scalars(select(Decision.details).order_by(Decision.seq.desc())).first()
    assert kept is not None
    assert (kept.id, kept.n_themes, kept.origin) == (list_id, 2, "the file themes 2025.csv")
    assert [theme.examples for theme in themes] == [theme.examples for theme in found.themes]
    assert details == {"kind": "file", "file_name": "themes 2025.csv", "sha256": found.sha256, "n_themes": 2}


def test_a_viewer_may_not_bring_a_list_in(sqlite_record: Record) -> None:
    engagement_id = add_this_year(sqlite_record, lines(BUSES))

    with pytest.raises(NotAllowedError), sqlite_record.writing() as session:
        bring_in_file(session, VIEWER, engagement_id, read_list_file("t.csv", LIST))


def test_only_boards_with_themes_of_other_engagements_are_offered(record: Record) -> None:
    last_year = add_last_year(record)
    this_year = add_this_year(record, lines(BUSES))

    with record.reading() as session:
        offered = list_boards_to_bring(session, VIEWER, this_year)
        own = list_boards_to_bring(session, VIEWER, last_year)

    assert [(board.engagement_id, board.n_themes) for board in offered] == [(last_year, 2)]
    assert own == ()
    with pytest.raises(EngagementError, match="no board with agreed themes"), record.writing() as session:
        bring_in_board(session, FACILITATOR, last_year, this_year)


def test_a_voice_withdrawn_last_year_is_an_example_no_longer(record: Record) -> None:
    last_year = add_last_year(record)
    this_year = add_this_year(record, lines(BUSES))
    with record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)
        voice = session.scalars(select(Voice).where(Voice.engagement_id == last_year)).first()
        withdraw_voice(session, FACILITATOR, voice.id, "asked to")
        words = voice.text

    with record.reading() as session:
        themes = list_list_themes(session, VIEWER, list_id)

    assert words not in themes[0].examples
    assert [len(theme.examples) for theme in themes] == [7, 8]


def test_a_dry_run_offers_homes_and_new_candidate_themes_and_decides_nothing(record: Record) -> None:
    last_year = add_last_year(record)
    new = [*lines(DOCTORS), *lines(PARKS), *lines(HOUSING)]
    this_year = add_this_year(record, [*lines(BUSES)[8:], *lines(LONELINESS)[8:], *new, "n/a"])
    with record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)

    found = dry_run(record, list_id)

    getting_about = read_names(record, [home.voice_id for home in found.homes[0]])
    buses = {line for line in lines(BUSES)[8:] if "bus" in line.lower()}
    assert len(buses & getting_about) >= len(buses) - 1
    assert sum(line in new for line in getting_about) <= len(new) / 4
    assert found.n_known + found.n_new + len(found.set_aside) == len(found.voice_ids)
    assert len(found.set_aside) == 1
    assert found.n_new > len(new) / 2
    assert len(found.new_groups) >= 2
    with record.reading() as session:
        assert list_workshops(session, VIEWER, this_year) == ()


def test_a_board_from_a_dry_run_keeps_names_and_where_they_came_from(record: Record) -> None:
    last_year = add_last_year(record)
    this_year = add_this_year(record, [*lines(BUSES)[8:], "The pigeons on the roof of the market"])
    with record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)
    found = dry_run(record, list_id)

    with record.writing() as session:
        workshop_id = make_board_from_finding(session, FACILITATOR, found.id, "Workshop 1")

    with record.reading() as session:
        themes = {theme.name: theme.n_voices for theme in list_agreed_themes(session, this_year)}
        origins = session.scalars(
            select(ThemeOrigin.agreed_list_theme_id).join(Theme).where(Theme.workshop_id == workshop_id)
        ).all()
    assert themes == {"Getting about": len(found.homes[0]), "Being alone": len(found.homes[1])}
    assert set(origins) == {theme.id for theme in found.themes}


def test_a_voice_withdrawn_after_the_dry_run_is_not_dealt(record: Record) -> None:
    last_year = add_last_year(record)
    this_year = add_this_year(record, lines(BUSES)[8:])
    with record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)
    found = dry_run(record, list_id)
    gone = found.homes[0][0].voice_id

    with record.writing() as session:
        withdraw_voice(session, FACILITATOR, gone, "asked to")
        make_board_from_finding(session, FACILITATOR, found.id, "Workshop 1")

    with record.reading() as session:
        n_gone = session.scalar(select(func.count()).where(Placement.voice_id == gone))
    assert n_gone == 0


def test_a_dry_run_without_voices_points_to_the_sources(sqlite_record: Record) -> None:
    last_year = add_last_year(sqlite_record)
    this_year = add_this_year(sqlite_record, [])
    with sqlite_record.writing() as session:
        list_id = bring_in_board(session, FACILITATOR, this_year, last_year)

    with pytest.raises(EngagementError, match="Sources"), sqlite_record.writing() as session:
        ask_for_homes(session, FACILITATOR, list_id)


def test_sureness_is_said_in_words() -> None:
    said = [describe_sureness(sureness) for sureness in (0.9, 0.6, 0.2)]

    assert said == ["a clear fit", "a likely fit", "a guess"]
    assert MOST_THEMES == 60
