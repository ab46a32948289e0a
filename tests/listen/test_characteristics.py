"""What people said of themselves: kept as written, put into shared groups that a person confirms."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import delete, select

from engagement.decisions import find_broken_decision
from engagement.engagements import start_engagement
from engagement.errors import EngagementError, NotAllowedError, NotFoundError
from engagement.listen.characteristics.grouping import (
    FEW,
    CharacteristicView,
    confirm_groups,
    count_protected,
    forget_answers,
    list_characteristics,
    list_grouped,
    read_groups,
    take_back_groups,
)
from engagement.listen.characteristics.order import order_answers, order_groups
from engagement.listen.characteristics.sets import NOT_SAID, find_set, propose_group, read_sets
from engagement.listen.importing import import_files
from models.database import Record
from models.decisions import Decision
from models.sources import Characteristic, CharacteristicGrouping, SourceKind
from tests.builders import FACILITATOR, LEAD, VIEWER
from tests.listen.documents import write_xlsx

ETHNIC = ("Asian or Asian British - Indian", "White British", "Turkish")
ASKED = "What is your ethnic group"


@pytest.fixture
def engagement_id(record: Record) -> int:
    people = [ETHNIC[0]] * 8 + [ETHNIC[1]] * 7 + [ETHNIC[2]] * 2 + ["Prefer not to say"]
    rows = [["ID", "What works well?", f"{ASKED}?"]]
    rows += [[n, f"The {n} bus that stops here is never late", who] for n, who in enumerate(people)]
    with record.writing() as session:
        engagement_id = start_engagement(session, FACILITATOR, "Leading lives", prompts=["What works well?"])
        import_files(
            session, FACILITATOR, engagement_id, [("survey.xlsx", write_xlsx(rows))], SourceKind.SURVEY
        )
    return engagement_id


def view(record: Record, engagement_id: int) -> CharacteristicView:
    with record.reading() as session:
        (found,) = list_characteristics(session, FACILITATOR, engagement_id)
    return found


def confirm(record: Record, engagement_id: int) -> None:
    found = view(record, engagement_id)
    groups = {answer.value: answer.group for answer in found.answers}
    with record.writing() as session:
        confirm_groups(session, FACILITATOR, engagement_id, ASKED, found.set_key, groups)


def test_every_set_says_where_it_comes_from_and_its_groups_have_names_of_their_own() -> None:
    sets = read_sets()

    assert set(sets) >= {
        "age", "carer", "disability", "ethnic_group", "gender_identity", "main_language", "religion", "sex",
        "sexual_orientation",
    }  # fmt: skip
    for each in sets.values():
        assert each.source
        assert each.address.startswith("https://www.ons.gov.uk/")
        assert each.licence == "Open Government Licence v3.0"
        assert len(set(each.group_names)) == len(each.group_names)
    assert len(sets["ethnic_group"].groups) == 19
    assert len({group.broad for group in sets["ethnic_group"].groups}) == 5


@pytest.mark.parametrize("key", [key for key, each in read_sets().items() if not each.are_ranges])
def test_every_group_is_proposed_for_its_own_name_and_every_known_answer_for_one_group_only(key: str) -> None:
    chosen = read_sets()[key]

    for group in chosen.groups:
        for answer in (group.name, *group.answers):
            assert propose_group(chosen, answer) == group.name
    counts = Counter(answer for group in chosen.groups for answer in group.answers)
    assert [answer for answer, count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("key", "answer", "group"),
    [
        ("ethnic_group", "White - English/Welsh/Scottish/Northern Irish/British", "White: English"),
        ("ethnic_group", "Any other Black/African/Caribbean background", "Black, Black British, Black Welsh"),
        ("ethnic_group", "Mixed/multiple: White and Black African", "Mixed or Multiple ethnic groups: White"),
        ("ethnic_group", "South African", ""),
        ("ethnic_group", "West Indian", ""),
        ("ethnic_group", "British", ""),
        ("age", "65–74 years", "65 to 74"),
        ("age", "85+", "85 and over"),
        ("age", "Under 16", "0 to 15"),
        ("age", "67", "65 to 74"),
        ("age", "18-24", "16 to 24"),
        ("age", "60 to 74", ""),
        ("age", "75+", ""),
        ("age", "1957", ""),
        ("disability", "Yes, limited a little", "Disabled: day-to-day activities limited a little"),
        ("carer", "Yes, 50 or more hours a week", "Provides 50 or more hours"),
        ("religion", "I'd prefer not to say", NOT_SAID),
    ],
)
def test_an_answer_is_proposed_a_group_only_where_it_means_no_other(
    key: str, answer: str, group: str
) -> None:
    proposed = propose_group(read_sets()[key], answer)

    assert proposed.startswith(group)
    assert bool(proposed) == bool(group)


@pytest.mark.parametrize(
    ("header", "answers", "key"),
    [
        ("How old are you?", ["65-74"], "age"),
        ("What is your gender?", ["Male", "Female"], "sex"),
        ("Is your gender identity the same as your sex registered at birth?", ["Yes"], "gender_identity"),
        ("Do you have a long-term condition?", ["No"], "disability"),
        ("Which ward do you live in?", ["Belgrave"], None),
        ("Your message", [], None),
    ],
)
def test_a_set_is_found_by_the_question(header: str, answers: list[str], key: str | None) -> None:
    found = find_set(header, answers)

    assert (found.key if found else None) == key


def test_groups_are_proposed_and_count_only_when_a_person_has_confirmed_them(
    record: Record, engagement_id: int
) -> None:
    proposed = view(record, engagement_id)
    assert (proposed.set_key, proposed.is_confirmed, proposed.n_people) == ("ethnic_group", False, 18)
    with record.reading() as session:
        assert list_grouped(session, VIEWER, engagement_id) == ()
        with pytest.raises(NotFoundError, match="No groups are confirmed"):
            read_groups(session, VIEWER, engagement_id, ASKED)

    confirm(record, engagement_id)

    with record.reading() as session:
        groups = Counter(read_groups(session, VIEWER, engagement_id, ASKED).values())
        assert groups["Asian, Asian British or Asian Welsh: Indian"] == 8
        assert groups["Turkish"] == 2
        assert groups[NOT_SAID] == 1
        assert set(session.scalars(select(Characteristic.value))) == {*ETHNIC, "Prefer not to say"}
        decision = session.scalars(select(Decision).order_by(Decision.seq.desc()).limit(1)).one()
        assert (decision.kind, decision.details["n_answers"]) == ("confirmed groups of answers", 4)
        assert find_broken_decision(session) is None
    with record.writing() as session:
        take_back_groups(session, FACILITATOR, engagement_id, ASKED)
    assert not view(record, engagement_id).is_confirmed


def test_groups_with_few_people_are_counted_as_one(record: Record, engagement_id: int) -> None:
    confirm(record, engagement_id)

    rows = dict(count_protected(view(record, engagement_id)))

    assert FEW in rows
    assert "Turkish" not in rows
    assert sum(rows.values()) == 18
    assert min(rows.values()) >= 5


def test_answers_that_come_in_later_are_shown_as_new(record: Record, engagement_id: int) -> None:
    confirm(record, engagement_id)
    later = write_xlsx(
        [["ID", "What works well?", f"{ASKED}?"], [1, "The choir on Tuesday evenings", "Chinese"]]
    )
    with record.writing() as session:
        import_files(session, FACILITATOR, engagement_id, [("later.xlsx", later)], SourceKind.SURVEY)

    found = view(record, engagement_id)

    assert (found.is_confirmed, found.n_new) == (True, 1)


def test_a_group_that_is_not_of_the_set_is_refused(record: Record, engagement_id: int) -> None:
    with record.writing() as session:
        for name, set_key, groups, words in (
            (ASKED, "ethnic_group", {"Turkish": "Martian"}, "“Martian” is no group"),
            (ASKED, "stars", {}, "no set of groups “stars”"),
            ("Shoe size", "age", {}, "Nobody was asked “Shoe size”"),
        ):
            with pytest.raises(EngagementError, match=words):
                confirm_groups(session, FACILITATOR, engagement_id, name, set_key, groups)


@pytest.mark.parametrize("person", [VIEWER, LEAD])
def test_only_those_who_add_sources_see_answers_and_confirm(
    record: Record, engagement_id: int, person
) -> None:
    with record.writing() as session:
        for refused in (
            lambda: list_characteristics(session, person, engagement_id),
            lambda: confirm_groups(session, person, engagement_id, ASKED, "age", {}),
            lambda: take_back_groups(session, person, engagement_id, ASKED),
        ):
            with pytest.raises(NotAllowedError):
                refused()


def test_an_answer_that_nobody_gives_any_more_leaves_the_confirmed_groups(
    record: Record, engagement_id: int
) -> None:
    confirm(record, engagement_id)

    with record.writing() as session:
        session.execute(delete(Characteristic).where(Characteristic.value == "Turkish"))
        forget_answers(session, engagement_id)

    with record.reading() as session:
        (row,) = session.scalars(select(CharacteristicGrouping))
        assert set(row.groups) == {*ETHNIC[:2], "Prefer not to say"}


@pytest.mark.parametrize(
    "ordered",
    [
        ["Under 16", "16-24", "25 to 34", "85+", "Prefer not to say"],
        ["Less than £10,000", "£10,000 - £19,999", "£20,000 or more", "Don't know"],
        ["0 hours", "1 to 2 hours a week", "3–10 hours", "More than 10 hours"],
        ["1", "2", "3", "10"],
        ["Often or always", "Some of the time", "Occasionally", "Hardly ever", "Never", "Not sure"],
        ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"],
        ["Very satisfied", "Fairly satisfied", "Neither", "Fairly dissatisfied", "Very dissatisfied"],
        ["Every day", "At least once a week", "Monthly", "Less often", "Never", "Other"],
        ["Yes, limited a lot", "Yes, limited a little", "No", "Prefer not to say"],
    ],
    ids=lambda ordered: ordered[0],
)
def test_answers_on_a_scale_stand_in_its_order_whatever_their_number(ordered: list[str]) -> None:
    many_last = {answer: number for number, answer in enumerate(ordered)}

    assert order_answers(dict(reversed(many_last.items()))) == ordered


@pytest.mark.parametrize(
    "answers",
    [
        {"Belgrave": 4, "Evington": 9, "Aylestone": 9},
        {"Never": 3, "Mondays": 7},
        {"LE4 6AB": 1, "LE2 7CD": 4},
        {"Flat 3": 2, "12 High Street": 5},
        {"Yes": 3},
        {},
    ],
)
def test_answers_without_a_known_order_stand_by_how_many_gave_them(answers: dict[str, int]) -> None:
    assert order_answers(answers) == sorted(answers, key=lambda each: (-answers[each], each))


def test_groups_of_a_set_stand_in_its_order_with_what_people_wrote_themselves_behind(
    record: Record, engagement_id: int
) -> None:
    found = view(record, engagement_id)

    assert [each.value for each in found.answers] == [ETHNIC[1], ETHNIC[0], ETHNIC[2], "Prefer not to say"]
    chosen = read_sets()["ethnic_group"]
    indian, british = (propose_group(chosen, each) for each in ETHNIC[:2])
    counted = {NOT_SAID: 30, "Turkish": 20, british: 10, indian: 5}
    assert order_groups(counted, chosen) == [british, indian, "Turkish", NOT_SAID]
