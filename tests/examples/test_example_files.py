"""What the example's files promise: said to be made up, described as they are, without traces of a writer."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import docx
import pytest

from tests.examples.listening import EXAMPLES, hear_everything, list_notes, read_description, read_survey

README_ROW = re.compile(r"^\| (\S+\.(?:docx|xlsx)) \| (.+?) \| (.+?) \| (\d+) \|$", re.MULTILINE)
PLAIN_QUOTES = str.maketrans("‘’“”\u00a0", "''\"\" ")


def read_readme() -> str:
    return (EXAMPLES / "README.md").read_text(encoding="utf-8")


def name_files(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


def test_readme_says_that_all_is_made_up():
    assert "**All of this is made up.**" in read_readme()


def test_readme_counts_the_voices_of_every_file():
    heard = {name: len(voices) for name, voices in hear_everything().items()}

    told = {name: int(count) for name, _, _, count in README_ROW.findall(read_readme())}

    assert told == heard
    assert f"| **{sum(heard.values())}** |" in read_readme()


def test_readme_names_the_hosts_that_the_description_names():
    hosts = {source["file"]: source["host"] for source in read_description()["sources"]}

    for name, host, _, _ in README_ROW.findall(read_readme()):
        assert host.startswith(hosts[name])


def test_description_lists_every_file_once():
    described = [source["file"] for source in read_description()["sources"]]

    assert described == [*name_files(list_notes()), "15-survey-responses.xlsx"]


def test_description_holds_the_number_of_voices():
    assert read_description()["n_voices"] == sum(len(voices) for voices in hear_everything().values())


@pytest.mark.parametrize("path", list_notes(), ids=lambda path: path.stem)
def test_notes_say_in_the_footer_that_they_are_made_up(path: Path):
    footer = docx.Document(str(path)).sections[0].footer.paragraphs[0].text

    assert footer.startswith("Made up")


@pytest.mark.parametrize("path", list_notes(), ids=lambda path: path.stem)
def test_notes_are_british_and_carry_no_writer(path: Path):
    notes = docx.Document(str(path))

    languages = set(re.findall(r'<w:lang [^>]*w:val="([^"]+)"', notes.styles.element.xml))

    assert languages == {"en-GB"}
    assert (notes.core_properties.author, notes.core_properties.last_modified_by) == ("", "")


def test_notes_say_the_same_host_and_place_as_the_description():
    for source in read_description()["sources"][:-1]:
        notes = docx.Document(str(EXAMPLES / source["file"]))
        top = "\n".join(paragraph.text for paragraph in notes.paragraphs[:10]).translate(PLAIN_QUOTES)

        assert f"Host: {source['host']}" in top
        assert f": {source['area']}\n" in top
        assert f": {source['n_came']}\n" in top
        assert f"Facilitator: {source['facilitator']}" in top


def test_groups_met_in_may_and_june_2024():
    days = [date.fromisoformat(source["held_on"]) for source in read_description()["sources"]]

    assert all(date(2024, 5, 1) <= day <= date(2024, 6, 30) for day in days)


def test_columns_of_the_survey_are_all_described():
    described = [column["header"] for column in read_description()["sources"][-1]["columns"]]

    assert described == list(read_survey()[0])


def test_words_columns_answer_the_prompts_of_the_engagement():
    description = read_description()
    prompts = [prompt["text"] for prompt in description["prompts"]]

    answered = [
        column["prompt"] for column in description["sources"][-1]["columns"] if column["is"] == "words"
    ]

    assert answered == prompts


def test_survey_and_groups_use_the_same_six_wards():
    description = read_description()
    groups = {source["area"] for source in description["sources"][:-1]}
    answers = {row["Which ward do you live in?"] for row in read_survey()}

    assert len(description["areas"]) == 6
    assert groups == set(description["areas"])
    assert answers - {""} == set(description["areas"])


def test_survey_keeps_dates_as_dates():
    for row in read_survey():
        assert isinstance(row["Completion time"], datetime)
        assert row["Start time"] < row["Completion time"]
