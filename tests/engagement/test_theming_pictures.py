"""Pictures and breakdowns of a run: exact sums over the voices that stand, on both databases."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from engagement import jobs
from engagement.listen.voices import VoiceView, list_voices, withdraw_voice
from engagement.theming_runs.asking import ask_for_themes, run_theming_job
from engagement.theming_runs.breakdown_words import describe_breakdown
from engagement.theming_runs.breakdowns import BreakdownKind, break_down
from engagement.theming_runs.keeping import find_newest_run, load_run
from engagement.theming_runs.theme_tree import describe_tree, grow_tree
from engagement.theming_runs.views import CutView, LoadedRun, cut_run
from engagement.theming_runs.voice_map import describe_map, place_voices
from models.database import Record
from models.sources import Source
from tests.builders import FACILITATOR, VIEWER, add_voices
from tests.theming.made_up_texts import TEXTS

N_THEMES = 6
AREAS = ("Belgrave", "Evington", "Rushey Mead", "")


def theme_voices(record: Record) -> int:
    with record.writing() as session:
        engagement_id = add_voices(session, [*TEXTS, "n/a"]).id
        session.execute(update(Source).values(title="Lunch club"))
        ask_for_themes(session, FACILITATOR, engagement_id)
        job = jobs.claim_job(session)
    run_theming_job(record, job)
    return engagement_id


def load_newest(record: Record, engagement_id: int) -> LoadedRun:
    with record.reading() as session:
        newest = find_newest_run(session, VIEWER, engagement_id)
        return load_run(session, VIEWER, newest.id)


def list_by_id(record: Record, engagement_id: int) -> dict[int, VoiceView]:
    with record.reading() as session:
        return {voice.id: voice for voice in list_voices(session, VIEWER, engagement_id)}


def spread_out(voices: dict[int, VoiceView]) -> dict[int, VoiceView]:
    """Give voices areas, days and respondents, as a survey would."""
    return {
        voice_id: replace(
            voice,
            area=AREAS[place % 4],
            said_on=date(2024, 5 + place % 2, 1),
            prompt="What works well?" if place % 3 else "",
        )
        for place, (voice_id, voice) in enumerate(voices.items())
    }


@pytest.fixture(scope="module")
def themed(tmp_path_factory: pytest.TempPathFactory, empty_sqlite) -> tuple[LoadedRun, dict[int, VoiceView]]:
    """A run over the made-up texts, made once for all tests that only look at it."""
    path = tmp_path_factory.mktemp("themed") / "record.db"
    path.write_bytes(empty_sqlite.read_bytes())
    record = Record(f"sqlite:///{path}")
    engagement_id = theme_voices(record)
    found = load_newest(record, engagement_id), spread_out(list_by_id(record, engagement_id))
    record.close()
    return found


@pytest.fixture
def cut(themed) -> CutView:
    return cut_run(themed[0], N_THEMES)


def test_the_job_keeps_a_map_and_the_words_that_mark_a_source(record: Record) -> None:
    engagement_id = theme_voices(record)

    run = load_newest(record, engagement_id)
    voices = list_by_id(record, engagement_id)
    drawn = place_voices(run, cut_run(run, N_THEMES), voices)
    by_source = break_down(run, cut_run(run, N_THEMES), voices, BreakdownKind.SOURCE)

    assert len({(point.x, point.y) for point in drawn.points}) == len(TEXTS)
    assert by_source.classes[0].name == "Lunch club"
    assert any(words for theme in by_source.themes for words in theme.words)


@pytest.mark.parametrize("kind", BreakdownKind)
def test_shown_numbers_are_exact_and_add_up(themed, cut: CutView, kind: BreakdownKind) -> None:
    run, voices = themed

    breakdown = break_down(run, cut, voices, kind)

    assert sum(each.n_voices for each in breakdown.classes) == len(TEXTS)
    for theme, broken in zip(cut.themes, breakdown.themes, strict=True):
        assert broken.n_voices == theme.size
        if None not in broken.counts:
            assert sum(broken.counts) == theme.size
    if not kind.is_about_people:
        columns = zip(*(theme.counts for theme in breakdown.themes), strict=True)
        assert [sum(column) for column in columns] == [each.n_voices for each in breakdown.classes]
        assert not breakdown.hides_something


def test_few_people_of_an_area_are_hidden_and_so_are_their_words(themed, cut: CutView) -> None:
    run, voices = themed

    breakdown = break_down(run, cut, voices, BreakdownKind.AREA)

    assert [each.name for each in breakdown.classes][-1] == "No area given"
    assert breakdown.hides_something
    for theme, broken in zip(cut.themes, breakdown.themes, strict=True):
        exact = Counter(voices[voice_id].area for voice_id in theme.voice_ids)
        for each, count, words in zip(breakdown.classes, broken.counts, broken.words, strict=True):
            assert count in (None, exact[each.key])
            assert count is None or count == 0 or count >= 5 or not each.key
            assert count or not words


def test_one_person_with_many_voices_counts_as_one(themed, cut: CutView) -> None:
    run, voices = themed
    of_one = {voice_id: replace(voice, respondent="R1") for voice_id, voice in voices.items()}

    breakdown = break_down(run, cut, of_one, BreakdownKind.AREA)

    assert (breakdown.classes, breakdown.themes) == ((), ())
    assert describe_breakdown(breakdown) == "Too few people are known by area to show numbers."


def test_areas_with_few_people_are_counted_as_one(themed, cut: CutView) -> None:
    run, voices = themed
    first, second, *_others = cut.themes[0].voice_ids
    voices = {
        **voices,
        first: replace(voices[first], area="Thurncourt"),
        second: replace(voices[second], area="Abbey"),
    }

    names = [each.name for each in break_down(run, cut, voices, BreakdownKind.AREA).classes]

    assert "Areas with few people" in names
    assert not {"Thurncourt", "Abbey"} & set(names)


def test_months_stand_in_order_and_are_said_in_words(themed, cut: CutView) -> None:
    run, voices = themed

    breakdown = break_down(run, cut, voices, BreakdownKind.MONTH)

    assert [each.name for each in breakdown.classes] == ["May 2024", "June 2024"]
    assert "of 2 months" in describe_breakdown(breakdown)


def test_one_class_alone_says_that_there_is_nothing_to_compare(themed, cut: CutView) -> None:
    run, voices = themed

    said = describe_breakdown(break_down(run, cut, voices, BreakdownKind.SOURCE))

    assert said == "All voices come from one source, Lunch club, so there is nothing to compare."


def test_nothing_known_says_where_it_would_be_said(themed, cut: CutView) -> None:
    run, voices = themed
    nowhere = {voice_id: replace(voice, area="") for voice_id, voice in voices.items()}

    said = describe_breakdown(break_down(run, cut, nowhere, BreakdownKind.AREA))

    assert said == "No voice has an area. Areas are said when a source is added."


def test_a_withdrawn_voice_is_on_no_picture(sqlite_record: Record) -> None:
    engagement_id = theme_voices(sqlite_record)
    run = load_newest(sqlite_record, engagement_id)
    gone = cut_run(run, N_THEMES).themes[0].voice_ids[0]
    with sqlite_record.writing() as session:
        withdraw_voice(session, FACILITATOR, gone, "asked by phone")
    voices = list_by_id(sqlite_record, engagement_id)

    drawn = place_voices(run, cut_run(run, N_THEMES), voices)
    breakdown = break_down(run, cut_run(run, N_THEMES), voices, BreakdownKind.SOURCE)

    assert drawn.n_voices == len(TEXTS) - 1
    assert gone not in {point.voice_id for point in drawn.points}
    assert breakdown.classes[0].n_voices == len(TEXTS) - 1


def test_the_map_says_what_one_sees(themed, cut: CutView) -> None:
    drawn = place_voices(*[themed[0], cut, themed[1]])

    said = describe_map(drawn)

    assert said.startswith(f"{len(TEXTS)} voices in {N_THEMES} themes.")
    assert f"The largest is “{cut.themes[0].label}” ({cut.themes[0].size})" in said
    assert all(theme.nearest != theme.label for theme in drawn.themes)


def test_a_run_from_before_maps_were_drawn_has_none(themed, cut: CutView) -> None:
    run, voices = themed
    older = replace(run, result=replace(run.result, positions=None))

    assert place_voices(older, cut, voices) is None


def test_the_tree_joins_all_themes_step_by_step(themed) -> None:
    run = themed[0]
    for n_themes in (2, N_THEMES, run.most_themes):
        cut = cut_run(run, n_themes)

        branches = grow_tree(run, cut)

        themes = [branch for branch in branches if branch.parts is None]
        joins = [branch for branch in branches if branch.parts]
        assert {branch.node for branch in themes} == {theme.node for theme in cut.themes}
        assert [branch.row for branch in themes] == list(range(n_themes))
        assert len(joins) == n_themes - 1
        assert joins[-1].size == len(TEXTS)
        assert [join.height for join in joins] == sorted(join.height for join in joins)
        assert all(join.label not in ("", None) for join in joins)
        assert describe_tree(branches)


def test_groups_with_few_people_are_counted_as_one_and_who_was_not_asked_stands_last(
    themed, cut: CutView
) -> None:
    run, voices = themed
    given = ["65 to 74"] * 20 + ["75+"] * 2 + [""] * (len(voices) - 22)
    grouped = {
        voice_id: replace(voice, group=group)
        for (voice_id, voice), group in zip(sorted(voices.items()), given, strict=True)
    }

    names = [each.name for each in break_down(run, cut, grouped, BreakdownKind.GROUP).classes]

    assert "75+" not in names
    assert names[-1] == "Not asked, or not answered"
    assert "Groups with few people" in names
