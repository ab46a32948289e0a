"""What the header of a column says: personal data stays out however it is written, people's words stay in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from engagement.listen.mapping import ColumnMapping, ColumnUse
from engagement.listen.preview import preview_import, suggest_mapping
from engagement.listen.reading_child import read_file

SAID = "Nobody answers for an hour and then it is cut off again"
LEFT_OUT = "personal data: it is better not to keep it"


def suggest(header: str, *cells: str) -> ColumnMapping:
    return suggest_for(header, [f"{cell} {n}" for cell in cells for n in range(4)])


def suggest_for(header: str, cells: Sequence[str]) -> ColumnMapping:
    rows = "".join(f'"{cell}","{SAID} {n}"\n' for n, cell in enumerate(cells))
    contents = read_file("survey.csv", f'"{header}","What would help?"\n{rows}'.encode())
    return suggest_mapping(contents).columns[0]


@pytest.mark.parametrize(
    "header",
    [
        "user_email",
        "EmailAddress",
        "E-mail (optional)",
        "Contact information: Name",
        "1: What is your name? - Name",
        "Name of child",
        "forename",
        "First",
        "PhoneNumber",
        "Contact number",
        "Can we contact you? If so leave your number",
        "If you would like to hear more please leave your contact details",
        "Post code",
        "Postal / Zip Code",
        "What is your home address?",
        "date_of_birth",
        "DOB",
        "nhs_number",
        "ipaddr",
        "gps-Latitude",
        "Lng",
        "x",
        "Login (Screen name)",
        "Your Twitter handle",
        "Creator",
    ],
)
def test_what_points_at_a_person_is_left_out_and_said_so_however_the_header_is_written(header: str) -> None:
    for cell in ("Ada", "Ada Moss of 1 High Street in town"):
        found = suggest(header, cell)

        assert (found.use, found.why) == (ColumnUse.IGNORE, LEFT_OUT)


@pytest.mark.parametrize(
    "header",
    [
        "What is it like to get through by phone?",
        "How well does the address finder work for you?",
        "What do you think of our page on social media?",
        "What is the mobile library like?",
        "Is your home address well served by buses?",
        "How did you find the contact information at the surgery?",
        "What was it like to give your date of birth at the desk?",
    ],
)
def test_words_about_phones_and_addresses_are_words(header: str) -> None:
    assert suggest(header, SAID).use is ColumnUse.WORDS


@pytest.mark.parametrize(
    "cell",
    [
        "ada{}@example.org",
        "10.0.0.{}",
        "2001:db8::8a2e:370:733{}",
        "07700 90012{}",
        "+44 7700 90012{}",
        "LE4 {}AN",
        "AB 12 34 5{} C",
        "943 476 591{}",
    ],
)
def test_cells_that_are_personal_data_are_left_out_whatever_stands_above_them(cell: str) -> None:
    rows = "".join(f"{cell.format(n)},{SAID} {n}\n" for n in range(1, 6))

    mapping = suggest_mapping(read_file("survey.csv", f"Q7,What would help?\n{rows}".encode()))

    assert (mapping.columns[0].use, mapping.columns[0].why) == (ColumnUse.IGNORE, LEFT_OUT)


def test_a_question_that_microsoft_forms_counts_keeps_its_words_without_the_number() -> None:
    assert suggest("Any other comments?2", SAID).prompt == "Any other comments?"


def test_the_check_says_by_name_which_columns_are_left_out_as_personal_data() -> None:
    contents = read_file("s.csv", f"e_mail,DOB,What would help?,Ward\na@b.org,1/2/50,{SAID},Abbey\n".encode())
    mapping = suggest_mapping(contents)
    kept = replace(mapping.columns[0], use=ColumnUse.CHARACTERISTIC, name="e_mail")

    told = preview_import(contents, mapping).warnings
    less = preview_import(contents, replace(mapping, columns=(kept, *mapping.columns[1:]))).warnings

    assert "Left out, because they may say who somebody is: “e_mail”, “DOB”." in told
    assert "Left out, because they may say who somebody is: “DOB”." in less


@pytest.mark.parametrize(
    ("header", "cells", "use"),
    [
        ("How happy are you with your area? (1-5)", ("3", "2", "4"), ColumnUse.CHARACTERISTIC),
        ("Rate your neighbourhood", ("Good", "Poor", "Good"), ColumnUse.CHARACTERISTIC),
        ("My neighbourhood is safe", ("Agree", "Disagree", "Agree"), ColumnUse.CHARACTERISTIC),
        ("Which area do you live in?", ("Larkfield", "Orchard Bank", "Larkfield"), ColumnUse.AREA),
        ("My ward", ("Larkfield", "Orchard Bank", "Larkfield"), ColumnUse.AREA),
        ("The area you live in", ("Larkfield", "Orchard Bank", "Larkfield"), ColumnUse.AREA),
        ("Anything else?", ("n/a", "Thank you for asking", "-"), ColumnUse.WORDS),
        ("Other comments", ("no", "Buses", "none"), ColumnUse.WORDS),
        ("If you said no, please tell us why", ("cost", "no bus", "shut"), ColumnUse.WORDS),
        ("Anything else?", ("no", "yes", "no"), ColumnUse.CHARACTERISTIC),
        ("*What works well* in your area?", ("Park", "Bus", "Friends"), ColumnUse.CHARACTERISTIC),
        ("Q3 About your area - What works well?", ("Park", "Bus", "Friends"), ColumnUse.CHARACTERISTIC),
        ("What area do you live in?", ("Orchard Bank", "Larkfield", "Abbey Park"), ColumnUse.AREA),
        ("What is your neighbourhood?", ("Orchard Bank", "Larkfield", "Abbey Park"), ColumnUse.AREA),
        ("E-bost", ("anonymous", "dienw", "anonymous"), ColumnUse.IGNORE),
    ],
)
def test_ratings_of_a_place_are_no_place_and_open_questions_have_words(
    header: str, cells: tuple[str, ...], use: ColumnUse
) -> None:
    assert suggest_for(header, cells * 3).use is use


@pytest.mark.parametrize(
    ("header", "use"),
    [
        ("Beth hoffech chi ei weld?", ColumnUse.WORDS),
        ("Was läuft gut?", ColumnUse.WORDS),
        ("*What works well* in your area?", ColumnUse.WORDS),
        ("Q3 About your area - What works well?", ColumnUse.WORDS),
        ("Which days suit you? [Morning]", ColumnUse.CHARACTERISTIC),
    ],
)
def test_few_answers_to_a_question_that_are_all_different_are_words(header: str, use: ColumnUse) -> None:
    rows = "".join(f"{n},{said}\n" for n, said in enumerate(("Mwy o fysiau", "Der Bus"), start=1))

    contents = read_file("survey.csv", f"ID,{header}\n{rows}".encode())

    assert suggest_mapping(contents).columns[1].use is use
